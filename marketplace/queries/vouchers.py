"""Questions about vouchers: whose, for whom, which are still good. A fixed number of queries for any number."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.models import Voucher, VoucherUse
from marketplace.states import VOUCHER
from people.models import Party
from people.queries import numbers_of

ALONG = (
    "order__offer__neighbourhood__coin", "order__terms", "order__reservation", "order__buyer__person_details",
    "order__buyer__organisation_details", "order__seller__person_details", "order__seller__organisation_details",
)  # fmt: skip


def voucher_with(code: str) -> Voucher | None:
    """The voucher with this code, with all that a page about it shows."""
    return with_all(Voucher.objects.filter(code=code)).first()


def with_all(vouchers: QuerySet[Voucher]) -> QuerySet[Voucher]:
    """The same vouchers with order, offer, words, buyer and seller: one query more, however many they are."""
    return vouchers.select_related(*ALONG).prefetch_related("order__offer__texts")


def vouchers_of(buyers: list[int]) -> QuerySet[Voucher]:
    """What these parties bought ahead, the ones that are still good first, soonest over first."""
    theirs = Q(order__buyer__in=buyers) | Q(order__buyer__same_person_as__in=buyers)
    mine = with_all(Voucher.objects.filter(theirs))
    return mine.order_by("expires_on", "pk")


def sold_by(seller: Party) -> QuerySet[Voucher]:
    """What a party sold ahead, of a person under any of their numbers."""
    sellers = numbers_of(seller).order_by() if seller.is_person else [seller]
    return Voucher.objects.filter(order__seller__in=sellers)


def good_for(seller: Party) -> QuerySet[Voucher]:
    """The vouchers that a seller may still be shown, by what they are for and then by code."""
    theirs = sold_by(seller).exclude(state__in=VOUCHER.ends)
    return with_all(theirs).order_by("order__offer_id", "code")


def uses_of(voucher: Voucher) -> QuerySet[VoucherUse]:
    """When it was used, newest first."""
    return voucher.all_uses.order_by("-used_at", "-pk")


def use_under(key: UUID, seller: Party) -> VoucherUse | None:
    """The use that was written under a key, at this seller."""
    found = VoucherUse.objects.filter(key=key, voucher__in=sold_by(seller))
    return found.select_related("voucher__order__offer__neighbourhood__coin").first()
