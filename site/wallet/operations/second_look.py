"""What one person proposes and another decides: the row is moved, and says who decided, in one stroke."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

from core.actor import Actor
from core.states import transition
from wallet.models import SecondLook
from wallet.permissions import acting_person, check

if TYPE_CHECKING:
    from ledger.models import Transfer

Look = TypeVar("Look", bound=SecondLook)


def locked(look: Look, event: str) -> Look:
    """The proposal as it stands now, locked until the end of the transaction.

    :raises MoveRefused: when this event leads nowhere any more: somebody was first.
    """
    found = type(look)._base_manager.select_for_update(no_key=True).get(pk=look.pk)
    found.table.after(found.state, event)
    return found


def decide(
    *,
    look: SecondLook,
    event: str,
    actor: Actor,
    at: datetime,
    about: Iterable[models.Model] = (),
    reason: str = "",
    booked: Transfer | None = None,
) -> None:
    """This will approve, reject or withdraw a proposal. Who may is for the caller to ask.

    State and decider are written together, as the database wants it; what a chargeback was `booked` as goes along.
    `look` is brought up to date.

    :raises MoveRefused: when it was decided before.
    :raises NotAllowed: to the system: a person decides.
    """
    person = acting_person(actor)
    check(person is not None)
    along: dict[str, Any] = {"decided_by": person, "decided_at": at}
    if booked is not None:
        along["booked"] = booked
    transition(look, event, actor=actor, at=at, about=tuple(about), reason=reason, along=along)
