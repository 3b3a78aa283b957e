from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.actor import Actor
from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations.founding import refound


class Command(BaseCommand):
    help = "Give neighbourhoods whatever they lack: what was lost, and what a new release brings. Harmless to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="which ones; all of them when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = set(options["slugs"])
        neighbourhoods = Neighbourhood.objects.order_by("name")
        if wanted:
            neighbourhoods = neighbourhoods.filter(slug__in=wanted)
            unknown = wanted - set(neighbourhoods.values_list("slug", flat=True))
            if unknown:
                raise CommandError(f"There is no neighbourhood {', '.join(sorted(unknown))}.")
        for neighbourhood in neighbourhoods:
            refound(neighbourhood=neighbourhood, actor=Actor.system(), at=clock.now())
            self.stdout.write(f"{neighbourhood.name} has all it needs.")
