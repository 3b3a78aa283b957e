"""`manage.py load_demo`: a municipality with three neighbourhoods, to look around in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from core import clock
from core.sealing.logs import logs
from core.sealing.sealer import seal
from home.demo.load.decisions import load_decisions
from home.demo.load.market import load_market
from home.demo.load.money import load_money
from home.demo.load.persons import load_people
from home.demo.load.places import load_places
from home.demo.load.season import load_season
from home.demo.load.values import load_values
from home.demo.people import who_can_sign_in

# Each builds on those before.
LOADS = (load_places, load_people, load_decisions, load_money, load_values, load_market, load_season)


@contextmanager
def without_mail() -> Iterator[None]:
    """A year of elections, meetings and votes would mail everybody what was news then."""
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = backend


class Command(BaseCommand):
    help = "Fills the site with a demo. A second time it adds what is missing and changes nothing."

    def handle(self, **_options: Any) -> None:
        """:raises CommandError: outside a demo: one-time codes are shown to everybody there."""
        if not settings.DEMO:
            raise CommandError("load_demo is for demos only")
        at = clock.now()
        with translation.override("nl"), without_mail():
            for load in LOADS:
                with transaction.atomic():
                    for sentence in load(at=at):
                        self.stdout.write(sentence)
        for log in logs():
            seal(log, at=at)
        self._who()

    def _who(self) -> None:
        """Write who can sign in, and where."""
        rows = [
            (person.email, person.does.en if person.does else "", "yes" if person.staff else "")
            for persons in who_can_sign_in().values()
            for person in persons
        ]
        heads = ("e-mail", "who", "second code")
        widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(3)]
        self.stdout.write("\nWho can sign in:\n")
        for row in (heads, *rows):
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(line.rstrip())
        with translation.override("nl"):
            page = reverse("demo")
        self.stdout.write(f"\nOpen {settings.WAGTAILADMIN_BASE_URL}{page} to sign in as each of them.")
