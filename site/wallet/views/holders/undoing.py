"""The room at a finance desk where payments are undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from ledger.kinds import CAN_BE_PAID_BACK
from ledger.queries import Receipt, UnknownTransfer, receipt_numbered
from ledger.receipts import receipt_number
from neighbourhoods.views.posted import posted
from people.queries import is_same_person
from wallet.forms.finance_holders import FindPaymentForm, UndoForm
from wallet.models import ChargebackCase
from wallet.operations import chargebacks
from wallet.queries.chargebacks import cases_of, open_cases
from wallet.states import SecondLookState
from wallet.views.base import FinanceDesk, at_finance_desk

PER_PAGE = 20
DECISIONS = {"approve": chargebacks.approve, "reject": chargebacks.reject, "withdraw": chargebacks.withdraw}


@at_finance_desk
def payments(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """Look up a payment by its number; below it what waits for a second person, and what was decided."""
    form = FindPaymentForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        try:
            number = _number_here(desk, form.cleaned_data["number"])
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("finance_payment", slug=desk.neighbourhood.slug, number=number)
    cases = cases_of(desk.neighbourhood).exclude(state=SecondLookState.PROPOSED)
    context = {
        "desk": desk,
        "form": form,
        "open": open_cases(desk.neighbourhood),
        "pages": Paginator(cases, PER_PAGE).get_page(request.GET.get("page")),
        "crumbs": desk.crumbs(),
    }
    return render(request, "wallet/finance/payments.html", context)


@at_finance_desk
def payment(request: HttpRequest, desk: FinanceDesk, number: str) -> HttpResponse:
    """One payment, what was undone of it, and a form to undo it. Both sides can see that somebody looked."""
    try:
        receipt = chargebacks.look_up_payment(
            neighbourhood=desk.neighbourhood, number=number, actor=desk.actor, at=clock.now()
        )
    except UnknownTransfer:
        raise Http404 from None
    treasury, room = desk.treasury, chargebacks.room_of(receipt)
    form = UndoForm(posted(request), initial={"amount": room or None})
    if request.method == "POST" and treasury and form.is_valid():
        words = dict(form.cleaned_data)
        key = derive_key(scope="chargeback", owner=desk.person.canonical_id, form_id=words.pop("key"))
        try:
            case = chargebacks.undo_payment(
                treasury=treasury, receipt=receipt, key=key, actor=desk.actor, at=clock.now(), **words
            )
        except chargebacks.NotUndoneYet as refusal:
            messages.warning(request, str(refusal))
            return redirect("finance_chargeback", slug=desk.neighbourhood.slug, pk=refusal.case.pk)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _said(case))
            return redirect("finance_chargeback", slug=desk.neighbourhood.slug, pk=case.pk)
    context = {
        "desk": desk,
        "receipt": receipt,
        "form": form,
        "room": room,
        "can_be": receipt.kind in CAN_BE_PAID_BACK,
        "treasury": treasury,
        "cases": cases_of(desk.neighbourhood).filter(transfer=receipt.transfer.pk),
        "crumbs": desk.crumbs(_back(desk)),
    }
    return render(request, "wallet/finance/payment.html", context)


@at_finance_desk
def case(request: HttpRequest, desk: FinanceDesk, pk: int) -> HttpResponse:
    """One proposal: a second person approves or rejects it, whoever made it takes it back."""
    found = get_object_or_404(cases_of(desk.neighbourhood), pk=pk)
    context = {
        **_case(desk, found),
        "crumbs": desk.crumbs(_back(desk)),
    }
    return render(request, "wallet/finance/case.html", context)


@at_finance_desk
@require_POST
def decide(request: HttpRequest, desk: FinanceDesk, pk: int, decision: str) -> HttpResponse:
    """What somebody decides about a proposal."""
    found = get_object_or_404(cases_of(desk.neighbourhood), pk=pk)
    if decision not in DECISIONS:
        raise Http404
    try:
        DECISIONS[decision](case=found, actor=desk.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _said(found))
    return redirect("finance_chargeback", slug=desk.neighbourhood.slug, pk=pk)


def _number_here(desk: FinanceDesk, typed: str) -> str:
    """The number as it is written, of a payment in the coin of this desk.

    :raises UnknownTransfer: for one in another coin, as for none.
    """
    receipt: Receipt = receipt_numbered(typed)
    if receipt.coin.pk != desk.coin.pk:
        raise UnknownTransfer
    return receipt.number


def _case(desk: FinanceDesk, found: ChargebackCase) -> dict[str, Any]:
    waits = found.state == SecondLookState.PROPOSED
    is_mine = is_same_person(desk.person, found.proposed_by)
    for_one = waits and chargebacks.is_for_one(found)
    return {
        "desk": desk,
        "case": found,
        "number": receipt_number(found.transfer_id),
        "waits": waits,
        "for_one": for_one,
        "is_mine": is_mine,
        "may_approve": waits and (for_one or not is_mine),
    }


def _said(case: ChargebackCase) -> str:
    return {
        SecondLookState.PROPOSED: _("The proposal waits for a second person. Nothing is undone yet."),
        SecondLookState.APPROVED: _("The payment is undone."),
        SecondLookState.REJECTED: _("The proposal is rejected. The payment stays as it is."),
        SecondLookState.WITHDRAWN: _("The proposal is withdrawn. The payment stays as it is."),
    }[SecondLookState(case.state)]


def _back(desk: FinanceDesk) -> tuple[str, str]:
    return _("Undo a payment"), reverse("finance_payments", args=[desk.neighbourhood.slug])
