"""The markets of the demo, as data."""

from __future__ import annotations

from home.demo.market import molenwijk, sluiskade, zonneveld
from home.demo.market.kinds import Admitted, Answer, Deal, Market, Offered, Step

MARKETS = (molenwijk.MARKET, sluiskade.MARKET, zonneveld.MARKET)

__all__ = ["MARKETS", "Admitted", "Answer", "Deal", "Market", "Offered", "Step"]
