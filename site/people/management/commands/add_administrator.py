from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.actor import Actor
from core.refusals import Refusal
from people.operations.persons import register_administrator


class Command(BaseCommand):
    help = "Make a login that runs the site. It signs in with a mailed code and sets up a second step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--given-name", default="")
        parser.add_argument("--family-name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        try:
            user = register_administrator(
                email=email,
                given_name=options["given_name"] or email.partition("@")[0],
                family_name=options["family_name"],
                actor=Actor.system(),
                at=clock.now(),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"{user.email} runs the site. Sign in with a mailed code, then set up a second step."
        )
