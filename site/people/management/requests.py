"""What the commands of administrators share: whom it is about, why, and a refusal in words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.actor import Actor
from core.refusals import Refusal
from people.models import Party, User

REASON = "why, for the audit trail: who asked, and how you know that it was them"


@contextmanager
def in_words() -> Iterator[None]:
    """Let a refusal be the last line on the screen."""
    try:
        yield
    except Refusal as refusal:
        raise CommandError(str(refusal)) from None


class LoginCommand(BaseCommand, ABC):
    """A command about one login: its address and a reason."""

    done = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that the person signs in with")
        parser.add_argument("--reason", required=True, help=REASON)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("There is no login with this e-mail address.")
        with in_words():
            self.act(user=user, reason=options["reason"], actor=Actor.system(), at=clock.now())
        self.stdout.write(self.done % {"email": user.email})

    @abstractmethod
    def act(self, **about: Any) -> None:
        """This will do what the command is for."""


class PersonCommand(BaseCommand):
    """A command about one person, with a login or without: the number in addresses of the desk, and a reason."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "who",
            help="the e-mail address of a login, or the number in the address of the person at the desk",
        )
        parser.add_argument("--reason", required=True, help=REASON)


def person_known_as(who: str) -> Party:
    """The person of a login, or with this number.

    :raises CommandError: when there is none.
    """
    who = who.strip().lower()
    if "@" in who:
        found = Party.objects.filter(login__email=who).first()
    else:
        found = Party.objects.persons().filter(uuid=_number(who)).first()
    if found is None:
        raise CommandError("There is no such person.")
    return found


def _number(word: str) -> UUID:
    try:
        return UUID(word)
    except ValueError:
        raise CommandError(
            "Give an e-mail address or a number like 1b4e28ba-2fa1-11d2-883f-0016d3cca427."
        ) from None
