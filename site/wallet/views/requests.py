"""Asking somebody for an amount, and what came of it."""

from __future__ import annotations

import uuid as uuids
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from people.permissions import may_sell
from wallet.forms.pay import DAYS_TO_PAY, AskForm, WhomForm
from wallet.models import PaymentRequest
from wallet.naming import shown_name, written
from wallet.operations.requests import LONGEST, NotThatLong
from wallet.operations.requests import ask as ask_now
from wallet.operations.requests import cancel as cancel_now
from wallet.queries.requests import asked_by, asked_of, request_by
from wallet.states import RequestState
from wallet.views import paying
from wallet.views.base import Wallet, at_wallet

if TYPE_CHECKING:
    from ledger.models import Account

PER_PAGE = 20
WHOM = "wallet/requests/whom.html"
PHASES = {
    RequestState.OPEN: "open",
    RequestState.PAID: "done",
    RequestState.DECLINED: "no",
    RequestState.CANCELLED: "no",
    RequestState.EXPIRED: "no",
}


@at_wallet
def requests(request: HttpRequest, wallet: Wallet) -> HttpResponse:
    """What is asked of this account, and what it asks of others."""
    by_us = request.GET.get("show") == "ours"
    found = asked_by(wallet.account) if by_us else asked_of(wallet.account)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("requests", args=[wallet.account.address])
    context = {
        "wallet": wallet,
        "by_us": by_us,
        "may_ask": may_ask(wallet),
        "pages": page,
        "rows": [_row(one, by_us=by_us) for one in page],
        "tabs": [
            (_("Asked of you"), here, not by_us, None),
            (_("Asked by you"), f"{here}?show=ours", by_us, None),
        ],
    }
    return render(request, "wallet/requests/requests.html", context)


@at_wallet
def ask(request: HttpRequest, wallet: Wallet) -> HttpResponse:
    """Whom, how much, until when."""
    if not may_ask(wallet):
        return paying.may_not_pay(wallet)
    data = request.POST if request.method == "POST" else request.GET
    whom = WhomForm(data if "to" in data else None)
    if not whom.is_valid():
        return _whom(wallet, whom)
    try:
        payer = _payer_at(wallet, whom.cleaned_data["to"])
    except Refusal as refusal:
        return _whom(wallet, whom, refusal)
    initial = {"to": payer.address, "until": clock.today() + timedelta(days=DAYS_TO_PAY)}
    form = AskForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and (made := _ask(wallet, payer, form)):
        words = {"name": shown_name(payer), "amount": written(made.amount)}
        messages.success(request, _("You asked %(name)s for %(amount)s.") % words)
        return redirect(f"{reverse('requests', args=[wallet.account.address])}?show=ours")
    context = {"wallet": wallet, "form": form, "payer": payer, "name": shown_name(payer)}
    return render(request, "wallet/requests/ask.html", context)


@at_wallet
def request_cancel(request: HttpRequest, wallet: Wallet, uuid: uuids.UUID) -> HttpResponse:
    """Take back what was asked."""
    asked = request_by(uuid)
    if asked is None or asked.payee_id != wallet.account.pk or asked.till_id or not may_ask(wallet):
        raise Http404
    back = f"{reverse('requests', args=[wallet.account.address])}?show=ours"
    if request.method == "POST":
        try:
            cancel_now(request=asked, actor=wallet.actor, at=clock.now())
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Taken back. Nothing needs to be paid any more."))
        return redirect(back)
    context = {"wallet": wallet, "asked": asked, "name": _other(asked, by_us=True), "back": back}
    return render(request, "wallet/requests/cancel.html", context)


def may_ask(wallet: Wallet) -> bool:
    return wallet.may_pay or may_sell(wallet.person, wallet.holder, clock.today())


def end_of(day: date) -> datetime:
    """The end of a local day: until then it can be paid."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _ask(wallet: Wallet, payer: Account, form: AskForm) -> PaymentRequest | None:
    values = form.cleaned_data
    key = derive_key(scope="ask", owner=wallet.account.pk, form_id=values["form_id"])
    try:
        _check_day(values["until"])
        return ask_now(
            payee=wallet.account, payer=payer, amount=values["amount"], text=values["text"],
            expires_at=end_of(values["until"]), key=key, actor=wallet.actor, at=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        refuse(form, refusal)
        return None


def _check_day(until: date) -> None:
    """:raises NotThatLong: of a day that is over, or so far off that it has no end to be counted to."""
    if not clock.today() <= until < clock.today() + LONGEST:
        raise NotThatLong


def _whom(wallet: Wallet, form: WhomForm, refusal: Refusal | None = None) -> HttpResponse:
    return paying.whom_page(wallet, WHOM, form=form, refusal=refusal)


def _payer_at(wallet: Wallet, address: str) -> Account:
    return paying.payee_at(wallet, address)


def _row(asked: PaymentRequest, *, by_us: bool) -> dict[str, object]:
    """A request as it stands, also when the night that ends it has not come yet."""
    state = RequestState(asked.state)
    if state == RequestState.OPEN and asked.expires_at <= clock.now():
        state = RequestState.EXPIRED
    return {
        "asked": asked,
        "name": _other(asked, by_us=by_us),
        "state": state,
        "phase": PHASES[state],
        "last_day": clock.day_of(asked.expires_at - timedelta(seconds=1)),
    }


def _other(asked: PaymentRequest, *, by_us: bool) -> str:
    if not by_us:
        return shown_name(asked.payee)
    return shown_name(asked.payer) if asked.payer else _("whoever has the link")
