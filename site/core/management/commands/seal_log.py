from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.sealing.logs import logs
from core.sealing.sealer import LogDamaged, seal
from core.sealing.service import Looks, serve


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
                ending = threading.Event()
                for name in (signal.SIGTERM, signal.SIGINT):
                    signal.signal(name, lambda *_any: ending.set())
                serve(ending, Looks())
        except LogDamaged as error:
            raise CommandError(f"{error} Nothing is signed any more. Run verify_log.") from error
