"""The list of the day at a till, and giving back what was paid there."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from ledger.operations import ChargebackExceeds
from ledger.queries import Receipt, receipt_of
from neighbourhoods.views.posted import posted
from wallet.forms.till import PayBackForm
from wallet.models import PaymentRequest
from wallet.naming import short_name, written
from wallet.operations.tills import pay_back
from wallet.permissions import OwnMoney, check_not_own_money
from wallet.queries.tills import day_at
from wallet.views.till.base import AtTill, at_till


@at_till
def day(request: HttpRequest, at: AtTill, on: str = "") -> HttpResponse:
    """What was paid at this till on a day; without one, today."""
    today, first = clock.today(), clock.day_of(at.till.opened_at)
    shown = _day(on) if on else today
    if not first <= shown <= today:
        raise Http404
    context = {
        "at": at,
        "day": day_at(at.till, shown),
        "on": shown,
        "before": shown - timedelta(days=1) if shown > first else None,
        "after": shown + timedelta(days=1) if shown < today else None,
        "crumbs": _crumbs(at),
    }
    return render(request, "wallet/till/day.html", context)


@at_till
def refund(request: HttpRequest, at: AtTill, asked: UUID) -> HttpResponse:
    """Give back all or a part: first how much, then once more whether that is right."""
    found = at.asked(asked)
    if found.transfer_id is None:
        raise Http404
    receipt = receipt_of(found.transfer_id)
    left = receipt.amount - receipt.charged_back
    own_money = _own_money(at, receipt)
    form = PayBackForm(None if own_money else posted(request), initial={"amount": left})
    is_asked = False
    if request.method == "POST" and form.is_valid():
        is_asked = not form.cleaned_data["sure"]
        try:
            if not is_asked:
                return _given_back(at, found, receipt, form)
            if form.cleaned_data["amount"] > left:
                raise ChargebackExceeds(room=left)
        except Refusal as refusal:
            refuse(form, refusal)
            is_asked = False
    context = {
        "at": at,
        "asked": found,
        "receipt": receipt,
        "left": left,
        "own_money": own_money,
        "payer": short_name(receipt.payer.holder),
        "form": form,
        "is_asked": is_asked,
        "amount": form.cleaned_data["amount"] if is_asked else None,
        "crumbs": _crumbs(at),
    }
    return render(request, "wallet/till/refund.html", context)


def _own_money(at: AtTill, receipt: Receipt) -> str:
    """Why a colleague gives this back and not whoever stands here; empty when they may."""
    try:
        check_not_own_money(at.actor, receipt.payer.holder, clock.today())
    except OwnMoney as refusal:
        return str(refusal)
    return ""


def _given_back(at: AtTill, found: PaymentRequest, receipt: Receipt, form: PayBackForm) -> HttpResponse:
    """:raises Refusal: when nothing was given back."""
    amount: int = form.cleaned_data["amount"]
    key = derive_key(scope="till.refund", owner=at.account.pk, form_id=form.cleaned_data["key"])
    pay_back(request=found, amount=amount, key=key, actor=at.actor, at=clock.now())
    words = {"amount": written(amount), "name": short_name(receipt.payer.holder)}
    messages.success(at.request, _("Given back: %(amount)s to %(name)s.") % words)
    return redirect("till_day_of", uuid=at.till.uuid, on=receipt.transfer.booked_on.isoformat())


def _crumbs(at: AtTill) -> list[tuple[str, str]]:
    return at.crumbs((at.till.name, reverse("till", args=[at.till.uuid])))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Http404 from None
