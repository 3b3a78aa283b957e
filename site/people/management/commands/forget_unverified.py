from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from core.actor import Actor
from people.operations.invitations import forget_lapsed
from people.operations.unproven import forget_unverified


class Command(BaseCommand):
    help = "Forget sign-ups whose address nobody proved in three days, and invitations that ran out. Run it each night."

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        count = forget_unverified(actor=Actor.system(), at=at)
        self.stdout.write(f"{count} sign-ups and {forget_lapsed(at=at)} invitations forgotten.")
