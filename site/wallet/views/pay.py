"""Paying: from which account, to whom, how much; then look once more, and pay. Every step works without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from core import clock
from core.amounts import DECIMALS, LARGEST_AMOUNT
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from ledger.kinds import AccountKind, Label
from ledger.queries import booked_under
from people.acting import person_behind
from wallet.forms.pay import ConfirmForm, PaymentForm, WhomForm
from wallet.models.requests import LONGEST_TEXT
from wallet.naming import shown_name
from wallet.operations.lookups import TooManyLookups, look_up_any
from wallet.operations.payments import pay as pay_now
from wallet.queries.paying import payable_by
from wallet.views import paying
from wallet.views.base import Wallet, at_wallet

if TYPE_CHECKING:
    from uuid import UUID

    from ledger.models import Account, Transfer

WHOM = "wallet/pay/whom.html"
LONGEST_NUMBER = 15


@login_required
@never_cache
def pay(request: HttpRequest) -> HttpResponse:
    """From which account? Who has one is not asked."""
    accounts = payable_by(person_behind(request), clock.today())
    if len(accounts) == 1:
        return redirect("pay_from", accounts[0].account.address)
    return render(request, "wallet/pay/from.html", {"accounts": accounts})


@login_required
@never_cache
def pay_open(request: HttpRequest, address: str) -> HttpResponse:
    """The link in a QR code: with the account in the right coin, when there is one. What it says is a hint only."""
    person = person_behind(request)
    try:
        payee = look_up_any(address=address, person=person, at=clock.now())
    except TooManyLookups as refusal:
        return render(request, "wallet/pay/too_many.html", {"refusal": refusal}, status=paying.TOO_OFTEN)
    if payee is None:
        return render(request, "wallet/pay/nobody.html", status=404)
    accounts = payable_by(person, clock.today())
    fitting = [one for one in accounts if one.account.coin_id == payee.coin_id and one.account != payee]
    said = {name: request.GET[name][:LONGEST_TEXT] for name in "am" if request.GET.get(name)}
    hints = urlencode({"to": payee.address, **said})
    # With one account of one's own the rest is for who acts for others; the page says from which, and leads there.
    own = [one for one in fitting if one.is_own and one.account.kind == AccountKind.HOLDER]
    chosen = fitting if len(fitting) == 1 else own
    if len(chosen) == 1:
        response = redirect("pay_from", chosen[0].account.address)
        response["Location"] += f"?{hints}"
        return response
    context = {"accounts": fitting, "hints": hints, "coin": payee.coin, "is_own": _has(accounts, payee)}
    return render(request, "wallet/pay/from.html", context)


@at_wallet
def pay_from(request: HttpRequest, wallet: Wallet) -> HttpResponse:
    """Whom, how much, look once more, pay: each is this page."""
    if not wallet.may_pay:
        return paying.may_not_pay(wallet)
    step = paying.posted_step(request)
    if step == "pay":
        return _confirm(wallet)
    if request.method == "POST":
        return _amounts(wallet, request.POST, shows_preview=step == "preview")
    if not request.GET.get("to"):
        form = WhomForm(request.GET if "to" in request.GET else None)
        return paying.whom_page(wallet, WHOM, form=form)
    return _amounts(wallet, _hints(request), shows_preview=True, is_hint=True)


def _hints(request: HttpRequest) -> dict[str, str]:
    """What a link says, cut to what can be meant: amount in minor units, words."""
    minor, text = request.GET.get("a", ""), request.GET.get("m", "")[:LONGEST_TEXT]
    is_number = minor.isascii() and minor.isdigit() and len(minor) <= LONGEST_NUMBER
    is_amount = is_number and 0 < int(minor) <= LARGEST_AMOUNT * 10**DECIMALS
    return {
        "to": request.GET.get("to", ""),
        "amount": _plain(int(minor)) if is_amount else "",
        "text": text,
    }


def _plain(minor: int) -> str:
    """An amount as every language reads it: "1234.50"."""
    return f"{minor // 10**DECIMALS}.{minor % 10**DECIMALS:0{DECIMALS}}"


def _amounts(
    wallet: Wallet, data: Any, *, shows_preview: bool, is_hint: bool = False, refusal: Refusal | None = None
) -> HttpResponse:
    """How much and what for, of somebody known by now; and the preview once that is right."""
    whom = WhomForm(data)
    if not whom.is_valid():
        return paying.whom_page(wallet, WHOM, form=whom)
    try:
        payee = paying.payee_at(wallet, whom.cleaned_data["to"])
    except Refusal as wrong:
        return paying.whom_page(wallet, WHOM, form=whom, refusal=wrong)
    is_complete = shows_preview and not (is_hint and not data["amount"])
    form = _form(wallet, data, is_bound=is_complete or refusal is not None)
    purse = paying.purse_of(wallet)
    if refusal is not None:
        refuse(form, refusal)
    elif is_complete and form.is_valid() and _fits(wallet, purse, form):
        return _preview(wallet, payee, purse, form.cleaned_data)
    context = {"wallet": wallet, "form": form, "payee": payee, "name": shown_name(payee), "purse": purse}
    return render(wallet.request, "wallet/pay/amount.html", context)


def _form(wallet: Wallet, data: Any, *, is_bound: bool) -> PaymentForm:
    if is_bound:
        return PaymentForm(data, is_pot=paying.is_pot(wallet))
    initial = {name: data.get(name, "") for name in ("to", "amount", "text", "label")}
    return PaymentForm(initial=initial, is_pot=paying.is_pot(wallet))


def _fits(wallet: Wallet, purse: paying.Purse, form: PaymentForm) -> bool:
    try:
        paying.check_purse(wallet, purse, form.cleaned_data["amount"])
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def _preview(
    wallet: Wallet,
    payee: Account,
    purse: paying.Purse,
    values: dict[str, Any],
    *,
    again: Transfer | None = None,
) -> HttpResponse:
    """Is this right? Who, how much, what remains. Sent from here it pays."""
    amount = values["amount"]
    sent = {
        **values,
        "to": payee.address,
        "amount": _plain(amount),
        "form_id": paying.preview_id(wallet, payee, values),
        "seen": wallet.account.last_no,
    }
    context = {
        "wallet": wallet,
        "payee": payee,
        "name": shown_name(payee),
        "purse": purse,
        "amount": amount,
        "text": values["text"],
        "label": Label(values["label"]).label if values.get("label") else "",
        "after": purse.available - amount,
        "form": ConfirmForm(initial=sent, is_pot=paying.is_pot(wallet)),
        "again": again or paying.same_just_now(wallet, payee, amount),
    }
    return render(wallet.request, "wallet/pay/preview.html", context)


def _confirm(wallet: Wallet) -> HttpResponse:
    """Pay what the preview showed. Sent again it shows the receipt of the first time."""
    data = wallet.request.POST
    form = ConfirmForm(data, is_pot=paying.is_pot(wallet))
    if not form.is_valid():
        return _amounts(wallet, data, shows_preview=True)
    values = form.cleaned_data
    key = derive_key(scope="pay", owner=wallet.account.pk, form_id=values["form_id"])
    if done := _done_before(wallet, key, values):
        return paying.to_receipt(wallet.account, done)
    try:
        payee = paying.payee_at(wallet, values["to"])
    except Refusal as refusal:
        return paying.whom_page(wallet, WHOM, form=WhomForm(data), refusal=refusal)
    return _pay(wallet, payee, key, values)


def _pay(wallet: Wallet, payee: Account, key: UUID, values: dict[str, Any]) -> HttpResponse:
    again = _paid_meanwhile(wallet, payee, values)
    if again is not None and again.key == key:  # by this very form, in another tab at this very moment
        return paying.to_receipt(wallet.account, again)
    if again is not None:
        return _preview(wallet, payee, paying.purse_of(wallet), values, again=again)
    try:
        paid = pay_now(
            payer=wallet.account, payee=payee, amount=values["amount"], text=values["text"], key=key,
            label=values.get("label", ""), actor=wallet.actor, at=clock.now(), day_limit=wallet.day_limit,
        )  # fmt: skip
    except Refusal as refusal:
        return _amounts(wallet, wallet.request.POST, shows_preview=False, refusal=refusal)
    return paying.to_receipt(wallet.account, paid)


def _done_before(wallet: Wallet, key: UUID, values: dict[str, Any]) -> Transfer | None:
    """What this very form paid, however the two accounts are by now."""
    done = booked_under(key)
    if done is None or done.payer_id != wallet.account.pk or done.amount != values["amount"]:
        return None
    return done if done.payee.address == values["to"] else None


def _paid_meanwhile(wallet: Wallet, payee: Account, values: dict[str, Any]) -> Transfer | None:
    """The same, paid in another tab since this preview was shown: then we ask once more."""
    same = paying.same_just_now(wallet, payee, values["amount"])
    seen = values["seen"]
    return same if same is not None and seen is not None and same.payer_no > seen else None


def _has(accounts: list[Any], payee: Account) -> bool:
    return any(one.account == payee for one in accounts)
