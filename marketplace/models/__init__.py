"""What is offered and wanted, orders, vouchers, and who may take part; the pages that show it."""

from __future__ import annotations

from marketplace.models.offer import (
    ON_MARKET,
    Direction,
    Offer,
    OfferKind,
    OfferReach,
    OfferTag,
    OfferTerms,
    OfferText,
    OpeningTime,
    Reach,
    Refund,
)
from marketplace.models.order import Dispute, Order, OrderMessage, Reference, Response
from marketplace.models.pages import MarketPage, OfferPage
from marketplace.models.search import Every, SavedSearch
from marketplace.models.trust import Admission, OfferReport, ReportReason, WordRule, WordUse
from marketplace.models.voucher import Voucher, VoucherUse

__all__ = [
    "ON_MARKET",
    "Admission",
    "Direction",
    "Dispute",
    "Every",
    "MarketPage",
    "Offer",
    "OfferKind",
    "OfferPage",
    "OfferReach",
    "OfferReport",
    "OfferTag",
    "OfferTerms",
    "OfferText",
    "OpeningTime",
    "Order",
    "OrderMessage",
    "Reach",
    "Reference",
    "Refund",
    "ReportReason",
    "Response",
    "SavedSearch",
    "Voucher",
    "VoucherUse",
    "WordRule",
    "WordUse",
]
