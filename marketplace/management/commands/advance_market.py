from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from marketplace.operations.clock import advance


class Command(BaseCommand):
    help = (
        "Do what is due on the market: last days, orders and vouchers that ran out of time, mails. Run it every few "
        "minutes; it does nothing that is not due, and two at a time do no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """:raises CommandError: when something went wrong."""
        done = advance(clock.now())
        self.stdout.write(f"{done.steps} steps done.")
        if done.failed:
            raise CommandError(f"Went wrong, see the log: {', '.join(done.failed)}")
