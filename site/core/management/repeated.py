"""A command that does what is due: once, or again and again until it is stopped."""

from __future__ import annotations

import logging
import signal
import threading
from abc import abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections

log = logging.getLogger("core.management")


class RepeatedCommand(BaseCommand):
    """Gives `--every SECONDS`. `once` does what is due and gives what went wrong."""

    quiet = False  # the one that goes on does not repeat what nothing came of

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=int,
            metavar="SECONDS",
            help="Go on, with so many seconds in between, until stopped.",
        )

    @abstractmethod
    def once(self) -> list[str]:
        """Do what is due, say so, and give what went wrong."""

    def handle(self, *args: Any, **options: Any) -> None:
        """:raises CommandError: when something went wrong and it was to be done once, or without a pause."""
        if options["every"] is None:
            if failed := self.once():
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
                self.once()
            except (InterfaceError, OperationalError):  # it is restarted: the next time finds what was due
                log.exception("The database did not answer. Trying again in %s seconds.", options["every"])
