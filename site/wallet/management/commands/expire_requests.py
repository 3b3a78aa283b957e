from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from wallet.operations.requests import expire_requests


class Command(BaseCommand):
    help = "End the payment requests that were not paid in time. Run it each night."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{expire_requests(clock.now())} payment requests expired.")
