"""Appeals about a vote: until when, by whom, who is involved, what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from core.clock import day_of
from neighbourhoods.models import (
    Appeal,
    BallotBox,
    Election,
    Nomination,
    RollEntry,
    RollObjection,
    Seat,
)
from neighbourhoods.states import AppealState, ElectionState
from people.models import Mandate, Party, Role
from people.queries import numbers_of

OPEN: Final = (AppealState.FILED, AppealState.ADMITTED, AppealState.HEARD)
RULED: Final = (AppealState.UPHELD, AppealState.DISMISSED, AppealState.INADMISSIBLE)


def _nobody(_thing: Any, _numbers: QuerySet[Party]) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """What appeals ask about the thing that a box belongs to. `name` is how the box leads to it (`box.election`).

    `deadline` is the moment until which its result is provisional and can be appealed against; None when it is not
    provisional. `stands_in` says whether a person, under any of their numbers, is put to the vote in it, or else a
    party to it. `holds_for` says for whom else its result holds, so that they may appeal; they are not a party to it.
    """

    name: str
    deadline: Callable[[Any], datetime | None]
    stands_in: Callable[[Any, QuerySet[Party]], bool]
    holds_for: Callable[[Any, QuerySet[Party]], bool] = _nobody


owners: dict[str, Owner] = {}


def add_owner(owner: Owner) -> None:
    """Have boxes of one more kind of thing take appeals. Called once, when its module is read."""
    if owner.name in owners:
        raise ValueError(f"{owner.name} was added already.")
    owners[owner.name] = owner


def owner_of(box: BallotBox) -> tuple[Owner, Any] | None:
    """The thing that a box belongs to, and what to ask about it; None while nothing that takes appeals does."""
    for owner in owners.values():
        thing = getattr(box, owner.name, None)
        if thing is not None:
            return owner, thing
    return None


def deadline_of(box: BallotBox) -> datetime | None:
    """Until when appeals can be made; None when the result is not provisional: not there yet, final, or annulled."""
    found = owner_of(box)
    return found[0].deadline(found[1]) if found else None


def _deadline_of_election(election: Election) -> datetime | None:
    return election.appeals_until if election.state == ElectionState.PROVISIONAL else None


def _stands_in_election(election: Election, numbers: QuerySet[Party]) -> bool:
    """With their own word, whatever became of it: also who was rejected. To be named by others makes nobody stand."""
    said_yes = Nomination.objects.filter(election=election, accepted_at__isnull=False)
    return said_yes.filter(candidate__in=numbers).exists()


add_owner(Owner(name="election", deadline=_deadline_of_election, stands_in=_stands_in_election))


# --- Who --------------------------------------------------------------------------------------------------------------


def has_standing(box: BallotBox, person: Party, on: date) -> bool:
    """Whether this person may appeal: on the roll, left out of it or objecting to it; standing; on the board; or
    somebody for whom the result holds."""
    numbers = numbers_of(person)
    return (
        RollEntry.objects.filter(roll=box.roll_id, person__in=numbers).exists()
        or RollObjection.objects.filter(roll=box.roll_id, person__in=numbers).exists()
        or _stands(box, numbers)
        or _sits(box, numbers, on, on)
        or _holds_for(box, numbers)
    )


def is_involved(box: BallotBox, person: Party, on: date) -> bool:
    """Whether this person stood in the vote, or was in the polling office or on the board at any time since its
    roll was taken: then they do not rule on it."""
    numbers = numbers_of(person)
    since = min(box.roll.reference_on, day_of(box.roll.built_at))
    return _stands(box, numbers) or _sits(box, numbers, since, on) or _polled(box, person, since, on)


def _stands(box: BallotBox, numbers: QuerySet[Party]) -> bool:
    found = owner_of(box)
    return found is not None and found[0].stands_in(found[1], numbers)


def _holds_for(box: BallotBox, numbers: QuerySet[Party]) -> bool:
    found = owner_of(box)
    return found is not None and found[0].holds_for(found[1], numbers)


def _sits(box: BallotBox, numbers: QuerySet[Party], since: date, until: date) -> bool:
    seats = Seat.objects.filter(neighbourhood=box.neighbourhood_id, from_on__lte=until, until_on__gte=since)
    return seats.filter(person__in=numbers).exists()


def _polled(box: BallotBox, person: Party, since: date, until: date) -> bool:
    offices = Mandate.objects.held_by(person).filter(role=Role.POLLING, from_on__lte=until)
    here = {box.neighbourhood.party_id, box.neighbourhood.municipality_id}
    return offices.filter(Q(until_on__isnull=True) | Q(until_on__gte=since), principal__in=here).exists()


# --- What became of them ----------------------------------------------------------------------------------------------


def open_appeals(box: BallotBox) -> QuerySet[Appeal]:
    """Appeals that are not decided yet, oldest first. While there is one, the result stays provisional."""
    return Appeal.objects.filter(box=box, state__in=OPEN).order_by("filed_at", "pk")


def appeals_of(box: BallotBox, person: Party) -> QuerySet[Appeal]:
    """The appeals that this person made about a vote, newest first."""
    return Appeal.objects.filter(box=box, appellant__in=numbers_of(person)).order_by("-filed_at", "-pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What everybody may read of an appeal: how it was decided and why. Who made it, on which grounds, and who ruled
    is not in it, so that no page can show it by mistake."""

    state: str
    ruling: str
    ruled_at: datetime

    @property
    def outcome(self) -> str:
        return str(AppealState(self.state).label)


def rulings_of(box: BallotBox) -> list[Ruling]:
    """What was ruled about a vote, oldest first."""
    rows = Appeal.objects.filter(box=box, state__in=RULED, ruled_at__isnull=False).order_by("ruled_at", "pk")
    return [
        Ruling(state=state, ruling=ruling, ruled_at=ruled_at)
        for state, ruling, ruled_at in rows.values_list("state", "ruling", "ruled_at")
        if ruled_at is not None
    ]
