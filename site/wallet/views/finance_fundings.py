"""Money in, at the finance desk: what is expected, what came, and what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.refusals import Refusal, refuse
from ledger.kinds import FundingState
from ledger.queries import fundings_for
from neighbourhoods.views.posted import posted
from wallet.forms.money_in import WhyForm
from wallet.money_words import payee_words
from wallet.operations.fundings import withdraw
from wallet.queries.debits import debits_of
from wallet.views.base import FinanceDesk, at_finance_desk

if TYPE_CHECKING:
    from ledger.models import Funding

PER_PAGE = 20
SHOWN = {
    "expected": (FundingState.ANNOUNCED,),
    "received": (FundingState.ISSUED,),
    "over": (FundingState.EXPIRED, FundingState.CANCELLED, FundingState.RETURNED),
}


@at_finance_desk
def finance_fundings(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """What was announced: expected with the first due first, or received, or over, newest first."""
    asked = request.GET.get("show", "")
    show = asked if asked in SHOWN else "expected"
    found = fundings_for(desk.coin).filter(state__in=SHOWN[show])
    if show == "expected":
        found = found.order_by("expires_on", "pk")
    pages = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("finance_fundings", args=[desk.neighbourhood.slug])
    words = {"expected": _("Expected"), "received": _("Came in"), "over": _("Over")}
    context = {
        "desk": desk,
        "show": show,
        "tabs": [(word, f"{here}?show={key}", key == show, None) for key, word in words.items()],
        "pages": pages,
        "rows": [{"funding": one, "payee": payee_words(one.payee)} for one in pages],
        "today": clock.today(),
        "can_take": desk.treasury is not None,
    }
    return render(request, "wallet/finance/fundings.html", context)


@at_finance_desk
def finance_funding(request: HttpRequest, desk: FinanceDesk, reference: str) -> HttpResponse:
    """One of them, and what can be done with it."""
    return _show(request, desk, _funding(desk, reference))


@at_finance_desk
def cancel(request: HttpRequest, desk: FinanceDesk, reference: str) -> HttpResponse:
    """It will not come. Sent twice, it is cancelled once."""
    funding = _funding(desk, reference)
    form = WhyForm(posted(request))
    if request.method != "POST":
        return redirect("finance_funding", slug=desk.neighbourhood.slug, reference=reference)
    if form.is_valid():
        try:
            withdraw(funding=funding, actor=desk.actor, at=clock.now(), reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Cancelled. This money is no longer expected."))
            return redirect("finance_fundings", slug=desk.neighbourhood.slug)
    return _show(request, desk, _funding(desk, reference), cancel_form=form, form=form)


def _funding(desk: FinanceDesk, reference: str) -> Funding:
    """:raises Http404: when it is for another coin, just as when it does not exist."""
    return get_object_or_404(fundings_for(desk.coin), reference=reference)


def _show(request: HttpRequest, desk: FinanceDesk, funding: Funding, **forms: Form) -> HttpResponse:
    slug = desk.neighbourhood.slug
    came_in = funding.state == FundingState.ISSUED
    context: dict[str, Any] = {
        "cancel_form": WhyForm(),
        **forms,
        "desk": desk,
        "funding": funding,
        "payee": payee_words(funding.payee),
        "lines": debits_of(desk.neighbourhood, funding.received or 0) if came_in else [],
        "today": clock.today(),
        "crumbs": desk.crumbs((_("Money in"), reverse("finance_fundings", args=[slug]))),
    }
    return render(request, "wallet/finance/funding.html", context)
