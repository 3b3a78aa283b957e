"""Asking for coins: of somebody until a day, or at a till of whoever stands there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.amounts import DECIMALS, LARGEST_AMOUNT
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused, transition
from ledger.kinds import HELD, AccountKind, AccountState
from ledger.operations import CoinMismatch, InvalidAmount, KeyReused, SameAccount, UnknownAccount
from people.models import Party
from people.permissions import may_pay, may_sell
from wallet import permissions
from wallet.models import PaymentRequest, Till
from wallet.states import RequestState

if TYPE_CHECKING:
    from ledger.models import Account

MOST_OPEN = 50  # asked of persons at the same time: more is a slip, or a nuisance
LONGEST = timedelta(days=366)
AT_A_TIME = 500


class CannotAsk(Refusal):
    """The account that would be paid takes nothing at this moment."""

    code = "cannot_ask"
    sentence = _("This account is blocked or closed. You cannot ask for anything on it now.")


class TooManyOpen(Refusal):
    """Nobody needs so many at once, and whoever gets them cannot defend themselves otherwise."""

    code = "too_many_open"
    sentence = _("You already ask for %(number)s payments. Wait until some are paid, or take some back.")


class NotThatLong(Refusal):
    """A request that ends before it begins, or that nobody remembers when it ends."""

    code = "not_that_long"
    sentence = _("Choose a day from today on, within a year.")
    field = "until"


def ask(
    *,
    payee: Account,
    amount: int,
    text: str,
    expires_at: datetime,
    key: UUID,
    actor: Actor,
    at: datetime,
    payer: Account | None = None,
    till: Till | None = None,
) -> PaymentRequest:
    """This will ask for an amount (minor units) until a moment: of one account, or of whoever opens it.

    The same key with the same content gives the first request again.

    :raises NotAllowed: to whoever does not take payments for the holder.
    :raises CannotAsk, TooManyOpen, NotThatLong: when it cannot be asked now, or not until then.
    :raises UnknownAccount: when the payer is no open account; of a pot nobody asks, whoever keeps it decides.
    :raises SameAccount, CoinMismatch, InvalidAmount, KeyReused: nothing was asked.
    """
    asker = _who_takes_payments(payee, actor, at)
    if not 1 <= amount <= LARGEST_AMOUNT * 10**DECIMALS:
        raise InvalidAmount
    if not at < expires_at <= at + LONGEST:
        raise NotThatLong
    _check_payer(payer, payee)
    content = {"payee_id": payee.pk, "payer_id": payer.pk if payer else None, "amount": amount, "text": text,
               "till_id": till.pk if till else None}  # fmt: skip
    with transaction.atomic():
        if not PaymentRequest.objects.filter(key=key).exists():
            _check_room(payee, payer, at)
        others = {"expires_at": expires_at, "asked_by": asker, "asked_at": at}
        made, is_new = PaymentRequest.objects.get_or_create(key=key, defaults={**content, **others})
        if not is_new and any(getattr(made, name) != value for name, value in content.items()):
            raise KeyReused
        if is_new:
            record(
                "payment_request.ask", subject=made, actor=actor, at=at, about=_sides(made), after=made.state
            )
    return made


def decline(*, request: PaymentRequest, actor: Actor, at: datetime) -> None:
    """This will say no to what is asked of an account.

    :raises NotAllowed: to whoever may not pay from that account.
    :raises MoveRefused: when it was paid, refused or taken back before.
    """
    person = permissions.acting_person(actor)
    if request.payer is None:
        raise NotAllowed
    if person is not None:
        permissions.check(may_pay(person, request.payer.holder, day_of(at)))
    transition(request, "decline", actor=actor, at=at, about=_sides(request))


def cancel(*, request: PaymentRequest, actor: Actor, at: datetime) -> None:
    """This will take back what was asked.

    :raises NotAllowed: to whoever does not take payments for the payee.
    :raises MoveRefused: when it was paid, refused or taken back before.
    """
    _who_takes_payments(request.payee, actor, at)
    transition(request, "cancel", actor=actor, at=at, about=_sides(request))


def expire_requests(at: datetime) -> int:
    """This will end what was not paid in time, each in a transaction of its own. Gives how many that were."""
    late = PaymentRequest.objects.filter(state=RequestState.OPEN, expires_at__lte=at)
    along = late.select_related("payee__holder", "payer__holder").order_by("pk")
    ended = 0
    while some := list(along[:AT_A_TIME]):
        ended += sum(_expire(request, at) for request in some)
    return ended


def _expire(request: PaymentRequest, at: datetime) -> int:
    try:
        transition(request, "expire", actor=Actor.system(), at=at, about=_sides(request))
    except MoveRefused:  # paid or refused in this very moment
        return 0
    return 1


def _who_takes_payments(payee: Account, actor: Actor, at: datetime) -> Party:
    """:raises NotAllowed: when the person who acts does not pay and take payments for the holder."""
    person, on = permissions.acting_person(actor), day_of(at)
    if person is None:
        raise NotAllowed
    may = may_pay(person, payee.holder, on) or may_sell(person, payee.holder, on)
    permissions.check(may)
    return person


def _check_payer(payer: Account | None, payee: Account) -> None:
    if payer is None:
        return
    if payer.pk == payee.pk:
        raise SameAccount
    if payer.coin_id != payee.coin_id:
        raise CoinMismatch
    if payer.kind != AccountKind.HOLDER or payer.state != AccountState.OPEN:
        raise UnknownAccount


def _check_room(payee: Account, payer: Account | None, at: datetime) -> None:
    if payee.kind not in HELD or payee.state != AccountState.OPEN:
        raise CannotAsk
    asked = PaymentRequest.objects.filter(
        payee=payee, payer__isnull=False, state=RequestState.OPEN, expires_at__gt=at
    )
    if payer is not None and asked.count() >= MOST_OPEN:
        raise TooManyOpen(number=MOST_OPEN)


def _sides(request: PaymentRequest) -> tuple[Party, ...]:
    """Both holders: whose data this is."""
    return (request.payee.holder, *((request.payer.holder,) if request.payer else ()))
