"""Money out, as a supplier sees it: ask, follow, take back, be paid out each month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.amounts import format_amount
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from ledger.address import in_groups
from ledger.queries import balance_of
from neighbourhoods.views.posted import posted
from people.models import OrganisationDetails
from wallet import permissions
from wallet.bankdays import next_bank_day
from wallet.forms.payouts import MonthlyForm, PayoutForm
from wallet.models import MonthlyPayout, Payout
from wallet.operations.payouts import (
    cancel_payout,
    not_payable,
    request_payout,
    set_monthly_payout,
    stop_monthly_payout,
)
from wallet.queries.payouts import Ending, endings, on_the_way, payouts_of
from wallet.states import PAYOUT, PayoutState
from wallet.views.base import Wallet, at_wallet

PER_PAGE = 20
PHASES = {
    PayoutState.REQUESTED: "open",
    PayoutState.APPROVED: "half",
    PayoutState.EXPORTED: "half",
    PayoutState.PAID: "done",
    PayoutState.FAILED: "no",
    PayoutState.CANCELLED: "no",
}
NEXT: dict[str, str] = {
    PayoutState.REQUESTED: gettext_noop(
        "The finance desk looks at it first. You have it on %(day)s at the earliest."
    ),
    PayoutState.PAID: gettext_noop("The bank has paid it."),  # in one line with all of its file
    PayoutState.APPROVED: gettext_noop(
        "It goes to the bank with the next file. You have it on %(day)s at the earliest."
    ),
}


@dataclass(frozen=True)
class Row:
    """A payout in the list of a supplier: how far it is, in words, and when the euros are to be expected."""

    payout: Payout
    ending: Ending

    @property
    def phase(self) -> str:
        return "no" if self.ending.back_on else PHASES[PayoutState(self.payout.state)]

    @property
    def words(self) -> str:
        return _("came back") if self.ending.back_on else self.payout.get_state_display()

    @property
    def iban(self) -> str:
        return in_groups(self.payout.iban)

    @property
    def may_cancel(self) -> bool:
        return (self.payout.state, "cancel") in PAYOUT.moves

    @property
    def note(self) -> str:
        """What happens next, or what happened."""
        ending, run = self.ending, self.payout.run
        if ending.back_on:
            return _("The bank sent it back on %(day)s. The coins are on this account.") % _on(ending.back_on)
        if ending.paid_on:
            return _("The bank paid it on %(day)s.") % _on(ending.paid_on)
        if self.payout.state == PayoutState.EXPORTED and run:
            return _("The bank pays it on %(day)s.") % _on(run.execute_on)
        coming = NEXT.get(self.payout.state)
        return _(coming) % _soonest() if coming else ending.reason


@at_wallet
def payouts(request: HttpRequest, wallet: Wallet) -> HttpResponse:
    """All payouts of an account, and asking for one."""
    form = PayoutForm(posted(request))
    if request.method == "POST" and form.is_valid():
        form_id = form.cleaned_data["key"]
        key = derive_key(scope="wallet.payout", owner=wallet.account.pk, form_id=form_id)
        try:
            asked = request_payout(
                account=wallet.account,
                amount=form.cleaned_data["amount"],
                key=key,
                actor=wallet.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, _("You asked for a payout of %(amount)s euros.") % _amount(asked.amount)
            )
            return redirect("payouts", address=wallet.account.address)
    return _show(request, wallet, form=form)


@require_POST
@at_wallet
def cancel(request: HttpRequest, wallet: Wallet, pk: int) -> HttpResponse:
    """Take a payout back that is in no file yet."""
    payout = get_object_or_404(Payout, pk=pk, account=wallet.account)
    try:
        cancel_payout(payout=payout, actor=wallet.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Cancelled. %(amount)s coins are available again.")
        messages.success(request, words % _amount(payout.amount))
    return redirect("payouts", address=wallet.account.address)


@require_POST
@at_wallet
def monthly(request: HttpRequest, wallet: Wallet) -> HttpResponse:
    """Be paid out each month, or no longer."""
    form = MonthlyForm(request.POST)
    stops = "stop" in request.POST
    if not stops and not form.is_valid():
        return _show(request, wallet, monthly_form=form, wrong=form)
    try:
        if stops:
            stop_monthly_payout(account=wallet.account, actor=wallet.actor, at=clock.now())
        else:
            keep = form.cleaned_data["keep"] or 0
            set_monthly_payout(account=wallet.account, keep=keep, actor=wallet.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        done = (
            _("No payout is asked for by itself any more.")
            if stops
            else _("From next month on, a payout is asked for by itself.")
        )
        messages.success(request, done)
    return redirect("payouts", address=wallet.account.address)


def _show(request: HttpRequest, wallet: Wallet, **forms: Any) -> HttpResponse:
    account = wallet.account
    page = Paginator(payouts_of(account), PER_PAGE).get_page(request.GET.get("page"))
    ended = endings(list(page.object_list))
    details = OrganisationDetails.objects.filter(party=wallet.holder).first()
    each_month = MonthlyPayout.objects.filter(account=account).first()
    form = forms.get("form") or PayoutForm()
    context = {
        "wallet": wallet,
        "available": balance_of(account).available,
        "on_the_way": on_the_way(account),
        "no_payouts": not_payable(account),
        "may_cash": permissions.may_cash(wallet.person, wallet.holder, clock.today()),
        "iban": in_groups(details.iban) if details else "",
        "where_to_say": reverse("account_organisation_change", args=[wallet.holder.uuid]),
        "pages": page,
        "rows": [Row(one, ended[one.pk]) for one in page.object_list],
        "each_month": each_month,
        "monthly_form": forms.get("monthly_form")
        or MonthlyForm(initial={"keep": each_month.keep or None} if each_month else None),
        "ask_form": form,
        "form": forms.get("wrong") or form,
    }
    return render(request, "wallet/payouts/payouts.html", context)


def _on(day: Any) -> dict[str, str]:
    return {"day": date_format(day, "j F Y")}


def _soonest() -> dict[str, str]:
    return _on(next_bank_day(clock.today()))


def _amount(minor: int) -> dict[str, str]:
    return {"amount": format_amount(minor, get_language() or "nl")}
