"""One line of the bank for a whole file of payouts: some banks book files so, whatever the file asks."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import prefetch_related_objects

from core.actor import Actor
from core.states import transition
from wallet.models import BankLine, PayoutRun
from wallet.operations.payouts import LineDoesNotFit, NotAtTheBank, pay_after_all, pay_with
from wallet.operations.payouts.held import locked_all
from wallet.permissions import acting_person
from wallet.queries.bank_verdicts import paid_together
from wallet.states import PayoutState


def settle_run(*, run: PayoutRun, line: BankLine, actor: Actor, at: datetime) -> None:
    """This will close the payouts of a file that the bank has paid with one line. For use within a transaction that
    holds the line. The line points at the first of them; each has the line's number and its own in the ledger.

    :raises NotAtTheBank: when none of them is at the bank any more.
    :raises LineDoesNotFit: when they are not this amount together.
    :raises CoinsGone, BookingRefused: nothing happened.
    """
    in_file = locked_all(run.payouts.values_list("pk", flat=True))
    prefetch_related_objects(in_file, "bank_lines")
    payouts = paid_together(in_file, -line.amount)
    if not payouts:
        is_there = any(one.state == PayoutState.EXPORTED for one in in_file)
        raise LineDoesNotFit if is_there else NotAtTheBank
    along = {"payout": payouts[0], "settled_by": acting_person(actor), "settled_at": at}
    about = tuple(one.payee for one in payouts)
    transition(line, "match", actor=actor, at=at, about=about, along=along)
    for one in payouts:
        reservation = one.reservation
        if one.state == PayoutState.EXPORTED:
            transition(one, "pay", actor=actor, at=at, about=(one.payee,))
        elif one.bank_lines.all():  # it came back before: both make nought
            continue
        else:
            reservation = pay_after_all(one, line, actor=actor, at=at)
        pay_with(one, reservation, _reference(line, one.end_to_end_id), actor=actor, at=at)


def _reference(line: BankLine, number: str) -> str:
    """The ledger books each number of the bank once, so each part of this line has one of its own."""
    digest = hashlib.sha256(f"{line.bank_id}/{number}".encode()).hexdigest()[:32].upper()
    return f"{line.treasury.iban}:{digest}"
