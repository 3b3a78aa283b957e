"""How the people of these tests vote, close and count."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from core.actor import Actor
from neighbourhoods.models import Ballot, BallotBox, Neighbourhood, RecordedVote, Result, RollEntry
from neighbourhoods.operations import ballots
from neighbourhoods.queries.ballots import form_hash
from people.models import Party, Role, User
from tests.factories.democracy import AFTER, VOTING, party
from tests.factories.people import actor, mandate, person

SYSTEM = Actor.system()
YES, NO, BLANK = {"1": "yes"}, {"1": "no"}, {"1": "blank"}


def officer_of(neighbourhood: Neighbourhood, name: str) -> User:
    """Somebody of the polling office."""
    login = person(name)
    mandate(person=login, principal=neighbourhood.party, role=Role.POLLING)
    return login


def many(number: int, start: str = "Voter") -> list[User]:
    return [person(f"{start}{one}") for one in range(number)]


def vote(
    box: BallotBox,
    who: User,
    choice: Any = None,
    *,
    at: datetime = VOTING,
    receipt: bool = False,
    **more: Any,
) -> str:
    """This login votes for itself: yes, unless it says something else."""
    return ballots.cast(
        box=box,
        person=who.person,
        at=at,
        **{
            "choice": YES if choice is None else choice,
            "wants_receipt": receipt,
            "form_hash": form_hash(box),
            "actor": actor(who),
            **more,
        },
    )


def help_vote(box: BallotBox, officer: User, voter: User | Party, choice: Any = None) -> str:
    return ballots.cast_assisted(
        box=box, voter=party(voter), choice=YES if choice is None else choice, form_hash=form_hash(box),
        actor=actor(officer), at=VOTING,
    )  # fmt: skip


def paper(box: BallotBox, officer: User, voter: User | Party, *, at: datetime = VOTING) -> None:
    ballots.mark_paper(box=box, voter=party(voter), actor=actor(officer), at=at)


def enter(box: BallotBox, officer: User, choices: list[Any], **more: Any) -> bool:
    return ballots.enter_paper(box=box, choices=choices, actor=actor(officer), at=AFTER, **more)


def record(
    box: BallotBox, who: User, choice: Any = None, *, reason: str = "", at: datetime = VOTING
) -> RecordedVote:
    return ballots.record_vote(
        box=box,
        person=who.person,
        choice=YES if choice is None else choice,
        reason=reason,
        actor=actor(who),
        at=at,
    )


def close(box: BallotBox, *, at: datetime = AFTER) -> None:
    ballots.close_box(box=box, actor=SYSTEM, at=at)


def counted(box: BallotBox) -> Result:
    """Closed and counted."""
    close(box)
    return ballots.count_box(box=box, actor=SYSTEM, at=AFTER)


def channel_of(box: BallotBox, who: User | Party) -> str:
    return RollEntry.objects.get(roll=box.roll, person=party(who)).channel


def choices_in(box: BallotBox) -> list[Any]:
    """What lies in the box, in no order."""
    return sorted((json.loads(one) for one in box.ballots.values_list("choice", flat=True)), key=str)


def how_many(box: BallotBox) -> tuple[int, int]:
    """Ballots and marks."""
    marks = RollEntry.objects.filter(roll=box.roll).exclude(channel="").count()
    return Ballot.objects.filter(box=box).count(), marks


def everybody_votes(box: BallotBox, voters: Iterable[User], choice: Any = None) -> None:
    for voter in voters:
        vote(box, voter, choice)
