"""What is organised in the demo, and who came: one module for each neighbourhood."""

from __future__ import annotations

from home.demo.season.kinds import Season
from home.demo.season.molenwijk import MOLENWIJK
from home.demo.season.sluiskade import SLUISKADE
from home.demo.season.zonneveld import ZONNEVELD

SEASONS: tuple[Season, ...] = (MOLENWIJK, SLUISKADE, ZONNEVELD)

__all__ = ["SEASONS", "Season"]
