"""Sluiskade: houses along a lock, boats that people live on, a bridge that opens."""

from __future__ import annotations

from home.demo.texts.kinds import PlaceText, Words
from home.demo.texts.sluiskade.news import NEWS
from home.demo.texts.sluiskade.pages import BOARD, COIN, FRONT

PLACE = PlaceText(
    front=FRONT,
    pages=(COIN, BOARD),
    news=NEWS,
    news_lead=Words(
        "Nieuws van de kade: wat er te doen is, wie er meedoet en wat er is besloten.",
        "News from the quay: what is on, who joins in and what was decided.",
    ),
)
