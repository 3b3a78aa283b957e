"""What the voter's pages ask besides `ballots`: their pages, who stands, proxies that wait, votes one took part in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from neighbourhoods.models import (
    BallotBox,
    DecisionsPage,
    Election,
    ElectionPage,
    Neighbourhood,
    Nomination,
    Proxy,
    Roll,
    RollEntry,
    Secrecy,
)
from neighbourhoods.queries.ballots import proxies_held
from neighbourhoods.queries.places import page_of
from neighbourhoods.queries.rolls import entry_of
from neighbourhoods.queries.titles import with_titles
from neighbourhoods.states import BoxState, NominationState
from people.models import Party
from people.queries import numbers_of


def page_of_election(election: Election, language: str) -> ElectionPage | None:
    """The page of an election in a language, when it is live."""
    pages = ElectionPage.objects.live().filter(election=election, locale__language_code=language)
    return pages.first()


def decisions_page(neighbourhood: Neighbourhood, language: str) -> DecisionsPage | None:
    """The page with what a neighbourhood decides and decided, in a language."""
    front = page_of(neighbourhood, language)
    return DecisionsPage.objects.live().child_of(front).first() if front else None


def on_ballot(election: Election) -> QuerySet[Nomination]:
    """Whoever stands on the ballot, by number, with names; the page draws an order of its own."""
    stands = Nomination.objects.filter(election=election, state=NominationState.ON_BALLOT)
    return stands.select_related("candidate__person_details").order_by("number")


def proxies_waiting(roll: Roll, person: Party) -> list[Proxy]:
    """For whom somebody may still vote besides themself."""
    return list(proxies_held(roll, person).filter(entry__channel=""))


def proxy_for(roll: Roll, person: Party, giver: str) -> Proxy | None:
    """The proxy by which somebody votes for the person with this UUID, used or not."""
    try:
        asked = UUID(giver)
    except ValueError:
        return None
    return proxies_held(roll, person).filter(entry__person__uuid=asked).first()


def has_voted(roll: Roll, person: Party) -> bool:
    """Whether somebody has voted, and has nobody left for whom they may vote."""
    entry = entry_of(roll, person)
    return entry is not None and bool(entry.channel) and not proxies_waiting(roll, person)


def voted_in(person: Party, now: datetime) -> QuerySet[BallotBox]:
    """The secret votes that still run and in which somebody has voted."""
    marked = RollEntry.objects.filter(person__in=numbers_of(person).order_by()).exclude(channel="")
    boxes = BallotBox.objects.filter(
        roll__in=marked.values("roll"), secrecy=Secrecy.SECRET, state=BoxState.OPEN
    )
    return with_titles(boxes.filter(closes_at__gt=now)).order_by("closes_at", "pk")
