from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections

from core import clock
from neighbourhoods.operations.elections import advance

log = logging.getLogger("neighbourhoods.elections")


class Command(BaseCommand):
    help = (
        "Do what is due in elections and other votes: open, close, count, make final, send reminders. Run it every few "
        "minutes; it does nothing that is not due, and two at a time do no harm."
    )

    quiet = False  # the one that goes on does not repeat what still waits

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=int,
            metavar="SECONDS",
            help="Go on, with so many seconds in between, until stopped.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """:raises CommandError: when something went wrong and it was to be done once, or without a pause."""
        if options["every"] is None:
            if failed := self._once():
                raise CommandError(f"Went wrong, see the log: {', '.join(failed)}")
            return
        if options["every"] < 1:
            raise CommandError("Give at least one second.")
        self.quiet = True
        ending = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_any: ending.set())
        while not ending.wait(options["every"]):
            try:
                close_old_connections()
                self._once()
            except (InterfaceError, OperationalError):  # it is restarted: the next time finds what was due
                log.exception("The database did not answer. Trying again in %s seconds.", options["every"])

    def _once(self) -> list[str]:
        """What went wrong; what waits is said."""
        done = advance(now=clock.now())
        if done.steps or not self.quiet:
            self.stdout.write(f"{done.steps} steps done.")
        for line in [] if self.quiet else done.waiting:
            self.stdout.write(f"Waiting: {line}")
        return done.failed
