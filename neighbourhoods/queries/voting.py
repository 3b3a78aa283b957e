"""What the voter's pages ask besides: candidates' own words, proxies, one's own objection and appeal."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from neighbourhoods.models import (
    Appeal,
    BallotBox,
    Election,
    ElectionPage,
    Nomination,
    Proxy,
    Roll,
    RollObjection,
)
from neighbourhoods.states import NominationState
from people.models import Party
from people.queries import numbers_of


def page_of_election(election: Election, language: str) -> ElectionPage | None:
    """The page of an election in a language, when it is live."""
    pages = ElectionPage.objects.live().filter(election=election, locale__language_code=language)
    return pages.first()


def on_ballot(election: Election) -> QuerySet[Nomination]:
    """Whoever stands on the ballot, by number; the page draws an order of its own."""
    stands = Nomination.objects.filter(election=election, state=NominationState.ON_BALLOT)
    return stands.order_by("number")


def proxies_held(roll: Roll, person: Party) -> QuerySet[Proxy]:
    """For whom somebody may vote besides themself, whoever of them has not voted yet."""
    held = Proxy.objects.filter(entry__roll=roll, entry__channel="", holder__in=_numbers(person))
    return held.select_related("entry__person__person_details").order_by("pk")


def proxy_for(roll: Roll, person: Party, giver: str) -> Proxy | None:
    """The proxy by which somebody votes for the person with this UUID, used or not."""
    try:
        asked = UUID(giver)
    except ValueError:
        return None
    held = Proxy.objects.filter(entry__roll=roll, entry__person__uuid=asked, holder__in=_numbers(person))
    return held.select_related("entry__person__person_details").first()


def proxy_given(roll: Roll, person: Party) -> Proxy | None:
    """The proxy that somebody gave."""
    given = Proxy.objects.filter(entry__roll=roll, entry__person__in=_numbers(person))
    return given.select_related("entry", "holder__person_details").first()


def last_objection(roll: Roll, person: Party) -> RollObjection | None:
    """The newest objection of somebody to their own entry."""
    return RollObjection.objects.filter(roll=roll, person__in=_numbers(person)).order_by("-pk").first()


def own_appeal(box: BallotBox, person: Party) -> Appeal | None:
    """The newest appeal of somebody against the result of a box."""
    return Appeal.objects.filter(box=box, appellant__in=_numbers(person)).order_by("-pk").first()


def _numbers(person: Party) -> QuerySet[Party]:
    return numbers_of(person).order_by()
