"""What the processes of races do: plain values in, what became of it out."""

from __future__ import annotations

import uuid
from uuid import UUID

import config.urls  # noqa: F401 - once before the start, and not in each process
from marketplace.models import Shift, SkillProfile, Team, TeamProposal
from marketplace.operations.proposals import answer, propose
from marketplace.operations.skills import Told, approach, save_profile
from marketplace.operations.teams import ask, join
from people.models import Party, User
from tests.factories.activities import AT
from tests.factories.people import actor


def say_yes(login: int, proposal: int, key: str = "") -> bool:
    found = TeamProposal.objects.select_related("team", "shift__activity").get(pk=proposal)
    said = answer(
        proposal=found, joins=True, key=UUID(key) if key else uuid.uuid4(), actor=actor(_login(login)), at=AT
    )
    return said.joins


def lay(login: int, team: int, shift: int) -> int:
    return propose(
        team=Team.objects.get(pk=team), shift=Shift.objects.get(pk=shift), key=uuid.uuid4(), actor=actor(_login(login)),
        at=AT,
    ).pk  # fmt: skip


def ask_once(login: int, team: int, person: int) -> int:
    who = Party.objects.get(pk=person)
    return ask(team=Team.objects.get(pk=team), person=who, actor=actor(_login(login)), at=AT).pk


def come_in(login: int, team: int) -> str:
    return str(join(team=Team.objects.get(pk=team), actor=actor(_login(login)), at=AT).joined_at)


def tell(login: int, about: str) -> int:
    return save_profile(told=Told(about=about), actor=actor(_login(login)), at=AT).pk


def write_to(login: int, profile: int, shift: int) -> str:
    thing = Shift.objects.select_related("activity__organiser").get(pk=shift).activity
    found = SkillProfile.objects.select_related("person", "neighbourhood").get(pk=profile)
    approach(profile=found, thing=thing, actor=actor(_login(login)), at=AT)
    return "asked"


def _login(pk: int) -> User:
    return User.objects.select_related("person").get(pk=pk)
