"""Asking at the till: an amount, a code on the screen, and "paid" within a second."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HTMX_STOP_POLLING

from content.drawing import qr
from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from ledger.address import in_groups
from neighbourhoods.views.posted import posted
from wallet.forms.till import ChargeForm
from wallet.models import PaymentRequest
from wallet.naming import short_name
from wallet.operations.tills import charge, take_back
from wallet.queries.tills import waiting_at
from wallet.states import RequestState
from wallet.views.till.base import AtTill, at_till, is_within_page

PAGE, PAD, CODE = "wallet/till/till.html", "wallet/till/pad.html", "wallet/till/code.html"


@at_till
def till(request: HttpRequest, at: AtTill) -> HttpResponse:
    """Type the amount. What was asked comes in the place of the form, so that the sound may be heard on this page."""
    form = ChargeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        key = derive_key(scope="till.charge", owner=at.account.pk, form_id=words.pop("key"))
        try:
            asked = charge(till=at.till, key=key, actor=at.actor, at=clock.now(), **words)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return _shown(request, at, at.asked(asked.uuid))
    context = {
        "at": at,
        "form": form,
        "part": PAD,
        "waiting": waiting_at(at.till, clock.now()),
        "crumbs": at.crumbs(),
    }
    return render(request, PAD if is_within_page(request) else PAGE, context)


@at_till
@require_GET
def code(request: HttpRequest, at: AtTill, asked: UUID) -> HttpResponse:
    """The code on the counter, or what became of it."""
    return render(request, PAGE, _context(request, at, at.asked(asked)))


@at_till
@require_GET
def look(request: HttpRequest, at: AtTill, asked: UUID) -> HttpResponse:
    """What the open page asks each 800 ms: nothing while it waits, and then what came of it, for the last time."""
    found = at.asked(asked)
    if _waits(found, clock.now()):
        return HttpResponse(status=204)
    return render(request, CODE, _context(request, at, found), status=HTMX_STOP_POLLING)


@at_till
@require_POST
def cancel(request: HttpRequest, at: AtTill, asked: UUID) -> HttpResponse:
    """Take the code away. Whoever paid it in this moment has paid, and the page says so."""
    take_back(request=at.asked(asked), actor=at.actor, at=clock.now())
    return _shown(request, at, at.asked(asked))


def _shown(request: HttpRequest, at: AtTill, asked: PaymentRequest) -> HttpResponse:
    """The code in the page that is open, or on a page of its own."""
    url = reverse("till_charge", args=[at.till.uuid, asked.uuid])
    if not is_within_page(request):
        return redirect(url)
    response = render(request, CODE, _context(request, at, asked))
    response["HX-Push-Url"] = url
    return response


def _context(request: HttpRequest, at: AtTill, asked: PaymentRequest) -> dict[str, Any]:
    waits = _waits(asked, clock.now())
    context: dict[str, Any] = {"at": at, "asked": asked, "waits": waits, "part": CODE}
    context["crumbs"] = at.crumbs((at.till.name, reverse("till", args=[at.till.uuid])))
    if waits:
        link = request.build_absolute_uri(reverse("pay_request", args=[asked.uuid]))
        context["drawing"] = qr.drawing(qr.link(link), _("Code to pay with. Scan it with a phone."))
        context["address"] = in_groups(at.account.address)
    if asked.state == RequestState.PAID and asked.transfer:
        context["payer"] = short_name(asked.transfer.payer.holder)
    context["is_late"] = asked.state == RequestState.EXPIRED or (
        asked.state == RequestState.OPEN and not waits
    )
    return context


def _waits(asked: PaymentRequest, now: datetime) -> bool:
    return asked.state == RequestState.OPEN and asked.expires_at > now
