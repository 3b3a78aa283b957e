"""Undoing a payment at the finance desk: small ones by one person, large ones by two."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.form_keys import derive_key
from core.refusals import Refusal
from ledger.kinds import CAN_BE_PAID_BACK
from ledger.operations import (
    BookingRefused,
    ChargebackExceeds,
    InsufficientFunds,
    InvalidAmount,
    KeyReused,
    charge_back,
)
from ledger.queries import Receipt, UnknownTransfer, receipt_numbered, receipt_of
from neighbourhoods.models import Neighbourhood
from people.models import Party
from people.queries import is_same_person
from wallet.models import ChargebackCase, Treasury
from wallet.operations.second_look import decide, locked
from wallet.permissions import (
    SamePerson,
    acting_person,
    check,
    check_finance,
    check_not_own_money,
    check_second,
)
from wallet.states import SecondLookState


class CannotBeUndone(Refusal):
    """A booking of a kind that is not undone at this desk: coins that came or went with euros, or a chargeback."""

    code = "cannot_be_undone"
    sentence = _("A booking of this kind cannot be undone here.")


class NotUndoneYet(Refusal):
    """The proposal stands and was not booked. `case` is the one; it can be tried again."""

    code = "not_undone_yet"
    sentence = _(
        "Nothing is undone yet. %(why)s The proposal stays here, so that you can try it again later."
    )

    def __init__(self, case: ChargebackCase, why: BookingRefused) -> None:
        self.case = case
        # How much somebody has is not for the desk to read.
        spent = _("The receiver does not have this amount any more.")
        super().__init__(why=spent if isinstance(why, InsufficientFunds) else why)


def look_up_payment(*, neighbourhood: Neighbourhood, number: str, actor: Actor, at: datetime) -> Receipt:
    """This will show a payment in the coin of a neighbourhood to its finance desk, and write down who looked.

    :raises UnknownTransfer: when no payment in this coin has this number.
    :raises NotAllowed: to whoever does not sit at this desk.
    """
    check_finance(actor, neighbourhood, day_of(at))
    receipt = _of_this_coin(receipt_numbered(number), neighbourhood)
    with transaction.atomic():
        record("transfer.viewed", subject=receipt.transfer, actor=actor, at=at, about=_both(receipt))
    return receipt


def undo_payment(
    *,
    treasury: Treasury,
    receipt: Receipt,
    amount: int,
    reason: str,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
) -> ChargebackCase:
    """This will undo a payment or a part of it (minor units): at once when it is small, otherwise it waits for a
    second person. The same key again gives the same case.

    :raises NotUndoneYet: when it is small and the ledger refused; the case stays and can be tried again.
    :raises UnknownTransfer, CannotBeUndone, ChargebackExceeds, InvalidAmount, KeyReused, OwnMoney, NotAllowed:
        nothing happened.
    """
    case, is_new = _propose(treasury, receipt.transfer.pk, amount, reason, key, actor, at)
    if is_new and is_for_one(case):
        # Who undid another part in this very moment has used up what one may do alone: then it waits for a second.
        with suppress(SamePerson):
            approve(case=case, actor=actor, at=at)
    return case


def approve(*, case: ChargebackCase, actor: Actor, at: datetime) -> None:
    """This will undo what a case proposes. Above what one may do alone, a second person does this.

    :raises NotUndoneYet: when the ledger refuses: the coins are spent. The case stays as it is.
    :raises MoveRefused, SamePerson, OwnMoney, NotAllowed: nothing happened.
    """
    receipt = _checked(case, actor, at)
    try:
        with transaction.atomic():
            # One at a time: what one person undid alone of this payment is counted when nobody adds to it any more.
            alone = Treasury.objects.select_for_update(no_key=True)
            case.treasury.refresh_from_db(fields=["chargeback_alone"], from_queryset=alone)
            if not is_for_one(case):
                check_second(actor, case.proposed_by)
            locked(case, "approve")
            key = derive_key(scope="chargeback_case", owner=case.pk, form_id=case.key)
            booked = charge_back(transfer=receipt.transfer, key=key, actor=actor, at=at, amount=case.amount)
            about = _both(receipt)
            decide(look=case, event="approve", actor=actor, at=at, about=about, booked=booked)
            record(
                "transfer.charge_back",
                subject=receipt.transfer,
                actor=actor,
                at=at,
                about=about,
                reason=case.reason,
            )
    except BookingRefused as refused:
        raise NotUndoneYet(case, refused) from refused


def reject(*, case: ChargebackCase, actor: Actor, at: datetime) -> None:
    """This will leave a payment as it is: a second person says no.

    :raises MoveRefused, SamePerson, OwnMoney, NotAllowed: nothing happened.
    """
    receipt = _checked(case, actor, at)
    check_second(actor, case.proposed_by)
    decide(look=case, event="reject", actor=actor, at=at, about=_both(receipt))


def withdraw(*, case: ChargebackCase, actor: Actor, at: datetime) -> None:
    """This will take a proposal back, by whoever made it.

    :raises MoveRefused, OwnMoney, NotAllowed: nothing happened.
    """
    receipt = _checked(case, actor, at)
    person = acting_person(actor)
    check(person is not None and is_same_person(person, case.proposed_by))
    decide(look=case, event="withdraw", actor=actor, at=at, about=_both(receipt))


def is_for_one(case: ChargebackCase) -> bool:
    """Whether one person may undo this alone: with what that was done of this payment before, for parts add up."""
    done = ChargebackCase.objects.filter(transfer=case.transfer_id, state=SecondLookState.APPROVED)
    # Persons are compared, not numbers: a second login is no second person.
    by_whom = done.alias(
        proposer=Coalesce("proposed_by__same_person_as", "proposed_by"),
        decider=Coalesce("decided_by__same_person_as", "decided_by"),
    )
    alone = by_whom.filter(decider=F("proposer"))
    before: int = alone.exclude(pk=case.pk).aggregate(sum=Sum("amount"))["sum"] or 0
    return before + case.amount <= case.treasury.chargeback_alone


def room_of(receipt: Receipt) -> int:
    """How much of a payment can still be proposed (minor units): what was not undone and does not wait for it."""
    waiting = ChargebackCase.objects.filter(transfer=receipt.transfer.pk, state=SecondLookState.PROPOSED)
    proposed: int = waiting.aggregate(sum=Sum("amount"))["sum"] or 0
    # Read after what waits: what is booked in this very moment is then counted twice, and never not at all.
    undone = receipt_of(receipt.transfer.pk).charged_back
    return max(receipt.amount - undone - proposed, 0)


def _propose(
    treasury: Treasury, transfer_id: int, amount: int, reason: str, key: uuid.UUID, actor: Actor, at: datetime
) -> tuple[ChargebackCase, bool]:
    """The case, and whether it was made just now."""
    check_finance(actor, treasury.neighbourhood, day_of(at))
    with transaction.atomic():
        # One at a time: of two who undo the same payment at one moment the second sees what the first proposed.
        Treasury.objects.select_for_update(no_key=True).get(pk=treasury.pk)
        if known := ChargebackCase.objects.filter(key=key).first():
            if (known.transfer_id, known.amount) != (transfer_id, amount):
                raise KeyReused
            return known, False
        receipt = _of_this_coin(receipt_of(transfer_id), treasury.neighbourhood)
        _check_possible(receipt, amount, actor, at)
        case = ChargebackCase.objects.create(
            treasury=treasury, transfer=receipt.transfer, amount=amount, reason=reason,
            proposed_by=_proposer(actor), proposed_at=at, key=key,
        )  # fmt: skip
        record("second_look.propose", subject=case, actor=actor, at=at, about=_both(receipt), reason=reason)
    return case, True


def _check_possible(receipt: Receipt, amount: int, actor: Actor, at: datetime) -> None:
    if receipt.kind not in CAN_BE_PAID_BACK:
        raise CannotBeUndone
    _check_nobodys_own(receipt, actor, at)
    if amount < 1:
        raise InvalidAmount
    if amount > (room := room_of(receipt)):
        raise ChargebackExceeds(room=room)


def _checked(case: ChargebackCase, actor: Actor, at: datetime) -> Receipt:
    """The payment of a case, for somebody at its desk whom it does not concern."""
    check_finance(actor, case.treasury.neighbourhood, day_of(at))
    receipt = _of_this_coin(receipt_of(case.transfer_id), case.treasury.neighbourhood)
    _check_nobodys_own(receipt, actor, at)
    return receipt


def _check_nobodys_own(receipt: Receipt, actor: Actor, at: datetime) -> None:
    for party in _both(receipt):
        check_not_own_money(actor, party, day_of(at))


def _of_this_coin(receipt: Receipt, neighbourhood: Neighbourhood) -> Receipt:
    if receipt.coin.pk != neighbourhood.coin_id:
        raise UnknownTransfer
    return receipt


def _both(receipt: Receipt) -> list[Party]:
    return [receipt.payer.holder, receipt.payee.holder]


def _proposer(actor: Actor) -> Party:
    person = acting_person(actor)
    check(person is not None)
    assert person is not None  # noqa: S101 - for the type alone
    return person
