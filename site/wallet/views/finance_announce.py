"""The finance desk announces money for an organisation, often because it is on the bank account already."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from ledger.queries import Pot
from neighbourhoods.views.posted import posted
from wallet.forms.money_in import DeskFundingForm
from wallet.models import BankLine
from wallet.money_words import payees
from wallet.operations.fundings import announce
from wallet.queries.debits import open_line
from wallet.queries.funders import pots_to_fund
from wallet.queries.organisations import organisations_called
from wallet.views.base import FinanceDesk, at_finance_desk
from wallet.views.funding_announce import USUAL, chosen

LONGEST_WORDS = 140


@at_finance_desk
def finance_announce(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """For whom, what for, how much; shown once more, then done. `?line=` fills in what a line of the bank says."""
    if desk.treasury is None:
        return redirect("finance_treasury", slug=desk.neighbourhood.slug)
    line = _line(request, desk)
    pots = pots_to_fund(desk.coin, clock.today())
    form = DeskFundingForm(
        posted(request), payees=payees(pots, None), initial=_initial(line),
        funders={pot.account.address: pot.account.funder_id for pot in pots},
    )  # fmt: skip
    slug = desk.neighbourhood.slug
    context = {
        "desk": desk,
        "form": form,
        "line": line,
        "neighbourhood": desk.neighbourhood,
        "crumbs": desk.crumbs((_("Money in"), reverse("finance_fundings", args=[slug]))),
    }
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "change":
        if request.POST.get("step") != "confirm":
            return render(request, "wallet/funding/preview.html", context)
        if done := _announce(request, desk, form, pots, line):
            return done
    return render(request, "wallet/finance/announce.html", context)


def _announce(
    request: HttpRequest, desk: FinanceDesk, form: DeskFundingForm, pots: list[Pot], line: BankLine | None
) -> HttpResponse | None:
    words = form.cleaned_data
    slug = desk.neighbourhood.slug
    try:
        funding = announce(
            funder=words["funder"], coin=desk.coin, payee=chosen(pots, words["payee"]), amount=words["amount"],
            purpose=words["purpose"], expires_on=words["expires_on"], actor=desk.actor, at=clock.now(),
            key=derive_key(scope="desk funding", owner=desk.person.pk, form_id=words["key"]),
        )  # fmt: skip
    except Refusal as refusal:
        refuse(form, refusal)
        return None
    if line is not None:
        messages.success(request, _("Announced. Now match the line of the bank with it."))
        return redirect("finance_bank", slug=slug)
    messages.success(request, _("Announced. Send the letter to whoever pays."))
    return redirect("finance_funding", slug=slug, reference=funding.reference)


def _line(request: HttpRequest, desk: FinanceDesk) -> BankLine | None:
    """The line that the address names.

    :raises Http404: when it is none of this desk, or is worked off.
    """
    asked = request.GET.get("line", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        raise Http404
    line = open_line(desk.neighbourhood, int(asked))
    if line is None:
        raise Http404
    return line


def _initial(line: BankLine | None) -> dict[str, Any]:
    usual: dict[str, Any] = {"expires_on": clock.today() + USUAL}
    if line is None:
        return usual
    found = organisations_called(line.name)
    return {
        **usual,
        "expires_on": clock.today() + timedelta(days=7),
        "amount": line.amount,
        "funder": found[0].display_name if len(found) == 1 else "",
        "purpose": line.text[:LONGEST_WORDS],
    }
