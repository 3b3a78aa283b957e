"""A payment request as who is asked sees it: look, pay, or say no. A code on a till is for whoever opens it."""

from __future__ import annotations

import uuid as uuids
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.refusals import Refusal
from ledger.kinds import AccountKind
from ledger.queries import account_at
from people.acting import person_behind
from wallet import permissions
from wallet.models import PaymentRequest
from wallet.naming import shown_name
from wallet.operations.payments import PaidAlready, RequestOver
from wallet.operations.payments import pay as pay_now
from wallet.operations.requests import decline as decline_now
from wallet.queries.paying import payable_by
from wallet.queries.requests import request_by
from wallet.states import RequestState
from wallet.views import paying
from wallet.views.base import Wallet

if TYPE_CHECKING:
    from ledger.models import Account
    from people.models import Party


@dataclass(frozen=True)
class Asked:
    """A request before whoever may answer it, and from which of their accounts they would pay."""

    request: HttpRequest
    asked: PaymentRequest
    person: Party
    accounts: list[Account]

    @property
    def account(self) -> Account | None:
        """The one that is asked, or chosen (`from`), or the only one that fits."""
        wanted = self.request.POST.get("from") or self.request.GET.get("from") or ""
        chosen = [one for one in self.accounts if one.address == wanted]
        if chosen or len(self.accounts) == 1:
            return (chosen or self.accounts)[0]
        return None


@login_required
@never_cache
def pay_request(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Look once more, and pay."""
    found = _open(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    if answered := _answered(found):
        return answered
    if found.account is None:
        return render(request, "wallet/requests/choose.html", _context(found))
    wallet = Wallet(request, account_at(found.account.address), found.person)
    return _answer(found, wallet) if wallet.may_pay else paying.may_not_pay(wallet)


@login_required
@never_cache
def request_decline(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Say no, once more asked."""
    found = _open(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    payer = found.asked.payer
    if payer is None:
        raise Http404
    wallet = Wallet(request, account_at(payer.address), found.person)
    if answered := _answered(found):
        return answered
    if request.method != "POST":
        return render(request, "wallet/requests/decline.html", {"wallet": wallet, **_context(found)})
    try:
        decline_now(request=found.asked, actor=wallet.actor, at=clock.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("You refused. Nothing was paid."))
    return redirect("requests", payer.address)


def _open(request: HttpRequest, uuid: uuids.UUID) -> Asked | HttpResponse:
    """The request, for who is asked; who asks is led to their own list.

    :raises Http404: for everybody else, just as when there is no such request.
    """
    person, asked = person_behind(request), request_by(uuid)
    if asked is None:
        raise Http404
    today = clock.today()
    if asked.payer is None:
        accounts = [one.account for one in payable_by(person, today)]
        fitting = [one for one in accounts if _can_pay(one, asked)]
        return Asked(request, asked, person, fitting)
    if permissions.may_see(person, asked.payer.holder, today):
        return Asked(request, asked, person, [asked.payer])
    if permissions.may_see(person, asked.payee.holder, today):
        return redirect(f"{reverse('requests', args=[asked.payee.address])}?show=ours")
    raise Http404


def _can_pay(account: Account, asked: PaymentRequest) -> bool:
    """In the same coin, and not out of a pot: what leaves a pot needs a legal label, which nobody asked for knows."""
    return (
        account.kind == AccountKind.HOLDER
        and account.coin_id == asked.payee.coin_id
        and account.pk != asked.payee_id
    )


def _answered(found: Asked) -> HttpResponse | None:
    """The receipt when one of their accounts paid this before; why not, when it can no longer be paid."""
    transfer = found.asked.transfer
    for account in found.accounts:
        if transfer is not None and transfer.payer_id == account.pk:
            messages.info(found.request, _("This was paid already."))
            return paying.to_receipt(account, transfer)
    refusal = _over(found.asked)
    return _closed(found, refusal) if refusal else None


def _over(asked: PaymentRequest) -> Refusal | None:
    if asked.state == RequestState.PAID:
        return PaidAlready()
    if asked.state != RequestState.OPEN or asked.expires_at <= clock.now():
        return RequestOver()
    return None


def _answer(found: Asked, wallet: Wallet) -> HttpResponse:
    """The preview; sent from there, the payment."""
    asked, purse, wrong = found.asked, paying.purse_of(wallet), None
    if paying.posted_step(found.request) == "pay":
        try:
            paid = pay_now(
                payer=wallet.account, payee=asked.payee, amount=asked.amount, text=asked.text, key=asked.key,
                actor=wallet.actor, at=clock.now(), day_limit=wallet.day_limit, request=asked,
            )  # fmt: skip
        except (PaidAlready, RequestOver) as refusal:
            return _closed(found, refusal)
        except Refusal as refusal:
            wrong = refusal
        else:
            return paying.to_receipt(wallet.account, paid)
    context = {
        "wallet": wallet,
        "purse": purse,
        "wrong": wrong or _wrong(wallet, purse, asked.amount),
        "after": purse.available - asked.amount,
        "again": paying.same_just_now(wallet, asked.payee, asked.amount),
        **_context(found),
    }
    return render(found.request, "wallet/requests/answer.html", context)


def _wrong(wallet: Wallet, purse: paying.Purse, amount: int) -> Refusal | None:
    """Why this cannot be paid now, said before they try."""
    try:
        paying.check_purse(wallet, purse, amount)
    except Refusal as refusal:
        return refusal
    return None


def _closed(found: Asked, refusal: Refusal) -> HttpResponse:
    return render(found.request, "wallet/requests/over.html", {"refusal": refusal, **_context(found)})


def _context(found: Asked) -> dict[str, object]:
    asked = found.asked
    return {
        "asked": asked,
        "accounts": found.accounts,
        "name": shown_name(asked.payee),
        "last_day": clock.day_of(asked.expires_at - timedelta(seconds=1)),
    }
