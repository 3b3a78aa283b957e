"""Booking what the lines of the bank say: each in a transaction of its own, so that a stop anywhere loses nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from ledger.operations import receive_funding
from wallet.models import BankLine, Treasury
from wallet.operations.bank.whole_run import settle_run
from wallet.operations.payouts import settle, take_back
from wallet.permissions import acting_person, check_finance
from wallet.queries.bank_verdicts import Deed, Verdict, verdicts
from wallet.states import BankLineState

if TYPE_CHECKING:
    from ledger.models import Funding

NAMESPACE = uuid.UUID("5d8a1f1c-6c0e-5a34-9a1b-3f6f7c1d2e84")
AT_ONCE = 200


@dataclass(kw_only=True, slots=True)
class Matched:
    """How many lines were booked, and how many fitted but were refused by the ledger."""

    booked: int = 0
    refused: int = 0


def match_lines(*, treasury: Treasury, actor: Actor, at: datetime) -> Matched:
    """This will book every open line that says by itself what it is. The others stay open; `why_open` says why.

    What went out comes first: a payout comes back only after it has left. Stopped anywhere and begun again, it goes
    on where it was; nothing is booked twice.

    :raises NotAllowed: to whoever does not sit at the finance desk.
    """
    check_finance(actor, treasury.neighbourhood, day_of(at))
    matched = Matched()
    for part in [*_open_parts(treasury, outgoing=True), *_open_parts(treasury, outgoing=False)]:
        lines = BankLine.objects.filter(pk__in=part, state=BankLineState.NEW).order_by("booked_on", "pk")
        found = verdicts(lines, treasury)
        for pk in [pk for pk, verdict in found.items() if verdict.deed]:
            try:
                matched.booked += _book(pk, treasury, actor, at)
            except Refusal:
                matched.refused += 1
    return matched


def receive(*, line: BankLine, funding: Funding, actor: Actor, at: datetime, reason: str = "") -> None:
    """This will issue coins for what arrived with this line, and mark the line as booked. For use within a
    transaction that holds the line.

    :raises BookingRefused: what the ledger says.
    """
    along = {"funding": funding, "settled_by": acting_person(actor), "settled_at": at}
    transition(line, "match", actor=actor, at=at, about=(funding.funder,), along=along, reason=reason)
    receive_funding(
        funding=funding, amount=line.amount, bank_reference=line.ledger_reference, key=_key_of(line), actor=actor,
        at=at,
    )  # fmt: skip


def locked(line_id: int) -> BankLine:
    """The line as it stands now, held until the end of the transaction."""
    BankLine.objects.select_for_update(no_key=True).get(pk=line_id)
    return BankLine.objects.select_related("treasury__neighbourhood__coin").get(pk=line_id)


def _open_parts(treasury: Treasury, *, outgoing: bool) -> Iterator[list[int]]:
    way = {"amount__lt": 0} if outgoing else {"amount__gt": 0}
    new = BankLine.objects.filter(treasury=treasury, state=BankLineState.NEW, **way)
    numbers = list(new.order_by("booked_on", "pk").values_list("pk", flat=True))
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))


def _book(line_id: int, treasury: Treasury, actor: Actor, at: datetime) -> bool:
    """Judge the line once more under its lock, and book it; whether there was still something to book."""
    with transaction.atomic():
        line = locked(line_id)
        if line.state != BankLineState.NEW:
            return False
        verdict = verdicts([line], treasury)[line.pk]
        return _do(line, verdict, actor, at)


def _do(line: BankLine, verdict: Verdict, actor: Actor, at: datetime) -> bool:
    match verdict:
        case Verdict(deed=Deed.RECEIVE, funding=funding) if funding is not None:
            receive(line=line, funding=funding, actor=actor, at=at)
        case Verdict(deed=Deed.SETTLE, payout=payout) if payout is not None:
            settle(payout=payout, line=line, actor=actor, at=at)
        case Verdict(deed=Deed.TAKE_BACK, payout=payout) if payout is not None:
            take_back(payout=payout, line=line, actor=actor, at=at)
        case Verdict(deed=Deed.SETTLE_RUN, run=run) if run is not None:
            settle_run(run=run, line=line, actor=actor, at=at)
        case _:
            return False
    return True


def _key_of(line: BankLine) -> uuid.UUID:
    """Follows from the line: whoever books it, it is the same booking."""
    return uuid.uuid5(NAMESPACE, f"line {line.pk} received")
