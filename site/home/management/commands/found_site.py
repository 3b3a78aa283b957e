"""`manage.py found_site`: the first front page, in every language."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core import clock
from core.actor import Actor
from home.operations import found_site


class Command(BaseCommand):
    help = (
        "Give the site its languages and a front page in each, and tell it its own address (BASE_URL). "
        "Harmless to repeat: it makes what is missing. Run it again when the address changes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="", help="what the site is called; Socialcoin when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        address = settings.WAGTAILADMIN_BASE_URL
        site = found_site(actor=Actor.system(), at=clock.now(), address=address, name=options["name"])
        self.stdout.write(f"{site.site_name} is founded at {address}.")
