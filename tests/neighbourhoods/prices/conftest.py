"""Molenwijk on Saturday 21 November 2026: reading is worth 8.00 an hour, a meal costs 5.00. Sluiskade is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from wagtail.models import Locale

from neighbourhoods.models import ItemKind, Neighbourhood, Unit, ValuedItem
from tests.factories import values
from tests.factories.democracy import VOTING
from tests.factories.residency import municipality, place

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(VOTING, tick=False):
        yield


@pytest.fixture
def molenwijk(db: None) -> Neighbourhood:
    return place("Molenwijk", of=municipality("Dijkstad"))


@pytest.fixture
def reading(molenwijk: Neighbourhood) -> ValuedItem:
    """7.50 an hour from January, 8.00 from March."""
    Locale.objects.get_or_create(language_code="en")
    made = values.item(molenwijk, "Voorlezen op school", about="Met voorbereiding.")
    values.add_words(made, "Reading at school", language="en")
    values.worth(made, 750, on=date(2026, 1, 1))
    values.worth(made, 800, on=date(2026, 3, 1))
    return made


@pytest.fixture
def meal(molenwijk: Neighbourhood) -> ValuedItem:
    """5.00 a piece from January."""
    made = values.item(
        molenwijk, "Maaltijd", kind=ItemKind.GOOD, unit=Unit.PIECE, of=values.category("eten", cpa="56")
    )
    values.worth(made, 500, on=date(2026, 1, 1))
    return made
