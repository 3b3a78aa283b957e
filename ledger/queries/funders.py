"""Questions about money for a coin: who announced what, and which pots it went to."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from core.actor import PartyLike
from ledger.kinds import AccountKind
from ledger.models import Account, Coin, Funding
from ledger.queries.accounts import CLOSED_LAST
from ledger.queries.holders import names

ALONG = ("coin", "payee", "issued__coin_leg", "returned__coin_leg", *names("funder", "payee__holder"))


def fundings_of(funder: PartyLike) -> QuerySet[Funding]:
    """All that a funder ever announced, newest first, with what came of it and the names."""
    return Funding.objects.filter(funder=funder.pk).select_related(*ALONG).order_by("-pk")


def fundings_for(coin: Coin) -> QuerySet[Funding]:
    """All that was ever announced for a coin, newest first, with what came of it and the names."""
    return Funding.objects.filter(coin=coin).select_related(*ALONG).order_by("-pk")


def pots_funded_by(funder: PartyLike) -> QuerySet[Account]:
    """The pots that this party is the funder of, or that its money reached; those that are closed last."""
    given = Funding.objects.filter(funder=funder.pk, issued__isnull=False).values("payee")
    pots = Account.objects.filter(kind=AccountKind.POT).filter(Q(funder=funder.pk) | Q(pk__in=given))
    in_order = pots.order_by(CLOSED_LAST, "-pk")
    return in_order.select_related("coin", *names("holder", "funder"))
