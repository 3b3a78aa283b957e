"""Being paid: the code that somebody else opens with the camera of their phone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from content.drawing import qr
from ledger.address import in_groups
from wallet.forms.pay import ReceiveForm
from wallet.naming import written
from wallet.views.base import Wallet, at_wallet
from wallet.views.paying import is_open


@at_wallet
def receive(request: HttpRequest, wallet: Wallet) -> HttpResponse:
    """The code of this account, for an amount and a purpose when they were filled in. It changes nothing."""
    form = ReceiveForm(request.GET if {"amount", "text"} & set(request.GET) else None)
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}
    amount, text = values.get("amount"), values.get("text", "")
    link = pay_link(request, wallet, amount, text)
    label = (
        _("Code to pay %(amount)s to this account") % {"amount": written(amount)}
        if amount
        else _("Code to pay to this account")
    )
    context = {
        "wallet": wallet,
        "form": form,
        "amount": amount,
        "text": text,
        "link": link,
        "code": qr.drawing(qr.link(link), label),
        "address": in_groups(wallet.account.address),
        "is_open": is_open(wallet.account),
    }
    return render(request, "wallet/pay/receive.html", context)


def pay_link(request: HttpRequest, wallet: Wallet, amount: int | None, text: str) -> str:
    hints = {name: str(value) for name, value in (("a", amount), ("m", text)) if value}
    address = request.build_absolute_uri(reverse("pay_open", args=[wallet.account.address]))
    return f"{address}?{urlencode(hints)}" if hints else address
