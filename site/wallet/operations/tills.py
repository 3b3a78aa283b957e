"""Tills of an organisation: opened and closed, an amount asked for, a payment given back."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from ledger.kinds import AccountKind, AccountState
from ledger.operations import AccountNotOpen, ChargebackExceeds, KeyReused, UnknownAccount, charge_back
from ledger.queries import booked_under
from people.models import Party
from people.permissions import may_sell
from wallet.models import PaymentRequest, Till
from wallet.operations.requests import ask, cancel
from wallet.permissions import acting_person, check, check_not_own_money
from wallet.states import RequestState

if TYPE_CHECKING:
    from ledger.models import Account, Transfer

GOOD_FOR = timedelta(minutes=10)  # a code on the counter: longer, and the next customer pays for the last


class TillNameTaken(Refusal):
    """The account has an open till of this name."""

    code = "till_name_taken"
    sentence = _("There is already a till with this name.")
    field = "name"


class TillClosed(Refusal):
    """Nothing is asked at a till that was closed."""

    code = "till_closed"
    sentence = _("This till is closed. Open another one.")


def open_till(*, account: Account, name: str, key: uuid.UUID, actor: Actor, at: datetime) -> Till:
    """This will open a till on an account of an organisation. The same key again gives the same till.

    :raises TillNameTaken, AccountNotOpen, UnknownAccount, KeyReused, NotAllowed: nothing happened.
    """
    seller = _seller(account, actor, at)
    name = " ".join(name.split())
    if account.kind != AccountKind.HOLDER:
        raise UnknownAccount
    if account.state != AccountState.OPEN:
        raise AccountNotOpen
    with transaction.atomic():
        if known := _same(key, account, name):
            return known
        try:
            with transaction.atomic():
                till = Till.objects.create(
                    account=account, name=name, opened_at=at, opened_by=seller, key=key
                )
        except IntegrityError as error:
            if known := _same(key, account, name):
                return known
            raise TillNameTaken from error
        record("till.open", subject=till, actor=actor, at=at, about=[account.holder])
    return till


def close_till(*, till: Till, actor: Actor, at: datetime) -> None:
    """This will close a till for good; codes that wait on it are taken back. Done again it changes nothing.

    :raises NotAllowed: to whoever does not sell for the organisation.
    """
    _seller(till.account, actor, at)
    with transaction.atomic():
        locked = Till.objects.select_for_update(no_key=True).get(pk=till.pk)
        if locked.closed_at is None:
            Till.objects.filter(pk=till.pk).update(closed_at=at)
            record("till.close", subject=till, actor=actor, at=at, about=[till.account.holder])
            for request in till.requests.filter(state=RequestState.OPEN).order_by("pk"):
                _take_back(request, actor, at)
    till.closed_at = locked.closed_at or at


def charge(
    *, till: Till, amount: int, text: str, key: uuid.UUID, actor: Actor, at: datetime
) -> PaymentRequest:
    """This will ask an amount (minor units) of whoever stands at the till, for ten minutes.

    :raises TillClosed, CannotAsk, InvalidAmount, KeyReused, NotAllowed: nothing was asked.
    """
    _seller(till.account, actor, at)
    with transaction.atomic():
        # Locked, so that closing the till meanwhile finds this code, or this finds the till closed.
        locked = Till.objects.select_for_update(no_key=True).get(pk=till.pk)
        if locked.closed_at is not None:
            raise TillClosed
        return ask(
            payee=till.account, amount=amount, text=text, expires_at=at + GOOD_FOR, key=key, actor=actor, at=at,
            till=till,
        )  # fmt: skip


def take_back(*, request: PaymentRequest, actor: Actor, at: datetime) -> None:
    """This will take a code away from the counter. One that was paid in this very moment stays paid.

    :raises NotAllowed: to whoever does not sell for the organisation.
    """
    _seller(request.payee, actor, at)
    _take_back(request, actor, at)


def pay_back(*, request: PaymentRequest, amount: int, key: uuid.UUID, actor: Actor, at: datetime) -> Transfer:
    """This will give back what was paid at a till, or a part of it (minor units). The same key again gives the first.

    :raises ChargebackExceeds: when nothing was paid, or less than this is left of it.
    :raises InsufficientFunds: when the organisation has spent the coins.
    :raises OwnMoney: when it goes to whoever acts, or to a party that they act for: a colleague gives it back.
    :raises AccountNotOpen, InvalidAmount, KeyReused, NotAllowed: nothing happened.
    """
    _seller(request.payee, actor, at)
    with transaction.atomic():
        locked = PaymentRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        if locked.till_id is None or locked.transfer is None:
            raise ChargebackExceeds
        is_new = booked_under(key) is None
        paid = locked.transfer
        check_not_own_money(actor, paid.payer.holder, day_of(at))
        booked = charge_back(transfer=paid, key=key, actor=actor, at=at, amount=amount)
        if is_new:
            about = [paid.payer.holder, paid.payee.holder]
            record("transfer.charge_back", subject=paid, actor=actor, at=at, about=about)
    return booked


def _take_back(request: PaymentRequest, actor: Actor, at: datetime) -> None:
    try:
        cancel(request=request, actor=actor, at=at)
    except MoveRefused:  # paid, or taken back before
        request.refresh_from_db()


def _seller(account: Account, actor: Actor, at: datetime) -> Party:
    """:raises NotAllowed: to whoever does not take payments for this organisation."""
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    check(may_sell(person, account.holder, day_of(at)))
    return person


def _same(key: uuid.UUID, account: Account, name: str) -> Till | None:
    known = Till.objects.filter(key=key).first()
    if known is not None and (known.account_id, known.name) != (account.pk, name):
        raise KeyReused
    return known
