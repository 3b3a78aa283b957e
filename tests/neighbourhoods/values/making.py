"""How the people of these tests propose, lead and react, each in one line."""

from __future__ import annotations

import uuid
from typing import Any

from core.models import AuditEntry
from neighbourhoods.models import Neighbourhood, Seat, ValueComment, ValueDecision, ValuedItem
from neighbourhoods.operations import values
from people.models import User
from tests.factories.people import actor
from tests.factories.residency import NOON


def proposed(
    neighbourhood: Neighbourhood, item: ValuedItem | values.NewItem, by: User, **more: Any
) -> ValueDecision:
    """8.50 for it, at noon."""
    return values.propose(
        neighbourhood=neighbourhood, item=item,
        **{"amount": 850, "text": "Er zijn te weinig lezers.", "language": "nl", "key": uuid.uuid4(),
           "actor": actor(by), "at": NOON, **more},
    )  # fmt: skip


def drafted(neighbourhood: Neighbourhood, item: ValuedItem, by: User, **more: Any) -> ValueDecision:
    return values.draft(
        neighbourhood=neighbourhood, item=item,
        **{"amount": 850, "language": "nl", "key": uuid.uuid4(), "actor": actor(by), "at": NOON, **more},
    )  # fmt: skip


def supported(decision: ValueDecision, by: User, **more: Any) -> bool:
    return values.support(decision=decision, **{"actor": actor(by), "at": NOON, **more})


def reacted(decision: ValueDecision, by: User, **more: Any) -> ValueComment:
    return values.comment(
        decision=decision,
        **{"text": "Acht is genoeg.", "language": "nl", "key": uuid.uuid4(), "actor": actor(by), "at": NOON, **more},
    )  # fmt: skip


def leaves_the_board(who: User) -> None:
    Seat.objects.filter(person=who.person).update(until_on=NOON.date().replace(day=1), from_on="2026-10-01")


def lines(event: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(event=event).select_related("note").order_by("pk"))
