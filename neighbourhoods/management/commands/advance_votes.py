from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from neighbourhoods.operations.elections import advance


class Command(BaseCommand):
    help = (
        "Do what is due in elections and other votes: open, close, count, make final, send reminders. Run it every few "
        "minutes; it does nothing that is not due, and two at a time do no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = advance(now=clock.now())
        self.stdout.write(f"{done.steps} steps done.")
        for line in done.waiting:
            self.stdout.write(f"Waiting: {line}")
        if done.failed:
            raise CommandError(f"Went wrong, see the log: {', '.join(done.failed)}")
