"""The process that knows Django: it is told on its input what to do, a line of JSON each, and answers with one.

There is one for each settings module, so that loading Django is paid once and each measurement only forks.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext, redirect_stdout
from functools import partial
from importlib import import_module
from typing import Any

import django


def connect_to(database: str) -> None:
    """Use this database from now on; children that are forked later too."""
    from django.db import connection, connections

    connections.close_all()
    connection.settings_dict["NAME"] = database


def call(name: str, *arguments: Any, **more: Any) -> Any:
    """Call `function` of `tests.bench.module`, named as "module:function"."""
    module, _colon, function = name.partition(":")
    return getattr(import_module(f"tests.bench.{module}"), function)(*arguments, **more)


def write(database: str, work: str, clients: int, seconds: float) -> dict[str, Any]:
    """Have clients do a piece of work over and over."""
    from tests.bench.clients import run

    connect_to(database)
    name, _colon, _function = work.partition(":")
    module = import_module(f"tests.bench.{name}")
    module.prepare()  # once, before there are children
    with getattr(module, "beside", nullcontext)():  # what else is at work meanwhile
        return run(partial(call, work), clients, seconds)


def do(database: str, work: str, **more: Any) -> Any:
    """Do a piece of work once."""
    connect_to(database)
    return call(work, **more)


def check(database: str) -> dict[str, Any]:
    """Have check_ledger recompute everything that was written."""
    from django.core.management import CommandError, call_command

    connect_to(database)
    said = io.StringIO()
    start = time.monotonic()
    try:
        call_command("check_ledger", stdout=said)
        wrong = ""
    except CommandError as error:
        wrong = f"{error}\n{said.getvalue()}"
    return {"seconds": round(time.monotonic() - start, 1), "wrong": wrong}


WISHES: dict[str, Callable[..., Any]] = {"write": write, "do": do, "check": check}


def main() -> None:
    django.setup()
    from django.db import connections

    answers = sys.stdout
    for line in sys.stdin:
        wish = json.loads(line)
        with redirect_stdout(sys.stderr):  # what others print is no answer
            answer = WISHES[wish.pop("wish")](**wish)
        connections.close_all()  # a database is copied only while nobody is in it
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
