"""The room of accounts at a finance desk: whose they are and what they may. What is on them is not shown here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from ledger.address import in_groups, parse_address
from ledger.kinds import HELD, AccountKind, AccountState
from ledger.operations import UnknownAccount
from ledger.queries import account_at
from neighbourhoods.views.posted import posted
from wallet.forms.finance_holders import FindAccountForm, OpenAccountForm, ReasonForm, ReclassifyForm
from wallet.operations import desk_accounts
from wallet.queries.holders import RESIDENTS, accounts_of_organisations, organisation_called
from wallet.views.base import FinanceDesk, at_finance_desk

if TYPE_CHECKING:
    from ledger.models import Account

PER_PAGE = 20
# What can be done with an account, from which states, and what is said then.
DEEDS: dict[str, tuple[Callable[..., None], frozenset[str], Any]] = {
    "block": (desk_accounts.block, frozenset({AccountState.OPEN}), gettext_lazy("The account is blocked.")),
    "unblock": (
        desk_accounts.unblock,
        frozenset({AccountState.BLOCKED}),
        gettext_lazy("The account is open again."),
    ),
    "close": (desk_accounts.close, frozenset({AccountState.OPEN}), gettext_lazy("The account is closed.")),
}


@at_finance_desk
def accounts(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """Organisations by name; anybody's account by its whole address. Residents are nobody's to leaf through."""
    form = FindAccountForm(request.GET or None)
    chosen, sought = (form.chosen(), form.sought) if form.is_bound else ({}, "")
    address = parse_address(sought)
    if address:
        try:
            return redirect(
                "finance_account", slug=desk.neighbourhood.slug, address=_here(desk, address).address
            )
        except UnknownAccount as refusal:
            refuse(form, refusal)
    found = accounts_of_organisations(desk.coin, sought).filter(**chosen)
    context = {
        "desk": desk,
        "form": form,
        "pages": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "crumbs": desk.crumbs(),
    }
    return render(request, "wallet/finance/accounts.html", context)


@at_finance_desk
def account(request: HttpRequest, desk: FinanceDesk, address: str) -> HttpResponse:
    """One account: whose, since when, what it may. Who looks at that of a resident is written down."""
    found = _found(desk, address)
    desk_accounts.look_at_account(
        neighbourhood=desk.neighbourhood, account=found, actor=desk.actor, at=clock.now()
    )
    context = {
        "desk": desk,
        "account": found,
        "address": in_groups(found.address),
        "is_resident": found.holder.kind in RESIDENTS,
        "deeds": [name for name, (_deed, states, _said) in DEEDS.items() if found.state in states],
        "crumbs": desk.crumbs((_("Accounts"), reverse("finance_accounts", args=[desk.neighbourhood.slug]))),
    }
    return render(request, "wallet/finance/account.html", context)


@at_finance_desk
def change(request: HttpRequest, desk: FinanceDesk, address: str, deed: str) -> HttpResponse:
    """Block, free or close an account, with a reason."""
    found = _found(desk, address)
    if deed not in DEEDS:
        raise Http404
    act, _states, said = DEEDS[deed]
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            act(
                neighbourhood=desk.neighbourhood,
                account=found,
                reason=form.cleaned_data["reason"],
                actor=desk.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, said)
            return redirect("finance_account", slug=desk.neighbourhood.slug, address=found.address)
    return render(
        request, "wallet/finance/account_change.html", {**_about(desk, found), "form": form, "deed": deed}
    )


@at_finance_desk
def reclassify(request: HttpRequest, desk: FinanceDesk, address: str) -> HttpResponse:
    """Say anew what an account is and may."""
    found = _found(desk, address)
    now = {"in_area": found.in_area, "may_redeem": found.may_redeem, "ceiling": found.ceiling}
    supplies = found.kind == AccountKind.HOLDER and found.holder.kind not in RESIDENTS
    form = ReclassifyForm(posted(request), initial=now, may_have_contract=supplies)
    if request.method == "POST" and form.is_valid():
        words = {"may_redeem": found.may_redeem, **form.cleaned_data}
        try:
            desk_accounts.reclassify(
                neighbourhood=desk.neighbourhood, account=found, actor=desk.actor, at=clock.now(), **words
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The account is changed."))
            return redirect("finance_account", slug=desk.neighbourhood.slug, address=found.address)
    return render(request, "wallet/finance/account_terms.html", {**_about(desk, found), "form": form})


@at_finance_desk
def open_one(request: HttpRequest, desk: FinanceDesk) -> HttpResponse:
    """An account for an organisation."""
    form = OpenAccountForm(posted(request))
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        key = derive_key(
            scope="finance.open_account", owner=desk.person.canonical_id, form_id=words.pop("key")
        )
        try:
            made = desk_accounts.open_for_organisation(
                neighbourhood=desk.neighbourhood,
                organisation=organisation_called(words.pop("organisation")),
                key=key,
                actor=desk.actor,
                at=clock.now(),
                **words,
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The account is open."))
            return redirect("finance_account", slug=desk.neighbourhood.slug, address=made.address)
    deeper = (_("Accounts"), reverse("finance_accounts", args=[desk.neighbourhood.slug]))
    context = {"desk": desk, "form": form, "crumbs": desk.crumbs(deeper)}
    return render(request, "wallet/finance/account_open.html", context)


def _here(desk: FinanceDesk, address: str) -> Account:
    """:raises UnknownAccount: for an account in another coin, as for one that does not exist."""
    found = account_at(address)
    if found.coin_id != desk.coin.pk or found.kind not in HELD:
        raise UnknownAccount
    return found


def _found(desk: FinanceDesk, address: str) -> Account:
    """:raises Http404: for an account that is not of this desk."""
    try:
        return _here(desk, address)
    except UnknownAccount:
        raise Http404 from None


def _about(desk: FinanceDesk, found: Account) -> dict[str, Any]:
    """What a form about one account is shown with."""
    slug = desk.neighbourhood.slug
    here = (found.holder.display_name, reverse("finance_account", args=[slug, found.address]))
    return {
        "desk": desk,
        "account": found,
        "address": in_groups(found.address),
        "crumbs": desk.crumbs((_("Accounts"), reverse("finance_accounts", args=[slug])), here),
    }
