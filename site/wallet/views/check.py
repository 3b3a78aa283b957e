"""The proof of a receipt: for its two sides as a file, and the page on which anybody's browser checks it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.sealing.keys import verifiers_of
from ledger.queries import UnknownTransfer, receipt_numbered
from ledger.queries.proof import proof_of
from neighbourhoods.models import Neighbourhood
from wallet.proofs import LOG, written
from wallet.views.base import Wallet, at_wallet


@require_safe
def proof_check(request: HttpRequest) -> HttpResponse:
    """The page that checks. It is given our keys and the names of the coins; what is checked never comes here."""
    context = {
        "verifiers": [str(one) for one in verifiers_of(LOG)],
        "coins": [one.coin for one in Neighbourhood.objects.select_related("coin").order_by("name")],
        "log_url": reverse("log_checkpoint", args=[LOG]).removesuffix("checkpoint"),
    }
    return render(request, "wallet/proof/check.html", context)


@require_safe
@at_wallet
def receipt_proof(request: HttpRequest, wallet: Wallet, number: str) -> HttpResponse:
    """That a payment of this account is sealed, as a file that can be kept and checked without us."""
    try:
        receipt = receipt_numbered(number)
    except UnknownTransfer as error:
        raise Http404 from error
    if wallet.account.pk not in {receipt.payer.pk, receipt.payee.pk}:
        raise Http404
    proof = proof_of(receipt.transfer.pk)
    if proof is None or proof.salt is None:
        raise Http404
    response = JsonResponse(written(proof, proof.salt), json_dumps_params={"indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{receipt.number}.json"'
    return response
