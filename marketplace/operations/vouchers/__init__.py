"""Vouchers: made with an order, used in turns, given back, lapsed."""

from __future__ import annotations

from marketplace.operations.vouchers.clock import watch_vouchers
from marketplace.operations.vouchers.ending import (
    NotGivenBackAnyMore,
    block,
    refund_voucher,
    unblock,
)
from marketplace.operations.vouchers.finding import TooManyTries, UnknownVoucher, find
from marketplace.operations.vouchers.issuing import issue
from marketplace.operations.vouchers.using import (
    OtherUse,
    TooManyUses,
    VoucherBlocked,
    VoucherGivenBack,
    VoucherLapsed,
    VoucherUsedUp,
    use,
)

__all__ = [
    "NotGivenBackAnyMore",
    "OtherUse",
    "TooManyTries",
    "TooManyUses",
    "UnknownVoucher",
    "VoucherBlocked",
    "VoucherGivenBack",
    "VoucherLapsed",
    "VoucherUsedUp",
    "block",
    "find",
    "issue",
    "refund_voucher",
    "unblock",
    "use",
    "watch_vouchers",
]
