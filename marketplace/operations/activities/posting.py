"""Posting an activity in one go, as the form does: its words and facts, its picture, its shifts, and to the board."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from marketplace.models import Activity
from marketplace.operations.activities.drafting import change_activity, draft_activity, submit
from marketplace.operations.activities.facts import Facts
from marketplace.operations.activities.judging import is_of_neighbourhood, publish
from marketplace.operations.activities.standing import WRITABLE, locked
from marketplace.operations.pictures import forget_file, keep_picture
from marketplace.operations.shifts.planning import plan_shifts
from marketplace.states import ActivityState
from people.models import Party
from people.queries import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from content.models import Picture
    from core.actor import Actor
    from marketplace.operations.shifts.slots import Slot
    from neighbourhoods.models import Neighbourhood


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that is told of an activity. `picture` is a JPEG that was written anew (`operations.pictures`)."""

    language: str
    title: str
    summary: str = ""
    about: str = ""
    asks: str = ""
    picture: bytes | None = None
    picture_alt: str = ""

    def told(self) -> dict[str, Any]:
        """By the names of the operations on activities; all but the picture."""
        names = ("language", "title", "summary", "about", "asks", "picture_alt")
        return {name: getattr(self, name) for name in names}


def post_activity(
    *,
    neighbourhood: Neighbourhood,
    organiser: Party,
    words: Words,
    facts: Facts,
    slots: Sequence[Slot],
    key: UUID,
    actor: Actor,
    at: datetime,
) -> Activity:
    """This will write down an activity with its first shifts and send it to the board; what the board itself organises
    is open at once. The same key again gives the same activity, and plans nothing more.

    :raises Refusal: what drafting, planning, sending and opening refuse. Nothing was kept then.
    """
    number = canonical(organiser).pk if organiser.is_person else organiser.pk
    with _kept(words, neighbourhood, actor, at) as keep, transaction.atomic():
        # The same lock as drafting takes: of a form that is sent twice at once the second finds what the first wrote.
        Party.objects.select_for_update(no_key=True).get(pk=number)
        is_new = not Activity.objects.filter(key=key).exists()
        activity = draft_activity(
            neighbourhood=neighbourhood, organiser=organiser, facts=facts, key=key, actor=actor, at=at,
            picture=keep() if is_new else None, **words.told(),
        )  # fmt: skip
        if is_new:
            if slots:
                plan_shifts(activity=activity, slots=slots, actor=actor, at=at)
            _send(activity, actor, at)
    return activity


def rewrite_activity(
    *,
    activity: Activity,
    words: Words,
    keeps_picture: bool,
    facts: Facts,
    actor: Actor,
    at: datetime,
    sends: bool = True,
) -> Activity:
    """This will tell an activity otherwise. With `sends` what was not sent yet, or was sent back, goes to the board.

    A new picture takes the place of the old one; without a new one the old one stays if `keeps_picture`.

    :raises Refusal: what changing and sending refuse. Nothing changed then.
    """
    with _kept(words, activity.neighbourhood, actor, at) as keep, transaction.atomic():
        locked(activity)
        picture = keep() or (activity.picture if keeps_picture else None)
        change_activity(activity=activity, facts=facts, picture=picture, actor=actor, at=at, **words.told())
        if sends and activity.state in WRITABLE - {ActivityState.SUBMITTED}:
            _send(activity, actor, at)
    return activity


def send_activity(*, activity: Activity, actor: Actor, at: datetime) -> Activity:
    """This will send a draft to the board as it is; what the board itself organises is open at once.

    :raises Refusal: what sending and opening refuse.
    """
    with transaction.atomic():
        locked(activity)
        _send(activity, actor, at)
    return activity


def _send(activity: Activity, actor: Actor, at: datetime) -> None:
    if is_of_neighbourhood(activity):
        publish(activity=activity, actor=actor, at=at)
    else:
        submit(activity=activity, actor=actor, at=at)


class _Keeper:
    """Keeps the picture of an activity when it is asked to, and remembers that it did."""

    def __init__(self, words: Words, neighbourhood: Neighbourhood, actor: Actor, at: datetime) -> None:
        self.words, self.neighbourhood, self.actor, self.at = words, neighbourhood, actor, at
        self.picture: Picture | None = None

    def __call__(self) -> Picture | None:
        if self.words.picture is not None:
            self.picture = keep_picture(
                content=self.words.picture, title=self.words.title, neighbourhood=self.neighbourhood,
                actor=self.actor, at=self.at,
            )  # fmt: skip
        return self.picture


@contextmanager
def _kept(words: Words, neighbourhood: Neighbourhood, actor: Actor, at: datetime) -> Iterator[_Keeper]:
    """When the deed comes to nothing the database forgets the picture; its file is taken away here."""
    keeper = _Keeper(words, neighbourhood, actor, at)
    try:
        yield keeper
    except BaseException:
        if keeper.picture is not None:
            forget_file(keeper.picture)
        raise
