"""Real processes for races and crashes: started in a moment, listened to, killed (see `real_commits`)."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TextIO

from tests.databases import ROOT

RACE_SECONDS = 60

Call = Mapping[str, str | int | None]


@dataclass(frozen=True)
class Outcome:
    """What one of several processes came to: its result, or the code of what it was refused with."""

    result: Any = None
    refused: str | None = None


class Racer:
    """A process at work: what it says is read here, in the order in which it said it."""

    def __init__(self, channel: socket.socket, order: Mapping[str, Any]) -> None:
        channel.settimeout(RACE_SECONDS)
        self._channel = channel
        self._words: TextIO = channel.makefile("r")
        self._pid: int | None = None
        self.tell(json.dumps(order))

    def get_ready(self) -> None:
        """Wait until it is connected to its database and has only to be told to go."""
        self._pid = self._message()["ready"]

    def go(self) -> None:
        self.tell("go")

    def tell(self, word: str) -> None:
        """Say something that the process waits for with `hear`."""
        self._channel.sendall(word.encode() + b"\n")

    def said(self) -> str:
        """The next thing that it says."""
        return str(self._message()["said"])

    def outcome(self) -> Outcome:
        """Wait for what it came to."""
        while "said" in (message := self._message()):
            pass
        self.close()
        return Outcome(**message)

    def kill(self) -> list[str]:
        """Take it away at once. What it had said by then, and nobody had read, is given back."""
        self._end()
        left = []
        while message := self._message(gone={}):
            left += [str(message["said"])] if "said" in message else []
        self.close()
        return left

    def close(self) -> None:
        """Nothing more is wanted of it; where it still works, it is taken away."""
        self._end()
        self._words.close()
        self._channel.close()

    def _end(self) -> None:
        if self._pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._pid = None

    def _message(self, *, gone: dict[str, Any] | None = None) -> dict[str, Any]:
        line = self._words.readline()
        if not line.endswith("\n"):  # killed, perhaps in the middle of a word
            self._pid = None
            if gone is None:
                raise AssertionError("A process is gone and did not say why.")
            return gone
        message: dict[str, Any] = json.loads(line)
        if message.keys() & {"result", "refused", "broke"}:
            self._pid = None  # it ends itself: its number may be another's from now on
        if "broke" in message:
            raise AssertionError(f"A process broke:\n{message['broke']}")
        return message


@dataclass
class Nursery:
    """A process with everything loaded, of which racers are forked. It starts when the first one is wanted."""

    _process: subprocess.Popen[bytes] | None = None
    _orders: socket.socket | None = None
    _racers: list[Racer] = field(default_factory=list)

    def racer(self, url: str, function: Callable[..., Any], call: Call) -> Racer:
        """A process that will call this function on the database at this address. It is not waited for."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._started(url), [function.__module__.encode()], [theirs.fileno()])
        order = {
            "database": url,
            "module": function.__module__,
            "function": function.__qualname__,
            "call": dict(call),
        }
        racer = Racer(ours, order)
        self._racers.append(racer)
        return racer

    def tidy(self) -> None:
        """Take away whoever is still at work: a test that failed left them."""
        while self._racers:
            self._racers.pop().close()

    def close(self) -> None:
        self.tidy()
        if self._orders:
            self._orders.close()
        if self._process:
            self._process.wait(RACE_SECONDS)

    def _started(self, url: str) -> socket.socket:
        if self._orders is None:
            self._orders, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "tests.racer", str(theirs.fileno())],
                    env=environment(url),
                    cwd=ROOT,
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                )
        return self._orders


def environment(url: str) -> dict[str, str]:
    """For processes that are to work on this database."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
