"""What the pages of paying share: whom an address means, what a payment would leave, where its receipt is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.form_keys import NAMESPACE
from core.refusals import Refusal, refuse
from ledger.kinds import AccountKind, AccountState
from ledger.queries import balance_of, paid_since, recent_payees
from ledger.receipts import receipt_number
from wallet.forms.pay import WhomForm
from wallet.naming import shown_name
from wallet.operations.lookups import TooManyLookups, look_up
from wallet.operations.payments import HolderHasNotEnough, NotEnough, OverDayLimit, PayerNotOpen
from wallet.queries.paying import known_to, left_today
from wallet.views.base import Wallet

if TYPE_CHECKING:
    from ledger.models import Account, Transfer

JUST_NOW = timedelta(minutes=10)
TOO_OFTEN = 429


@dataclass(frozen=True, kw_only=True)
class Purse:
    """What can be paid from an account at this moment (minor units)."""

    available: int
    day_limit: int | None
    left_today: int | None

    @property
    def most(self) -> int:
        return self.available if self.left_today is None else min(self.available, self.left_today)


def purse_of(wallet: Wallet) -> Purse:
    limit = wallet.day_limit
    left = left_today(wallet.account, wallet.person, limit, clock.today())
    return Purse(available=balance_of(wallet.account).available, day_limit=limit, left_today=left)


def check_purse(wallet: Wallet, purse: Purse, amount: int) -> None:
    """Say before the preview what the ledger would say after it.

    :raises NotEnough, HolderHasNotEnough, OverDayLimit: when this cannot be paid now.
    """
    name = wallet.holder.display_name
    if amount > purse.available:
        room = purse.available
        raise NotEnough(room, amount) if wallet.is_own else HolderHasNotEnough(room, amount, name)
    if purse.left_today is not None and amount > purse.left_today:
        raise OverDayLimit(purse.left_today, amount, name)


def is_open(account: Account) -> bool:
    has_ended = account.ends_on is not None and account.ends_on < clock.today()
    return account.state == AccountState.OPEN and not has_ended


def payee_at(wallet: Wallet, address: str) -> Account:
    """:raises NobodyThere, SameAccount, TooManyLookups: whatever looking up says."""
    known = known_to(wallet.account)
    return look_up(address=address, person=wallet.person, at=clock.now(), mine=wallet.account, known=known)


def whom_page(
    wallet: Wallet, template: str, *, form: WhomForm, refusal: Refusal | None = None
) -> HttpResponse:
    """Whom? By address, or one of those before."""
    if refusal is not None:
        refuse(form, refusal)
    elif not is_open(wallet.account):
        form = WhomForm({})
        form.full_clean()
        form.errors.clear()
        refuse(form, PayerNotOpen())
    known = [{"account": one, "name": shown_name(one)} for one in recent_payees(wallet.account)]
    context = {"wallet": wallet, "form": form, "known": known, "is_open": is_open(wallet.account)}
    status = TOO_OFTEN if isinstance(refusal, TooManyLookups) else 200
    return render(wallet.request, template, context, status=status)


def may_not_pay(wallet: Wallet) -> HttpResponse:
    """They may see this account: so they hear why they cannot pay from it."""
    return render(wallet.request, "wallet/pay/not_allowed.html", {"wallet": wallet}, status=403)


def preview_id(wallet: Wallet, payee: Account, values: dict[str, Any]) -> uuid.UUID:
    """The id of a payment that is shown: the same in each tab, until the account has moved on."""
    parts = (wallet.account.pk, wallet.person.pk, wallet.account.last_no, payee.pk, values["amount"],
             values.get("label", ""), values["text"])  # fmt: skip
    return uuid.uuid5(NAMESPACE, "preview:" + "\n".join(map(str, parts)))


def same_just_now(wallet: Wallet, payee: Account, amount: int) -> Transfer | None:
    """The same amount to the same payee, a few minutes ago."""
    return paid_since(wallet.account, payee, amount, clock.now() - JUST_NOW)


def is_pot(wallet: Wallet) -> bool:
    return wallet.account.kind == AccountKind.POT


def to_receipt(account: Account, transfer: Transfer) -> HttpResponse:
    return redirect("receipt", account.address, receipt_number(transfer.pk))


def posted_step(request: HttpRequest) -> str:
    return request.POST.get("step", "") if request.method == "POST" else ""
