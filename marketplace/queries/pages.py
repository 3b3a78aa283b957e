"""Questions about the pages of offers and activities: where they stand, and which shows one."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings

from marketplace.models import ActivitiesPage, Activity, ActivityPage, MarketPage, Offer, OfferPage
from marketplace.queries.admissions import is_admitted
from marketplace.queries.traders import TRADES
from neighbourhoods.models import Neighbourhood, NeighbourhoodPage
from neighbourhoods.queries.seats import seats_of
from people.models import Mandate, Party, PartyKind, Role
from people.permissions import holds

# Residents write theirs in a form that takes a minute.
WITHOUT_PAGES: Final = (PartyKind.PERSON, PartyKind.HOUSEHOLD, PartyKind.NEIGHBOURHOOD)


def market_page_of(neighbourhood: Neighbourhood, language: str = settings.LANGUAGE_CODE) -> MarketPage | None:
    """The page of its market, below which the pages of offers stand."""
    front = NeighbourhoodPage.objects.filter(
        neighbourhood=neighbourhood, locale__language_code=language
    ).first()
    return MarketPage.objects.child_of(front).first() if front else None


def page_of_offer(offer: Offer, language: str = settings.LANGUAGE_CODE) -> OfferPage | None:
    """The page of an offer in a language, published or not. Offers of residents have none."""
    return offer.pages.filter(locale__language_code=language).first()


def providers_for(person: Party, neighbourhood: Neighbourhood, on: date) -> list[Party]:
    """In whose name a person can write a page on a market on a day: the neighbourhood, for its board; then its
    municipality and the organisations that were let in, by name."""
    held = Mandate.objects.in_force(on).held_by(person).exclude(principal__kind__in=WITHOUT_PAGES)
    offices = list(held.values_list("principal_id", "principal__kind", "role"))
    written_for = {party for party, kind, role in offices if role == Role.EDITOR or role in TRADES[kind]}
    found = [
        party
        for party in Party.objects.filter(pk__in=written_for).with_names()
        if party.pk == neighbourhood.municipality_id or is_admitted(party, neighbourhood, on)
    ]
    found.sort(key=lambda one: (one.display_name.casefold(), one.pk))
    is_on_board = seats_of(person).in_force(on).filter(neighbourhood=neighbourhood).exists()
    return [neighbourhood.party, *found] if is_on_board else found


def activities_page_of(
    neighbourhood: Neighbourhood, language: str = settings.LANGUAGE_CODE
) -> ActivitiesPage | None:
    """The page about taking part, below which the pages of activities stand."""
    front = NeighbourhoodPage.objects.filter(
        neighbourhood=neighbourhood, locale__language_code=language
    ).first()
    return ActivitiesPage.objects.child_of(front).first() if front else None


def page_of_activity(activity: Activity, language: str = settings.LANGUAGE_CODE) -> ActivityPage | None:
    """The page of an activity in a language, published or not. Activities of residents have none."""
    return activity.pages.filter(locale__language_code=language).first()


def organisers_for(person: Party, neighbourhood: Neighbourhood, on: date) -> list[Party]:
    """In whose name a person can write the page of an activity on a day: the neighbourhood, for its board; then its
    municipality and the organisations that were let in, by name."""
    return [
        party
        for party in providers_for(person, neighbourhood, on)
        if party.pk == neighbourhood.party_id or holds(person, party, [Role.OWNER, Role.ORGANISER], on)
    ]
