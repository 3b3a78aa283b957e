from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from wallet.operations.payouts import ask_monthly_payouts


class Command(BaseCommand):
    help = "Ask for the payouts that suppliers want each month, once a month for each account. Run it each night."

    def handle(self, *args: Any, **options: Any) -> None:
        asked = ask_monthly_payouts(at=clock.now())
        self.stdout.write(
            f"{asked.asked} payouts asked for, {asked.empty} accounts with nothing to pay out,"
            f" {asked.refused} could not be paid out."
        )
