"""One line of the bank: what it may be, a colleague's proposal, and leaving it aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.amounts import format_amount
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.views.posted import posted
from people.queries import is_same_person
from wallet.forms.bank import IgnoreForm, MatchForm
from wallet.models import BankLine, HandMatch, Treasury
from wallet.operations.bank import decide_match, ignore_line, propose_match
from wallet.queries.bank import fundings_for_line, payouts_for_line, proposals_of
from wallet.queries.debits import fundings_gone_back
from wallet.states import BankLineState, SecondLookState
from wallet.views.bank import at_bank, crumbs, shown
from wallet.views.base import FinanceDesk

if TYPE_CHECKING:
    from ledger.models import Funding
    from wallet.models import Payout

DECISIONS = ("approve", "reject", "withdraw")


@at_bank
def line(request: HttpRequest, desk: FinanceDesk, treasury: Treasury, pk: int) -> HttpResponse:
    """What is known of a line, and a form to say what it is."""
    found = get_object_or_404(_lines(treasury), pk=pk)
    targets = _targets(found)
    form = MatchForm(posted(request), targets=[(name, words) for name, (words, _kind) in targets.items()])
    if request.method == "POST" and form.is_valid():
        try:
            propose_match(
                line=found, reason=form.cleaned_data["reason"], actor=desk.actor, at=clock.now(),
                key=derive_key(scope="bank.match", owner=desk.person.pk, form_id=form.cleaned_data["key"]),
                **targets[form.cleaned_data["target"]][1],
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("A colleague is asked to look at it. Nothing is booked yet."))
            return redirect("finance_bank", slug=desk.neighbourhood.slug)
    return _show(request, desk, found, form=form, can_match=bool(targets))


@require_POST
@at_bank
def ignore(request: HttpRequest, desk: FinanceDesk, treasury: Treasury, pk: int) -> HttpResponse:
    """Leave a line aside: it has nothing to do with coins."""
    found = get_object_or_404(_lines(treasury), pk=pk)
    form = IgnoreForm(request.POST)
    if form.is_valid():
        try:
            ignore_line(line=found, reason=form.cleaned_data["why"], actor=desk.actor, at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The line is left aside. Nothing was booked."))
            return redirect("finance_bank", slug=desk.neighbourhood.slug)
    return _show(request, desk, found, ignore_form=form)


@at_bank
def proposal(request: HttpRequest, desk: FinanceDesk, treasury: Treasury, pk: int) -> HttpResponse:
    """A colleague says what a line is: agree, or not."""
    along = HandMatch.objects.select_related(
        "treasury__neighbourhood__coin", "line", "payout__payee", "funding__payee"
    )
    found = get_object_or_404(along.filter(treasury=treasury), pk=pk)
    form = SureForm(posted(request))
    event = request.POST.get("event", "")
    if event in DECISIONS:
        try:
            decide_match(match=found, event=event, actor=desk.actor, at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _decided(event))
            return redirect("finance_bank", slug=desk.neighbourhood.slug)
    context = {
        "desk": desk,
        "treasury": treasury,
        "proposal": found,
        "form": form,
        "size": abs(found.line.amount),
        "waits": found.state == SecondLookState.PROPOSED,
        "is_mine": is_same_person(desk.person, found.proposed_by),
        "crumbs": crumbs(desk),
    }
    return render(request, "wallet/finance/bank/proposal.html", context)


def _show(
    request: HttpRequest,
    desk: FinanceDesk,
    found: BankLine,
    *,
    form: MatchForm | None = None,
    ignore_form: IgnoreForm | None = None,
    can_match: bool | None = None,
) -> HttpResponse:
    targets = _targets(found)
    match_form = form or MatchForm(targets=[(name, words) for name, (words, _kind) in targets.items()])
    context = {
        "desk": desk,
        "row": shown([found], found.treasury)[0],
        "match_form": match_form,
        "ignore_form": ignore_form or IgnoreForm(),
        "form": ignore_form or match_form,
        "can_match": bool(targets) if can_match is None else can_match,
        "is_open": found.state == BankLineState.NEW,
        "proposals": list(proposals_of(found)),
        "announce": f"{reverse('finance_announce', args=[desk.neighbourhood.slug])}?line={found.pk}",
        "crumbs": crumbs(desk),
    }
    return render(request, "wallet/finance/bank/line.html", context)


def _lines(treasury: Treasury) -> Any:
    along = ("treasury__neighbourhood__coin", "statement", "payout", "funding__payee")
    return BankLine.objects.filter(treasury=treasury).select_related(*along)


def _targets(found: BankLine) -> dict[str, tuple[str, dict[str, Any]]]:
    """What a line may be: a name for the form, words, and what the operation is told."""
    if found.state != BankLineState.NEW:
        return {}
    fundings, words = (
        (fundings_for_line(found), _funding) if found.amount > 0 else (fundings_gone_back(found), _gone_back)
    )
    known = {f"funding-{one.pk}": (words(one), {"funding": one}) for one in fundings}
    paid = {f"payout-{one.pk}": (_payout(one), {"payout": one}) for one in payouts_for_line(found)}
    return {**known, **paid}


def _funding(one: Funding) -> str:
    return _("%(funder)s announced %(amount)s euros for %(payee)s (%(reference)s)") % _words_of(one)


def _gone_back(one: Funding) -> str:
    return _(
        "%(funder)s gave %(received)s euros for %(payee)s (%(reference)s), and they went back"
    ) % _words_of(one)


def _words_of(one: Funding) -> dict[str, str]:
    language = get_language() or "nl"
    return {
        "funder": one.funder.display_name,
        "amount": format_amount(one.amount, language),
        "received": format_amount(one.received or 0, language),
        "reference": one.reference,
        "payee": one.payee.label or one.payee.holder.display_name,
    }


def _payout(one: Payout) -> str:
    words = {
        "name": one.name,
        "amount": format_amount(one.amount, get_language() or "nl"),
        "reference": one.end_to_end_id,
    }
    return _("Payout of %(amount)s euros to %(name)s (%(reference)s)") % words


def _decided(event: str) -> str:
    return {
        "approve": _("Approved. The line is booked."),
        "reject": _("Rejected. The line stays open."),
        "withdraw": _("Withdrawn. The line stays open."),
    }[event]
