"""The founding steps of the market and of taking part. They make what is missing and leave alone what is there."""

from __future__ import annotations

from datetime import datetime

from core.actor import Actor
from marketplace import standard_texts as texts
from marketplace.models import ActivitiesPage, MarketPage
from marketplace.rights import let_admitted_write, let_municipality_write
from neighbourhoods.founding import see_to_page
from neighbourhoods.models import Neighbourhood


def add_market(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """This will see to the page of the market in every language, and to who may add offers below it."""
    names = {"name": neighbourhood.name, "coins": neighbourhood.coin.name_plural}
    see_to_page(neighbourhood, MarketPage, texts.MARKET.filled(**names), actor=actor)
    let_municipality_write(neighbourhood)
    let_admitted_write(neighbourhood)


def add_activities(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """This will see to the page about taking part in every language, and to who may add activities below it."""
    names = {"name": neighbourhood.name, "coins": neighbourhood.coin.name_plural}
    see_to_page(neighbourhood, ActivitiesPage, texts.ACTIVITIES.filled(**names), actor=actor)
    let_municipality_write(neighbourhood)
    let_admitted_write(neighbourhood)
