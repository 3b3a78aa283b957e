from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from neighbourhoods.rights import derive_groups


class Command(BaseCommand):
    help = (
        "Derive who edits what from the seats and mandates in force today. Run it each night, after midnight."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        changed = derive_groups(on=clock.today())
        self.stdout.write(f"{changed} memberships changed.")
