"""Offers: written, looked at by the board, on the market, ended. What others call stands here."""

from __future__ import annotations

from marketplace.operations.offers.drafting import again, change_words, draft_offer, submit, withdraw
from marketplace.operations.offers.judging import publish, release, return_offer, suspend
from marketplace.operations.offers.leaving import leave_market
from marketplace.operations.offers.running import end, pause, resume, set_stock
from marketplace.operations.offers.telling import Told, on_told

__all__ = [
    "Told",
    "again",
    "change_words",
    "draft_offer",
    "end",
    "leave_market",
    "on_told",
    "pause",
    "publish",
    "release",
    "resume",
    "return_offer",
    "set_stock",
    "submit",
    "suspend",
    "withdraw",
]
