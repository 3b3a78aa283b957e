"""Pots at the finance desk: what is in them and how long that lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from ledger.kinds import AccountState
from neighbourhoods.views.posted import posted
from wallet.forms.money_in import PotForm, WhyForm
from wallet.money_words import payee_words
from wallet.operations import desk_accounts
from wallet.operations.pots import open_pot
from wallet.queries.pots import PotRow, pots_at
from wallet.views.base import FinanceDesk, at_finance_desk

if TYPE_CHECKING:
    from ledger.models import Account

MOVES = {
    "block": (desk_accounts.block, AccountState.BLOCKED),
    "unblock": (desk_accounts.unblock, AccountState.OPEN),
}


@at_finance_desk
def finance_pots(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """All pots that are not closed, the first to end first."""
    rows = pots_at(desk.coin, clock.today())
    context = {
        "desk": desk,
        "rows": rows,
        "total": sum(row.pot.balance for row in rows),
    }
    return render(request, "wallet/finance/pots.html", context)


@at_finance_desk
def finance_pot_open(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """A new pot. Sent twice, it is opened once."""
    form = PotForm(posted(request))
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        key = derive_key(scope="pot", owner=desk.person.pk, form_id=words.pop("key"))
        try:
            pot = open_pot(
                neighbourhood=desk.neighbourhood, key=key, actor=desk.actor, at=clock.now(), **words
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The pot is open. It is empty until its funder’s money is in."))
            return redirect("finance_pot", slug=desk.neighbourhood.slug, address=pot.address)
    context = {"desk": desk, "form": form, "crumbs": _crumbs(desk)}
    return render(request, "wallet/finance/pot_open.html", context)


@at_finance_desk
def finance_pot(request: HttpRequest, desk: FinanceDesk, address: str) -> HttpResponse:
    """One pot; blocking it and opening it again."""
    row = _row(desk, address)
    pot = row.pot.account
    form = WhyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            _move(desk, pot, request.POST.get("do", ""), form.cleaned_data["reason"])
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            blocked = pot.state == AccountState.BLOCKED
            said = _("Blocked. Nothing goes in or out.") if blocked else _("Open again.")
            messages.success(request, said)
            return redirect("finance_pot", slug=desk.neighbourhood.slug, address=address)
    context: dict[str, Any] = {
        "desk": desk,
        "row": row,
        "pot": row.pot,
        "title": payee_words(pot),
        "form": form,
        "crumbs": _crumbs(desk),
    }
    return render(request, "wallet/finance/pot.html", context)


def _move(desk: FinanceDesk, pot: Account, what: str, reason: str) -> None:
    """Do what the button says: a form that was sent twice finds it done, and does not undo it.

    :raises Http404: for any other word.
    """
    act, becomes = MOVES.get(what, (None, ""))
    if act is None:
        raise Http404
    if pot.state != becomes:
        act(neighbourhood=desk.neighbourhood, account=pot, reason=reason, actor=desk.actor, at=clock.now())
        pot.refresh_from_db(fields=["state"])


def _row(desk: FinanceDesk, address: str) -> PotRow:
    """:raises Http404: when it is no open pot of this coin."""
    for row in pots_at(desk.coin, clock.today()):
        if row.pot.account.address == address:
            return row
    raise Http404


def _crumbs(desk: FinanceDesk) -> list[tuple[str, str]]:
    return desk.crumbs((_("Pots"), reverse("finance_pots", args=[desk.neighbourhood.slug])))
