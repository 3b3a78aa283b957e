"""Meetings and proposals for tests, made by those who would make them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from neighbourhoods.models import BallotBox, Meeting, MeetingKind, Neighbourhood, Proposal
from neighbourhoods.operations import ballots, meetings, motions
from neighbourhoods.operations.meetings import MeetingValues
from people.models import User
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON

BEGINS = NOON + 7 * DAY


def values(**more: Any) -> MeetingValues:
    return MeetingValues(
        **{
            "kind": MeetingKind.BOARD,
            "title": "Bestuursvergadering",
            "starts_at": BEGINS,
            "place": "Buurthuis De Wiek",
            "notice": "",
            "language": "nl",
            **more,
        }
    )


def planned(
    neighbourhood: Neighbourhood, by: User, *, items: int = 1, at: datetime = NOON, **more: Any
) -> Meeting:
    """A meeting that is being prepared."""
    made = meetings.plan_meeting(
        neighbourhood=neighbourhood, values=values(**more), key=uuid.uuid4(), actor=actor(by), at=at
    )
    for number in range(1, items + 1):
        meetings.add_item(meeting=made, title=f"Punt {number}", text="", actor=actor(by), at=at)
    return made


def proposed(
    neighbourhood: Neighbourhood,
    by: User,
    title: str = "Een bank op het plein",
    *,
    meeting: Meeting | None = None,
    at: datetime = NOON,
    key: uuid.UUID | None = None,
) -> Proposal:
    return motions.propose(
        neighbourhood=neighbourhood, title=title, text="Er is nu geen plek om te zitten.", language="nl",
        meeting=meeting, key=key or uuid.uuid4(), actor=actor(by), at=at,
    )  # fmt: skip


def box_of(proposal: Proposal) -> BallotBox:
    proposal.refresh_from_db()
    assert proposal.box is not None
    return proposal.box


def votes(proposal: Proposal, login: User, answer: str, reason: str = "", *, at: datetime = BEGINS) -> None:
    ballots.record_vote(
        box=box_of(proposal),
        person=login.person,
        choice={"1": answer},
        reason=reason,
        actor=actor(login),
        at=at,
    )
