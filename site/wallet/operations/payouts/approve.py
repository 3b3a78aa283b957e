"""The first of two at the finance desk: is this payout right?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import MoveRefused, transition
from wallet.models import Payout, Treasury
from wallet.operations.payouts.held import locked_all
from wallet.permissions import acting_person, check, check_finance, check_not_own_money, check_second
from wallet.states import PayoutState


@dataclass(frozen=True, kw_only=True, slots=True)
class Approved:
    """What became of each payout that somebody wanted to approve."""

    done: list[Payout]
    refused: list[tuple[Payout, Refusal]]


def approve_payouts(*, treasury: Treasury, payouts: Iterable[Payout], actor: Actor, at: datetime) -> Approved:
    """This will approve each of these payouts that this person may approve, and say of the others why not.

    Nobody approves what they asked for themselves, nor money that goes to themselves or to whom they act for. What
    this person approved before counts as done.

    :raises NotAllowed: to whoever does not sit at this finance desk, and to the system: a person looks.
    """
    check_finance(actor, treasury.neighbourhood, day_of(at))
    check(not actor.is_system)
    answer = Approved(done=[], refused=[])
    with transaction.atomic():
        for payout in locked_all(one.pk for one in payouts if one.treasury_id == treasury.pk):
            try:
                _approve(payout, actor, at)
            except Refusal as refusal:
                answer.refused.append((payout, refusal))
            else:
                answer.done.append(payout)
    return answer


def _approve(payout: Payout, actor: Actor, at: datetime) -> None:
    person = acting_person(actor)
    if payout.state == PayoutState.APPROVED and payout.approved_by == person:
        return
    if payout.state != PayoutState.REQUESTED:
        raise MoveRefused
    check_second(actor, payout.requested_by)
    check_not_own_money(actor, payout.payee, day_of(at))
    approved = {"approved_by": person, "approved_at": at}
    transition(payout, "approve", actor=actor, at=at, about=(payout.payee,), along=approved)
