from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from ledger.operations import expire_fundings, expire_reservations

AT_A_TIME = 1000  # so many are locked together, and no more


class Command(BaseCommand):
    help = (
        "Set coins free that were reserved until a time that has passed, and no longer expect money that did not come."
        " Run it each night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        count = 0
        # Until nothing is left: of those found some may be paid in the very moment, so a smaller number is no end.
        while found := expire_reservations(at=at, limit=AT_A_TIME):
            count += found
        self.stdout.write(f"{count} reservations and {expire_fundings(at=at)} fundings expired.")
