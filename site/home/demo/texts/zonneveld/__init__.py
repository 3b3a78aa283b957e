"""Zonneveld: young streets around a water tower, families, gardens and roofs full of sun."""

from __future__ import annotations

from home.demo.texts.kinds import PlaceText, Words
from home.demo.texts.zonneveld.news import NEWS
from home.demo.texts.zonneveld.pages import BOARD, COIN, FRONT

PLACE = PlaceText(
    front=FRONT,
    pages=(COIN, BOARD),
    news=NEWS,
    news_lead=Words(
        "Nieuws uit Zonneveld: wat er te doen is, wat er groeit en wat er is besloten.",
        "News from Zonneveld: what is on, what is growing and what was decided.",
    ),
)
