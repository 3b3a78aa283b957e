"""One of several processes that do the same thing at the same moment (see `real_commits.race`)."""

from __future__ import annotations

import json
import sys
from importlib import import_module

import django


def main(name: str, call: str) -> None:
    django.setup()
    from django.db import connection

    from core.refusals import Refusal

    module, _colon, function = name.partition(":")
    work = getattr(import_module(module), function)
    connection.ensure_connection()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    try:
        outcome = {"result": work(**json.loads(call))}
    except Refusal as refusal:
        outcome = {"refused": refusal.code}
    sys.stdout.write(json.dumps(outcome) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
