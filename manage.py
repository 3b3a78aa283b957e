#!/usr/bin/env python
"""Run Django's commands for Socialcoin."""

from __future__ import annotations

import sys
from pathlib import Path

# `site/` is a plain folder, not a package: Python's own `site` module owns the name.
sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))


def main() -> None:
    from config.environment import choose_settings

    choose_settings("config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
