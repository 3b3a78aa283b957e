"""One of several processes that do the same thing at the same moment, or that are killed while they do it.

Starting Python and Django takes a second and a half. So one process does that once (`main`), and each racer is a
child forked from it, with a connection to the database of its own. `tests.races` is the side that gives the orders.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from typing import Any, TextIO

_order_in: TextIO
_word_out: TextIO


def say(word: str) -> None:
    """Tell the test something while the work goes on."""
    _tell({"said": word})


def hear() -> str:
    """Wait until the test says something. Ends the process when the test is no longer there."""
    line = _order_in.readline()
    if not line:
        os._exit(0)
    return line.rstrip("\n")


def main(handle: int) -> None:
    """Fork a racer for each socket that comes in, until the test process is gone."""
    import django

    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks what became of a child: the system tidies
    orders = socket.socket(fileno=handle)
    while True:
        module, given, _flags, _from = socket.recv_fds(orders, 1024, 1)
        if not module:
            return
        with suppress(Exception):  # the racer tries again and can say what is wrong
            import_module(module.decode())
        if os.fork() == 0:
            orders.close()
            race(socket.socket(fileno=given[0]))
            os._exit(0)
        os.close(given[0])


def race(channel: socket.socket) -> None:
    """Get ready, wait for the start, work, and say what it came to."""
    global _order_in, _word_out
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _order_in, _word_out = channel.makefile("r"), channel.makefile("w")
    with suppress(BrokenPipeError):
        try:
            _tell(_work(json.loads(hear())))
        except Exception:  # noqa: BLE001 - whatever it was, the test shall show it
            _tell({"broke": traceback.format_exc()})


def _work(order: dict[str, Any]) -> dict[str, Any]:
    from core.refusals import Refusal

    _connect(order["database"])
    work = getattr(import_module(order["module"]), order["function"])
    _tell({"ready": os.getpid()})
    hear()
    try:
        return {"result": work(**order["call"])}
    except Refusal as refusal:
        return {"refused": refusal.code}


def _connect(url: str) -> None:
    from django.db import connection, connections

    connections.settings["default"].update(place_of(url))
    connection.ensure_connection()


def place_of(url: str) -> dict[str, Any]:
    """Where a database is, in the words of Django's settings. How it is used stays as the settings say."""
    from config.settings.base import database  # not before the settings of the tests are there

    found = database(url)
    return {name: found.get(name, "") for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}


def _tell(message: dict[str, Any]) -> None:
    _word_out.write(json.dumps(message) + "\n")
    _word_out.flush()


if __name__ == "__main__":
    # By its own name: the functions that race find `say` and `hear` there, and not in `__main__`.
    import_module("tests.racer").main(int(sys.argv[1]))
