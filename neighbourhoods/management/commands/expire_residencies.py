from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from neighbourhoods.operations.residency import expire_residencies


class Command(BaseCommand):
    help = "Let residencies expire whose last day has passed, with the seats that go with them. Run it each night."

    def handle(self, *args: Any, **options: Any) -> None:
        count = expire_residencies(on=clock.today(), at=clock.now())
        self.stdout.write(f"{count} residencies expired.")
