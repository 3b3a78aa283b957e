"""Whoever is forgotten does not come any more, and is owed nothing: places and coins are free for others."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import models, transaction

from core.actor import Actor
from core.privacy import before_erasure
from marketplace.models import Held, Participation, Shift
from marketplace.operations.taking_part.rows import move
from marketplace.queries.participations import UNSETTLED
from marketplace.states import ParticipationState
from people.models import Party

_T = ParticipationState
# How it ends for who cannot be asked or paid any more; who signed up for what is still to come withdraws.
ENDS: Final = {
    _T.WAITING: "withdraw",
    _T.SIGNED_UP: "miss",
    _T.CHECKED_IN: "miss",
    _T.CLAIMED: "reject",
    _T.DISPUTED: "reject",
    _T.CONFIRMED: "waive",
    _T.BLOCKED_BY_CAP: "waive",
}


@before_erasure
def leave_shifts(party: models.Model, at: datetime) -> None:
    """Take somebody off the shifts to come, and end what is not settled of those that began: nobody can be paid who has
    no wallet, and what stays open would keep coins in a pot, and an activity from closing, for ever. What can be paid
    is paid before that, by whoever confirms it. The clock gives the places to who waits: here it would lock others in
    the middle of an erasure."""
    if not isinstance(party, Party) or not party.is_person:
        return
    open_ones = Participation.objects.filter(person=party, state__in=UNSETTLED)
    with transaction.atomic():
        shifts = Shift.objects.select_for_update(no_key=True).filter(pk__in=open_ones.values("shift"))
        list(shifts.order_by("pk").values_list("pk", flat=True))
        for participation in open_ones.select_related("shift", "person").order_by("pk"):
            _end(participation, at)


def _end(participation: Participation, at: datetime) -> None:
    state = _T(participation.state)
    is_to_come = state == _T.SIGNED_UP and participation.shift.starts_at > at
    event = "withdraw" if is_to_come else ENDS[state]
    along = {"held": Held.NOTHING} if event == "waive" else {}
    move(participation, event, actor=Actor.system(), at=at, **along)
