"""One line of the bank for a whole file of payouts: some banks book files so, whatever the file asks."""

from __future__ import annotations

import hashlib
from datetime import datetime

from core.actor import Actor
from core.states import transition
from ledger.operations import redeem
from wallet.models import BankLine, PayoutRun
from wallet.operations.payouts import LineDoesNotFit, NotAtTheBank
from wallet.operations.payouts.held import key_of, locked_all
from wallet.permissions import acting_person
from wallet.states import PayoutState


def settle_run(*, run: PayoutRun, line: BankLine, actor: Actor, at: datetime) -> None:
    """This will close every payout of a file that the bank has paid with one line. For use within a transaction that
    holds the line. The line points at the first of them; each has the line's number and its own in the ledger.

    :raises NotAtTheBank: when one of them is not at the bank any more.
    :raises LineDoesNotFit: when they are not this amount together.
    :raises BookingRefused: what the ledger says.
    """
    payouts = locked_all(run.payouts.values_list("pk", flat=True))
    if not payouts or any(one.state != PayoutState.EXPORTED for one in payouts):
        raise NotAtTheBank
    if sum(one.amount for one in payouts) != -line.amount:
        raise LineDoesNotFit
    along = {"payout": payouts[0], "settled_by": acting_person(actor), "settled_at": at}
    about = tuple(one.payee for one in payouts)
    transition(line, "match", actor=actor, at=at, about=about, along=along)
    for one in payouts:
        transition(one, "pay", actor=actor, at=at, about=(one.payee,))
        redeem(
            reservation=one.reservation, to=one.payee, key=key_of(one, "redeem"), actor=actor, at=at,
            bank_reference=_reference(line, one.end_to_end_id),
        )  # fmt: skip


def _reference(line: BankLine, number: str) -> str:
    """The ledger books each number of the bank once, so each part of this line has one of its own."""
    digest = hashlib.sha256(f"{line.bank_id}/{number}".encode()).hexdigest()[:32].upper()
    return f"{line.treasury.iban}:{digest}"
