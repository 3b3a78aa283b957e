"""The colours of each neighbourhood, taken from the theme that its pages are shown in."""

from __future__ import annotations

from content.theme import derive
from home.demo.pictures.canvas import Ink


def ink_of(colour: str, accent: str) -> Ink:
    day = derive(colour, accent).day
    return Ink(
        colour=day.nb,
        accent=day.accent,
        tint=day.nb_tint,
        deep=day.nb_text,
        rays=day.coin_mark,
        on_colour=day.on_nb,
    )


MOLENWIJK = ink_of("#1546c8", "#ff8a24")
SLUISKADE = ink_of("#0b5d47", "#ff9fc0")
ZONNEVELD = ink_of("#ffc81a", "#7cc7e8")
