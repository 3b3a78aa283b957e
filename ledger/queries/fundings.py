"""Questions about money on its way in."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from ledger.kinds import FundingState
from ledger.models import Coin, Funding
from ledger.queries.holders import names


class UnknownFunding(Refusal):
    """No funding has this payment reference."""

    code = "unknown_funding"
    sentence = _("We do not know this payment reference.")
    field = "reference"


def funding_by_reference(reference: str) -> Funding:
    """The funding with this payment reference, however a bank or a person writes it: only letters and figures count.

    :raises UnknownFunding: when there is none.
    """
    written = "".join(sign for sign in reference.upper() if sign.isalnum())
    with_all = Funding.objects.select_related("coin", "payee", *names("funder", "payee__holder"))
    found = with_all.filter(reference=written).first()
    if found is None:
        raise UnknownFunding
    return found


def open_fundings(coin: Coin) -> QuerySet[Funding]:
    """Money that was announced and is not here yet, with names, the first expected first."""
    expected = Funding.objects.filter(coin=coin, state=FundingState.ANNOUNCED)
    return expected.select_related("payee", *names("funder", "payee__holder")).order_by("expires_on", "pk")


def fundings_with(references: Collection[str]) -> dict[str, Funding]:
    """The fundings with these payment references, by reference. Those that nobody has are not in it."""
    if not references:
        return {}
    found = Funding.objects.filter(reference__in=references)
    return {
        one.reference: one for one in found.select_related("coin", "payee", *names("funder", "payee__holder"))
    }
