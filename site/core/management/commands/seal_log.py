from __future__ import annotations

import logging
import os
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, close_old_connections

from core import clock
from core.sealing.logs import Log, logs
from core.sealing.sealer import LOOKS, LogDamaged, seal

PAUSE = 1.0  # seconds
NICENESS = 10

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Seal transfers and audit lines into their logs, a pass each second, and sign how far they are. Run it as a "
        "service beside the site; a second one does no harm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Seal what there is, say how much, and stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["once"]:
                for log in logs():
                    self.stdout.write(f"{log.name}: {seal(log, at=clock.now())} sealed.")
            else:
                self._serve()
        except LogDamaged as error:
            raise CommandError(f"{error} Nothing is signed any more. Run verify_log.") from error

    def _serve(self) -> None:
        """Until somebody asks it to end, which it does between two passes."""
        os.nice(NICENESS)  # payments go first
        ending = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_any: ending.set())
        looks = Looks()
        while not ending.is_set():
            try:
                for log, back in looks.due(time.monotonic()):
                    seal(log, at=clock.now(), back=back)
            except OperationalError:
                logger.exception("The database does not answer; the sealer tries again.")
                close_old_connections()
            ending.wait(PAUSE)


class Looks:
    """How far back each pass looks."""

    def __init__(self) -> None:
        self._done: dict[tuple[str, int], float] = {}

    def due(self, now: float) -> list[tuple[Log, int | None]]:
        """Each log, with the farthest look that is due."""
        return [(log, self._back(log, now)) for log in logs()]

    def _back(self, log: Log, now: float) -> int | None:
        every, back = next(
            look for look in LOOKS if now - self._done.get((log.name, look[0]), -1e9) >= look[0]
        )
        for seconds, _back in LOOKS:
            if seconds <= every:  # a far look sees what a near one would
                self._done[log.name, seconds] = now
        return back
