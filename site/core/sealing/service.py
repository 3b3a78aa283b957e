"""The sealer as a service: a pass each second, until somebody asks it to end."""

from __future__ import annotations

import logging
import os
import time
from typing import Protocol

from django.db import OperationalError, close_old_connections

from core import clock
from core.sealing.logs import Log, logs
from core.sealing.sealer import LOOKS, seal

PAUSE = 1.0  # seconds
NICENESS = 10

logger = logging.getLogger(__name__)


class Ending(Protocol):
    """Says when to end, and lets somebody wait for that."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float | None = None) -> bool: ...


class Looks:
    """How far back each pass looks."""

    def __init__(self) -> None:
        self._done: dict[tuple[str, int], float] = {}

    def due(self, now: float) -> list[tuple[Log, int | None]]:
        """Each log, with the farthest look that is due."""
        return [(log, self._back(log, now)) for log in logs()]

    def _back(self, log: Log, now: float) -> int | None:
        every, back = next(look for look in LOOKS if self._is_due(log, look[0], now))
        for seconds, _back in LOOKS:
            if seconds <= every:  # who looks far sees what is near
                self._done[log.name, seconds] = now
        return back

    def _is_due(self, log: Log, seconds: int, now: float) -> bool:
        last = self._done.get((log.name, seconds))
        return last is None or now - last >= seconds


def one_pass(looks: Looks) -> None:
    """Seal what came since the last pass.

    :raises LogDamaged: when a log is not as it was signed.
    """
    for log, back in looks.due(time.monotonic()):
        seal(log, at=clock.now(), back=back)


def serve(ending: Ending, looks: Looks) -> None:
    """A pass each second. A database that does not answer is asked again.

    :raises LogDamaged: when a log is not as it was signed.
    """
    os.nice(NICENESS)  # payments go first
    while not ending.is_set():
        try:
            one_pass(looks)
        except OperationalError:
            logger.exception("The database does not answer. The sealer tries again.")
            close_old_connections()
        ending.wait(PAUSE)
