"""What processes do in races: plain values in and out."""

from __future__ import annotations

import json

from core.snapshot import one_moment
from neighbourhoods.models import Ballot, BallotBox, Roll
from neighbourhoods.operations import ballots
from people.models import Party, User
from tests.factories.democracy import AFTER, DAY, VOTING
from tests.factories.people import actor
from tests.neighbourhoods.ballots.stage import SYSTEM, YES, enter, paper, record, vote
from tests.racer import hear, say

DONE = "done"


def box_of(ref: int) -> BallotBox:
    return BallotBox.objects.get(pk=ref)


def cast(box: int, login: int, choice: str = '{"1":"yes"}', behalf: int | None = None) -> str:
    giver = Party.objects.get(pk=behalf) if behalf else None
    vote(box_of(box), User.objects.get(pk=login), json.loads(choice), on_behalf_of=giver, receipt=True)
    return DONE


def mark(box: int, officer: int, voter: int) -> str:
    paper(box_of(box), User.objects.get(pk=officer), User.objects.get(pk=voter))
    return DONE


def close(box: int, officer: int) -> str:
    ballots.close_box(box=box_of(box), actor=actor(User.objects.get(pk=officer)), at=AFTER)
    return DONE


def extend(box: int, officer: int) -> str:
    ballots.extend_box(
        box=box_of(box), closes_at=AFTER + DAY, reason="It was dark.", actor=actor(User.objects.get(pk=officer)),
        at=VOTING,
    )  # fmt: skip
    return DONE


def count(box: int) -> str:
    ballots.count_box(box=box_of(box), actor=SYSTEM, at=AFTER)
    return DONE


def enter_paper(box: int, officer: int) -> bool:
    return enter(box_of(box), User.objects.get(pk=officer), [YES, "INVALID"])


def read_on(is_of_ballots: bool) -> str:
    """Look at the database as it is now, and go on looking at that until the test says so: a long backup."""
    with one_moment():
        say(str(Ballot.objects.count() if is_of_ballots else Party.objects.count()))
        hear()
    return DONE


def give(roll: int, giver: int, holder: int) -> str:
    one = User.objects.get(pk=giver)
    ballots.give_proxy(
        roll=Roll.objects.get(pk=roll), giver=one.person, holder=Party.objects.get(pk=holder), actor=actor(one),
        at=VOTING,
    )  # fmt: skip
    return DONE


def take_back(roll: int, giver: int) -> str:
    one = User.objects.get(pk=giver)
    ballots.take_back_proxy(roll=Roll.objects.get(pk=roll), giver=one.person, actor=actor(one), at=VOTING)
    return DONE


def vote_with_name(box: int, login: int, choice: str) -> int:
    return record(box_of(box), User.objects.get(pk=login), json.loads(choice)).number
