"""Money out at a finance desk: look at what is asked for, put it in a file, say what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from ledger.address import in_groups
from neighbourhoods.views.posted import posted
from wallet.bankdays import next_bank_day
from wallet.forms.payouts import ChosenForm, KeyForm, RunForm, WhyForm
from wallet.models import Payout, Treasury
from wallet.operations.payouts import (
    approve_payouts,
    cancel_payout,
    make_run,
    return_pot,
)
from wallet.queries.payouts import (
    Caution,
    at_the_desk,
    cautions,
    ended_pots,
    runs_of,
)
from wallet.states import PayoutState
from wallet.views.base import FinanceDesk, at_finance_desk

PER_PAGE = 20
# Two forms on one page: each has ids of its own, and so have the lists that their errors point at.
APPROVE, MAKE = "approve_%s", "make_%s"


@dataclass(frozen=True)
class Waiting:
    """A payout that waits for somebody at the desk, and what to look at twice."""

    payout: Payout
    caution: Caution
    is_mine: bool  # the first of the two persons was the one who looks now

    @property
    def iban(self) -> str:
        return in_groups(self.payout.iban)

    @property
    def before(self) -> str:
        return in_groups(self.caution.before)

    @property
    def others(self) -> str:
        return ", ".join(self.caution.others)

    @property
    def days(self) -> int:
        return (clock.today() - clock.day_of(self.payout.requested_at)).days


@at_finance_desk
def room(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """What waits for approval, what waits for a file, and the files."""
    return _show(request, desk)


@require_POST
@at_finance_desk
def approve(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """Approve what was chosen; what this person may not approve is said one by one."""
    treasury = treasury_of(desk)
    form = ChosenForm(
        request.POST,
        auto_id=APPROVE,
        waiting=_in_state(treasury, PayoutState.REQUESTED, PayoutState.APPROVED),
    )
    if not form.is_valid():
        return _show(request, desk, approve_form=form, form=form)
    try:
        answer = approve_payouts(
            treasury=treasury, payouts=form.cleaned_data["payouts"], actor=desk.actor, at=clock.now()
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return _show(request, desk, approve_form=form, form=form)
    if number := len(answer.done):
        done = ngettext("%(number)s payout approved.", "%(number)s payouts approved.", number)
        messages.success(request, done % {"number": number})
    for payout, why in answer.refused:
        messages.warning(request, f"{payout.name}: {why}")
    return redirect("finance_payouts", slug=desk.neighbourhood.slug)


@require_POST
@at_finance_desk
def make(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """Put what was chosen into a file. Sent twice, it is the same file."""
    treasury = treasury_of(desk)
    form = RunForm(
        request.POST, auto_id=MAKE, waiting=_in_state(treasury, PayoutState.APPROVED, PayoutState.EXPORTED)
    )
    if form.is_valid():
        values = form.cleaned_data
        key = derive_key(
            scope=f"wallet.payout_run:{treasury.pk}", owner=desk.person.pk, form_id=values["key"]
        )
        try:
            run = make_run(
                treasury=treasury, payouts=values["payouts"], version=values["version"], key=key, actor=desk.actor,
                at=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("finance_payout_run", slug=desk.neighbourhood.slug, pk=run.pk)
    return _show(request, desk, run_form=form, form=form)


@at_finance_desk
def cancel(request: HttpRequest, desk: FinanceDesk, pk: int) -> HttpResponse:
    """Stop a payout before it is in a file, and say why."""
    payout = payout_at(desk, pk)
    form = WhyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            cancel_payout(payout=payout, actor=desk.actor, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Cancelled. %(name)s has the coins back.") % {"name": payout.name})
            return redirect("finance_payouts", slug=desk.neighbourhood.slug)
    return ask_why(request, desk, payout, form, "cancel")


@at_finance_desk
def ended(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """Pots that have ended with something left in them, which goes back to who paid for it."""
    pots = ended_pots(desk.coin, clock.today())
    form = KeyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        chosen = next((one for one in pots if str(one.account.pk) == request.POST.get("pot")), None)
        key = derive_key(scope="wallet.pot", owner=desk.person.pk, form_id=form.cleaned_data["key"])
        if chosen is None:  # sent twice: it is waiting for approval already
            return redirect("finance_payouts", slug=desk.neighbourhood.slug)
        try:
            return_pot(pot=chosen.account, key=key, actor=desk.actor, at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Asked for. A colleague approves it now."))
            return redirect("finance_payouts", slug=desk.neighbourhood.slug)
    rows = [(one, KeyForm(auto_id=f"id_{one.account.pk}_%s")) for one in pots]
    context = {"desk": desk, "rows": rows, "form": form, "crumbs": crumbs(desk)}
    return render(request, "wallet/finance/payouts/pots.html", context)


def _show(request: HttpRequest, desk: FinanceDesk, **filled: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "desk": desk,
        "treasury": desk.treasury,
        "pots": len(ended_pots(desk.coin, clock.today())),
    }
    if desk.treasury is not None:
        context |= _waiting(desk, desk.treasury)
        runs = Paginator(runs_of(desk.treasury), PER_PAGE)
        context["pages"] = runs.get_page(request.GET.get("page"))
    context |= {"run_form": RunForm(auto_id=MAKE), "execute_on": next_bank_day(clock.today()), **filled}
    return render(request, "wallet/finance/payouts/payouts.html", context)


def _waiting(desk: FinanceDesk, treasury: Treasury) -> dict[str, Any]:
    found = _in_state(treasury, PayoutState.REQUESTED, PayoutState.APPROVED)
    twice = cautions(found)
    rows = [Waiting(one, twice[one.pk], _is_mine(desk, one)) for one in found]
    to_approve = [row for row in rows if row.payout.state == PayoutState.REQUESTED]
    to_send = [row for row in rows if row.payout.state == PayoutState.APPROVED]
    return {
        "to_approve": to_approve,
        "to_approve_sum": sum(row.payout.amount for row in to_approve),
        "to_send": to_send,
        "to_send_sum": sum(row.payout.amount for row in to_send),
        "may_send": any(not row.is_mine for row in to_send),
        "may_approve": any(not row.is_mine for row in to_approve),
    }


def crumbs(desk: FinanceDesk) -> list[tuple[str, str]]:
    """The way back to the room of payouts."""
    return desk.crumbs((_("Money out"), _at(desk, "finance_payouts")))


def ask_why(
    request: HttpRequest, desk: FinanceDesk, payout: Payout, form: WhyForm, what: str
) -> HttpResponse:
    """Ask for the reason why a payout does not go on."""
    back = _at(desk, "finance_payout_run", payout.run_id) if payout.run_id else _at(desk, "finance_payouts")
    context = {
        "desk": desk,
        "payout": payout,
        "iban": in_groups(payout.iban),
        "form": form,
        "what": what,
        "back": back,
        "crumbs": crumbs(desk),
    }
    return render(request, "wallet/finance/payouts/why.html", context)


def _is_mine(desk: FinanceDesk, payout: Payout) -> bool:
    first = payout.requested_by if payout.state == PayoutState.REQUESTED else payout.approved_by
    return first is not None and first.canonical_id == desk.person.canonical_id


def _in_state(treasury: Treasury, *states: str) -> list[Payout]:
    return list(at_the_desk(treasury).filter(state__in=states))


def treasury_of(desk: FinanceDesk) -> Treasury:
    """:raises Http404: when nobody has said where the euros are, so that nothing can wait here."""
    if desk.treasury is None:
        raise Http404
    return desk.treasury


def payout_at(desk: FinanceDesk, pk: int) -> Payout:
    """:raises Http404: when it is of another neighbourhood, or does not exist."""
    return get_object_or_404(at_the_desk(treasury_of(desk)), pk=pk)


def _at(desk: FinanceDesk, name: str, *more: object) -> str:
    return reverse(name, args=[desk.neighbourhood.slug, *more])
