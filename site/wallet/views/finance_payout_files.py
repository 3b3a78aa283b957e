"""Files for the bank at a finance desk: get one, say that it went, see what became of each payout in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.refusals import Refusal, refuse
from ledger.address import in_groups
from neighbourhoods.views.posted import posted
from wallet.forms.payouts import SentForm, WhyForm
from wallet.models import Payout, PayoutRun
from wallet.operations.payouts import fail_payout, send_run
from wallet.queries.payouts import Ending, at_the_desk, endings, file_of
from wallet.states import PayoutState
from wallet.views.base import FinanceDesk, at_finance_desk
from wallet.views.finance_payouts import ask_why, crumbs, payout_at, treasury_of
from wallet.views.payouts import PHASES


@dataclass(frozen=True)
class Paid:
    """A payout in a file, and what became of it."""

    payout: Payout
    ending: Ending
    may_fail: bool

    @property
    def iban(self) -> str:
        return in_groups(self.payout.iban)

    @property
    def phase(self) -> str:
        return "no" if self.ending.back_on else PHASES[PayoutState(self.payout.state)]


@at_finance_desk
def fail(request: HttpRequest, desk: FinanceDesk, pk: int) -> HttpResponse:
    """The bank said that it cannot pay this one."""
    payout = payout_at(desk, pk)
    if payout.run_id is None:
        raise Http404
    form = WhyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            fail_payout(payout=payout, actor=desk.actor, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Written down. %(name)s has the coins back.") % {"name": payout.name})
            return redirect("finance_payout_run", slug=desk.neighbourhood.slug, pk=payout.run_id)
    return ask_why(request, desk, payout, form, "fail")


@at_finance_desk
def run(request: HttpRequest, desk: FinanceDesk, pk: int) -> HttpResponse:
    """One file: its payouts with what became of them, and that it went to the bank."""
    found = _run(desk, pk)
    form = SentForm(posted(request), initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            send_run(run=found, actor=desk.actor, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Written down: the file went to the bank."))
            return redirect("finance_payout_run", slug=desk.neighbourhood.slug, pk=pk)
    return _show_run(request, desk, found, form)


@at_finance_desk
def run_file(request: HttpRequest, desk: FinanceDesk, pk: int) -> HttpResponse:
    """The file itself, the same each time."""
    found = _run(desk, pk)
    response = HttpResponse(file_of(found), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{found.message_id}.xml"'
    return response


def _show_run(request: HttpRequest, desk: FinanceDesk, found: PayoutRun, form: SentForm) -> HttpResponse:
    payouts = list(at_the_desk(found.treasury).filter(run=found))
    ended = endings(payouts)
    at_bank = {one.pk for one in payouts if found.sent_at and one.state == PayoutState.EXPORTED}
    # Whoever sent the file does not say that something in it failed.
    is_sender = found.sent_by is not None and found.sent_by.canonical_id == desk.person.canonical_id
    rows = [Paid(one, ended[one.pk], may_fail=one.pk in at_bank and not is_sender) for one in payouts]
    context = {
        "desk": desk,
        "run": found,
        "rows": rows,
        "asks_colleague": bool(at_bank) and is_sender,
        "total": sum(one.amount for one in payouts),
        "payer_iban": in_groups(found.payer_iban),
        "hash": hashlib.sha256(file_of(found)).hexdigest(),
        "form": form,
        "crumbs": crumbs(desk),
    }
    return render(request, "wallet/finance/payouts/run.html", context)


def _run(desk: FinanceDesk, pk: int) -> PayoutRun:
    along = ("treasury", "made_by__person_details", "sent_by__person_details")
    return get_object_or_404(PayoutRun.objects.select_related(*along), pk=pk, treasury=treasury_of(desk))
