"""Everything that can be said of the code without running the tests: one line for each check.

`python -m tests.check` runs them all; with words behind it, those whose name holds one of the words.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import sources, translations
from tests.databases import ROOT

TOOLS = Path(sys.executable).parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "ENV_FILE": "",
    "SECRET_KEY": "checked-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "ALLOWED_HOSTS": "socialcoin.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
    "LOG_KEY": "PRIVATE+KEY+socialcoin.example.org/log+564302ba+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
    "DEMO": "false",
}
TESTING = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}


@dataclass(frozen=True)
class Check:
    """A name and what is done; what that says is empty when all is well."""

    name: str
    wrong: Callable[[], str]


def command(*words: str, **environment: str) -> Callable[[], str]:
    """A check that is a program: all that it says when it fails."""

    def run() -> str:
        ran = subprocess.run(
            list(words),
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return (ran.stdout.strip() or "It failed without a word.") if ran.returncode else ""

    return run


def tool(name: str, *words: str, **environment: str) -> Callable[[], str]:
    return command(str(TOOLS / name), *words, **environment)


def manage(*words: str, **environment: str) -> Callable[[], str]:
    return command(sys.executable, "-W", "ignore", "manage.py", *words, **environment)


CHECKS = [
    Check("form (ruff format)", tool("ruff", "format", "--check", "-q", ".")),
    Check("lint (ruff)", tool("ruff", "check", "-q", ".")),
    Check("import contracts", tool("lint-imports", "--no-cache", PYTHONPATH="site")),
    Check("system check", manage("check", "--fail-level", "WARNING", **TESTING)),
    Check(
        "system check for production", manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    ),
    Check("migrations are complete", manage("makemigrations", "--check", "--dry-run", **TESTING)),
    Check("templates (djlint)", tool("djlint", "--lint", "--quiet", *sources.template_folders())),
    Check("no inline script or style", sources.inline_code),
    Check("no package host is named", sources.package_hosts),
    Check("publiccode.yml", sources.publiccode),
    Check("translations are complete", translations.wrong),
    Check("types (mypy)", tool("mypy", "--no-error-summary", "--hide-error-context")),
]


def main(words: list[str]) -> int:
    failed = 0
    for check in CHECKS:
        if words and not any(word in check.name for word in words):
            continue
        print(f"{check.name} … ", end="", flush=True)
        start = time.monotonic()
        wrong = check.wrong()
        failed += bool(wrong)
        print(f"FAILED\n{wrong}" if wrong else f"ok ({time.monotonic() - start:.0f} s)", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
