"""The stylesheet of a neighbourhood: its text and its address, both computed from the row and nothing else."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.urls import reverse

from content.theme import stylesheet
from neighbourhoods.models import Neighbourhood

DIGITS = 8


@lru_cache(maxsize=512)
def _stylesheet(name: str, colour: str, accent: str) -> tuple[str, str]:
    text = stylesheet(name, colour, accent)
    return text, hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def theme_css(neighbourhood: Neighbourhood) -> str:
    """The stylesheet itself."""
    return _stylesheet(neighbourhood.name, neighbourhood.colour, neighbourhood.accent)[0]


def theme_hash(neighbourhood: Neighbourhood) -> str:
    """The first digits of a hash of the text: another look is another address, so browsers may keep each for ever."""
    return _stylesheet(neighbourhood.name, neighbourhood.colour, neighbourhood.accent)[1]


def theme_url(neighbourhood: Neighbourhood) -> str:
    """Where the stylesheet is."""
    return reverse("theme", args=[neighbourhood.slug, theme_hash(neighbourhood)])
