"""The money of the demo: what is rewarded and bought in each neighbourhood, and who pays the coins in."""

from __future__ import annotations

from home.demo.money.kinds import BOARD, MUNICIPALITY, Gift, Good, Holder, Money, Pot, Then, Work
from home.demo.money.molenwijk import MOLENWIJK
from home.demo.money.sluiskade import SLUISKADE
from home.demo.money.zonneveld import ZONNEVELD

__all__ = [
    "BOARD",
    "MONEY",
    "MUNICIPALITY",
    "Gift",
    "Good",
    "Holder",
    "Money",
    "Pot",
    "Then",
    "Work",
]

MONEY = (MOLENWIJK, SLUISKADE, ZONNEVELD)
