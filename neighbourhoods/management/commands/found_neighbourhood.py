from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.text import slugify

from core import clock
from core.actor import Actor
from core.refusals import Refusal
from neighbourhoods.models import Area, MunicipalityPage, Neighbourhood
from neighbourhoods.operations.founding import add_area, found_municipality, found_neighbourhood
from people.models import Party


class Command(BaseCommand):
    help = (
        "Found a neighbourhood with its coin, pages and rights; its municipality too when that is not there yet.\n"
        "Example: manage.py found_neighbourhood Molenwijk --municipality Dijkstad --municipality-area GM1234 "
        "--coin-code MOLEN --coin-name Molenmunt --coin-name-plural Molenmunten --area WK123401 --year 2026"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what people call it, for example Molenwijk")
        parser.add_argument("--slug", help="its word in addresses; made from the name when left out")
        parser.add_argument("--municipality", required=True, help="the name of the municipality")
        parser.add_argument(
            "--municipality-area", help="CBS code of the municipality, to found it when it is new"
        )
        parser.add_argument("--coin-code", required=True, help="capitals and digits, for ever: MOLEN")
        parser.add_argument("--coin-name", required=True, help="one coin: Molenmunt")
        parser.add_argument("--coin-name-plural", required=True, help="more than one: Molenmunten")
        parser.add_argument("--area", help="CBS code of the wijk or buurt, for example WK123401")
        parser.add_argument("--year", type=int, help="the year of the CBS codes")
        parser.add_argument("--colour", default="#1b1a17", help="#rrggbb")
        parser.add_argument("--accent", default="#cdc3af", help="#rrggbb")
        parser.add_argument("--landmark", default="mill", choices=["mill", "bridge", "tower"])
        parser.add_argument("--lead", default="", help="one sentence for its front page")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():  # the municipality and the areas too, or nothing at all
                neighbourhood = self._found(options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{neighbourhood.name} is founded, with the coin {neighbourhood.coin.name}.")

    def _found(self, options: dict[str, Any]) -> Neighbourhood:
        plain = ("coin_code", "coin_name", "coin_name_plural", "colour", "accent", "landmark", "lead")
        return found_neighbourhood(
            name=options["name"],
            slug=options["slug"] or slugify(options["name"]),
            municipality=self._municipality(options),
            area=self._area(options["area"], options["name"], options),
            actor=Actor.system(),
            at=clock.now(),
            **{name: options[name] for name in plain},
        )

    def _municipality(self, options: dict[str, Any]) -> Party:
        name = options["municipality"]
        known = MunicipalityPage.objects.filter(slug=slugify(name)).select_related("party").first()
        if known is not None:
            return known.party
        area = self._area(options["municipality_area"], name, options)
        if area is None:
            raise CommandError(
                f"{name} is not here yet. Give --municipality-area and --year to found it too."
            )
        return found_municipality(
            name=name, slug=slugify(name), area=area, actor=Actor.system(), at=clock.now()
        )

    def _area(self, code: str | None, name: str, options: dict[str, Any]) -> Area | None:
        if not code:
            return None
        if not options["year"]:
            raise CommandError("CBS codes hold for a year: give --year too.")
        return add_area(code=code, year=options["year"], name=name, actor=Actor.system(), at=clock.now())
