"""Profiles, teams and proposals as operations make them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from marketplace.models import SeenBy, Shift, SkillProfile, Team, TeamProposal
from marketplace.operations.proposals import propose
from marketplace.operations.skills import Told, save_profile
from marketplace.operations.teams import ask, join, start_team
from marketplace.suiting import Slot
from neighbourhoods.models import Category
from people.models import Party, PersonDetails, User
from tests.factories.activities import AT, Season, born
from tests.factories.activities import activity as any_activity
from tests.factories.activities import shift as any_shift
from tests.factories.people import actor
from tests.factories.values import category, item, worth

DAY = timedelta(days=1)


def tell(login: User, *, can: tuple[Category, ...] = (), at: datetime = AT, **more: Any) -> SkillProfile:
    """What somebody tells; everybody in the neighbourhood sees it unless it is said otherwise. Who has no date of birth
    yet is grown up, unless `has_age` says no."""
    if more.pop("has_age", True) and not PersonDetails.objects.filter(
        party=login.person, born_on__isnull=False
    ):
        born(login.person)
    told = Told(can=can, **{"seen_by": SeenBy.RESIDENTS, **more})
    return save_profile(told=told, actor=actor(login), at=at)


def reading() -> Category:
    """Reading aloud, which is a part of learning."""
    return category("huiswerk", name="Voorlezen en huiswerk", parent=category("leren", name="Leren"))


def reading_aloud(there: Season, *, organiser: Party | None = None, **more: Any) -> Shift:
    """A shift of reading aloud on a Tuesday morning, from nine to eleven where it is; of the club unless it is said
    otherwise."""
    told = item(there.neighbourhood, "Voorlezen", of=reading())
    worth(told, 5_00)
    starts_at = next_tuesday().replace(hour=8)  # nine in the morning, as it is winter
    return any_shift(
        any_activity(there, "Voorlezen op school", item=told, organiser=organiser or there.club),
        starts_at,
        hours=2,
        **more,
    )


def next_tuesday() -> datetime:
    """The first Tuesday after the moment of the tests, at midnight in UTC."""
    days = (1 - AT.weekday()) % 7 or 7
    return (AT + days * DAY).replace(hour=0, minute=0, second=0, microsecond=0)


def team(there: Season, *members: User, asked: tuple[User, ...] = (), name: str = "Aan de slag") -> Team:
    """A team that Olaf coaches for the club, with these members, and these that have not answered."""
    made = start_team(
        neighbourhood=there.neighbourhood, organisation=there.club, name=name, about="Samen werk zoeken.",
        key=uuid.uuid4(), actor=actor(there.olaf), at=AT,
    )  # fmt: skip
    for login in (*members, *asked):
        ask(team=made, person=login.person, actor=actor(there.olaf), at=AT)
    for login in members:
        join(team=made, actor=actor(login), at=AT)
    return made


def proposed(of: Team, by: User, **thing: Any) -> TeamProposal:
    """A shift or a job that lies before a team."""
    return propose(team=of, **thing, key=uuid.uuid4(), actor=actor(by), at=AT)


WHOLE_WEEK: tuple[Slot, ...] = tuple(
    (day, part) for day in range(1, 8) for part in ("MORNING", "AFTERNOON", "EVENING")
)
