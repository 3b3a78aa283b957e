"""Paying: from an account that somebody has or acts for, out of a pot, and what was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.form_keys import derive_key
from core.refusals import NotAllowed, Refusal
from core.states import transition
from ledger.kinds import HELD, AccountKind, AccountState, TransferKind
from ledger.operations import (
    AccountNotOpen,
    ActorLimitExceeded,
    BookingRefused,
    CeilingReached,
    InsufficientFunds,
    LimitExceeded,
    UnknownAccount,
    transfer,
)
from people.permissions import day_limit, is_own, may_pay
from people.queries import canonical
from wallet import permissions
from wallet.models import PaymentRequest
from wallet.naming import shown_name, written
from wallet.states import RequestState

if TYPE_CHECKING:
    from ledger.models import Account, Transfer


class NotEnough(InsufficientFunds):
    """There is less on the account than this costs."""

    code = "not_enough"
    sentence = _("You have %(room)s. This costs %(costs)s.")

    def __init__(self, room: int, costs: int) -> None:
        self.room = room
        Refusal.__init__(self, room=written(room), costs=written(costs))


class HolderHasNotEnough(InsufficientFunds):
    """There is less on the account of whom somebody pays for than this costs."""

    code = "holder_has_not_enough"
    sentence = _("%(holder)s has %(room)s. This costs %(costs)s.")

    def __init__(self, room: int, costs: int, holder: str) -> None:
        self.room = room
        Refusal.__init__(self, room=written(room), costs=written(costs), holder=holder)


class OverLimit(LimitExceeded):
    """More than this kind of holder may pay at once, in a day or in a month."""

    code = "over_limit"
    sentence = _(
        "You may pay so much at once, in a day and in a month. Now you can still pay %(room)s. This costs %(costs)s."
    )

    def __init__(self, room: int, costs: int) -> None:
        self.room = room
        Refusal.__init__(self, room=written(room), costs=written(costs))


class OverDayLimit(ActorLimitExceeded):
    """More than this person may pay for another in a day."""

    code = "over_day_limit"
    sentence = _("For %(holder)s you can still pay %(room)s today. This costs %(costs)s.")

    def __init__(self, room: int, costs: int, holder: str) -> None:
        self.room = room
        Refusal.__init__(self, room=written(room), costs=written(costs), holder=holder)


class TakesNoMore(CeilingReached):
    """The payee would have more than it may. How much it has is nobody else's business."""

    code = "takes_no_more"
    sentence = _("%(name)s cannot take this much.")

    def __init__(self, name: str) -> None:
        Refusal.__init__(self, name=name)


class PayerNotOpen(AccountNotOpen):
    """The account that would pay is blocked or closed, or a pot that has ended."""

    code = "payer_not_open"
    sentence = _("You cannot pay from this account now: it is blocked or closed, or its last day has passed.")


class PayeeNotOpen(AccountNotOpen):
    """The account that would be paid takes nothing at this moment. Why is not said."""

    code = "payee_not_open"
    sentence = _("%(name)s cannot be paid now. Nothing was paid.")

    def __init__(self, name: str) -> None:
        Refusal.__init__(self, name=name)


class PaidAlready(Refusal):
    """Somebody else paid what was asked."""

    code = "paid_already"
    sentence = _("This was paid already. You paid nothing.")


class RequestOver(Refusal):
    """What was asked was refused, taken back, or not paid in time."""

    code = "request_over"
    sentence = _("This can no longer be paid: it was refused, taken back, or the last day has passed.")


class OtherRequest(Refusal):
    """What would be paid is not what was asked: another amount, payer or payee."""

    code = "other_request"
    sentence = _("This is not what was asked. Open the payment request again.")


def pay(
    *,
    payer: Account,
    payee: Account,
    amount: int,
    text: str,
    key: UUID,
    actor: Actor,
    at: datetime,
    day_limit: int | None,
    request: PaymentRequest | None = None,
    label: str = "",
) -> Transfer:
    """This will pay an amount (minor units), at once and for good; out of a pot as a reward, which needs a label.

    The same key with the same content gives the first payment again. With a `request` its own key takes the place of
    `key`: it is paid once, whoever comes with which form, and marked as paid in the same transaction. `day_limit` is
    what the acting person may pay from this account in a day; the narrower of this and their mandate holds.

    :raises NotAllowed: to whoever may not pay from the account (`OnlySee` when they may see it).
    :raises OwnMoney: when a pot would pay whoever acts, or a party that they act for.
    :raises PaidAlready, RequestOver, OtherRequest: of a request that cannot be paid so.
    :raises BookingRefused: whatever the ledger says, with the numbers that the payer needs; nothing happened.
    """
    actor = _as_one_person(actor)
    limit = _limit(payer, actor, at, day_limit)
    if payer.kind == AccountKind.POT:
        permissions.check_not_own_money(actor, payee.holder, day_of(at))
    if payer.kind not in HELD or payee.kind not in HELD:
        raise UnknownAccount
    if request is None:
        return _book(payer, payee, amount, text, key=key, actor=actor, at=at, limit=limit, label=label)
    with transaction.atomic():
        locked = PaymentRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        _check_request(locked, payer=payer, payee=payee, amount=amount, at=at)
        own_key = derive_key(scope="payment_request", owner=locked.pk, form_id=locked.uuid)
        paid = _book(payer, payee, amount, text, key=own_key, actor=actor, at=at, limit=limit, label=label)
        if locked.state == RequestState.OPEN:
            about = (payee.holder, payer.holder)
            transition(locked, "pay", actor=actor, at=at, about=about, along={"transfer": paid})
    request.state, request.transfer = locked.state, locked.transfer
    return paid


def _as_one_person(actor: Actor) -> Actor:
    """The same actor as the person that counts: what somebody pays through a second login is counted with the rest."""
    person = permissions.acting_person(actor)
    return actor if person is None else replace(actor, person=canonical(person))


def _limit(payer: Account, actor: Actor, at: datetime, given: int | None) -> int | None:
    """What the acting person may pay from this account today.

    :raises NotAllowed: when that is nothing at all.
    """
    person, on = permissions.acting_person(actor), day_of(at)
    if person is None:
        return given
    if not may_pay(person, payer.holder, on):
        raise permissions.OnlySee if permissions.may_see(person, payer.holder, on) else NotAllowed
    limits = [one for one in (given, day_limit(person, payer.holder, on)) if one is not None]
    return min(limits) if limits else None


def _check_request(
    request: PaymentRequest, *, payer: Account, payee: Account, amount: int, at: datetime
) -> None:
    """That this payment is what was asked, and is still asked. What this payer paid before it gets again.

    :raises PaidAlready, RequestOver, OtherRequest: otherwise.
    """
    if request.payer_id not in {None, payer.pk} or (request.payee_id, request.amount) != (payee.pk, amount):
        raise OtherRequest
    if request.transfer is not None:
        if request.transfer.payer_id != payer.pk:
            raise PaidAlready
    elif request.state != RequestState.OPEN or request.expires_at <= at:
        raise RequestOver


def _book(
    payer: Account, payee: Account, amount: int, text: str, *, key: UUID, actor: Actor, at: datetime,
    limit: int | None, label: str,
) -> Transfer:  # fmt: skip
    kind = TransferKind.REWARD if payer.kind == AccountKind.POT else TransferKind.PAYMENT
    try:
        return transfer(
            payer=payer, payee=payee, amount=amount, kind=kind, label=label, key=key, note=text, actor=actor, at=at,
            acted_by_day_limit=limit,
        )  # fmt: skip
    except BookingRefused as refusal:
        raise _in_words(refusal, payer, payee, amount, actor, at) from refusal


def _in_words(
    refusal: BookingRefused, payer: Account, payee: Account, amount: int, actor: Actor, at: datetime
) -> BookingRefused:
    """The same refusal with what the payer needs to know: their own numbers, never those of the other."""
    match refusal:
        case InsufficientFunds():
            return _too_little(refusal.room, payer, amount, actor)
        case LimitExceeded():
            return OverLimit(refusal.room, amount)
        case ActorLimitExceeded():
            return OverDayLimit(refusal.room, amount, payer.holder.display_name)
        case CeilingReached():
            refusal = TakesNoMore(shown_name(payee))
        case AccountNotOpen():
            refusal = _which_is_not_open(payer, payee, at)
    return refusal


def _too_little(room: int, payer: Account, amount: int, actor: Actor) -> BookingRefused:
    person = permissions.acting_person(actor)
    if person is None or is_own(person, payer.holder):
        return NotEnough(room, amount)
    return HolderHasNotEnough(room, amount, payer.holder.display_name)


def _which_is_not_open(payer: Account, payee: Account, at: datetime) -> BookingRefused:
    payer.refresh_from_db(fields=["state", "ends_on"])
    is_over = payer.ends_on is not None and payer.ends_on < day_of(at)
    if is_over or payer.state != AccountState.OPEN:
        return PayerNotOpen()
    return PayeeNotOpen(shown_name(payee))
