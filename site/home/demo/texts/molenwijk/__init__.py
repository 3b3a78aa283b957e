"""Molenwijk: old streets around a mill, a community house, a school."""

from __future__ import annotations

from home.demo.texts.kinds import PlaceText, Words
from home.demo.texts.molenwijk.news import NEWS
from home.demo.texts.molenwijk.pages import BOARD, COIN, FRONT

PLACE = PlaceText(
    front=FRONT,
    pages=(COIN, BOARD),
    news=NEWS,
    news_lead=Words(
        "Wat er in Molenwijk gebeurt, wat er te doen is en wat er is besloten.",
        "What happens in Molenwijk, what is on and what was decided.",
    ),
)
