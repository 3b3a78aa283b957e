"""On which bank account the euros of a neighbourhood are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.refusals import Refusal, refuse
from ledger.queries import open_fundings
from neighbourhoods.views.posted import posted
from wallet.forms.money_in import TreasuryForm
from wallet.models import Treasury
from wallet.operations.treasury import NotYourTreasury, change_treasury, may_change
from wallet.references import iban_in_groups
from wallet.views.base import FinanceDesk, at_finance_desk


@at_finance_desk
def finance_treasury(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """All at the desk read it; the municipality and owners change it."""
    treasury = desk.treasury
    may = may_change(desk.person, desk.neighbourhood, clock.today())
    form = TreasuryForm(posted(request), initial=_initial(treasury))
    if request.method == "POST" and form.is_valid():
        try:
            change_treasury(
                neighbourhood=desk.neighbourhood, actor=desk.actor, at=clock.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, _("Written down. Whoever announces money from now on pays to this account.")
            )
            return redirect("finance_treasury", slug=desk.neighbourhood.slug)
    context = {
        "desk": desk,
        "treasury": treasury,
        "iban": iban_in_groups(treasury.iban) if treasury else "",
        "form": form,
        "may_change": may,
        "refusal": NotYourTreasury.sentence,
        "announced": open_fundings(desk.coin).count() if treasury else 0,
        "crumbs": desk.crumbs(),
    }
    return render(request, "wallet/finance/treasury.html", context)


def _initial(treasury: Treasury | None) -> dict[str, Any]:
    if treasury is None:
        return {"chargeback_alone": Treasury._meta.get_field("chargeback_alone").default}
    return {
        "account_name": treasury.account_name,
        "iban": iban_in_groups(treasury.iban),
        "bic": treasury.bic,
        "chargeback_alone": treasury.chargeback_alone or None,
    }
