"""The receipt of a booking, for its two sides and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ledger.kinds import AccountKind, TransferKind
from ledger.queries import Receipt, UnknownTransfer, receipt_numbered
from wallet.naming import shown_name
from wallet.views.base import Wallet, at_wallet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from ledger.models import Account


class Word(NamedTuple):
    """What the largest word on a receipt says, to who paid and to who was paid."""

    paid: str | _StrPromise
    received: str | _StrPromise


WORDS = {
    TransferKind.CHARGEBACK: Word(_("Paid back"), _("Got back")),
    TransferKind.REDEEM: Word(_("Exchanged"), _("Received")),
}
USUAL = Word(_("Paid"), _("Received"))
SYSTEM = frozenset({AccountKind.ISSUE, AccountKind.RESERVE, AccountKind.BANK})


@at_wallet
def receipt(request: HttpRequest, wallet: Wallet, number: str) -> HttpResponse:
    """One booking of this account, as its holder sees it."""
    try:
        found = receipt_numbered(number)
    except UnknownTransfer as error:
        raise Http404 from error
    if wallet.account.pk not in {found.payer.pk, found.payee.pk}:
        raise Http404
    is_payer = wallet.account.pk == found.payer.pk
    context = {
        "wallet": wallet,
        "receipt": found,
        "is_payer": is_payer,
        "word": WORDS.get(found.kind, USUAL)[0 if is_payer else 1],
        "other": _name(found.payee if is_payer else found.payer),
        "own": _name(wallet.account),
        "left": found.balance_of(wallet.account),
        "acted_by": _acted_by(found, wallet) if is_payer else "",
        "charged_back": found.charged_back,
    }
    return render(request, "wallet/pay/receipt.html", context)


def _name(account: Account) -> str:
    """Coins that are issued come from the neighbourhood itself."""
    return account.holder.display_name if account.kind in SYSTEM else shown_name(account)


def _acted_by(receipt: Receipt, wallet: Wallet) -> str:
    """Who paid for the holder; nothing when they did it themselves."""
    by = receipt.acted_by
    return by.display_name if by is not None and by.pk != wallet.holder.pk else ""
