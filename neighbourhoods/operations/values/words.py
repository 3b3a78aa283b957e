"""The words of an item in several languages at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from core.actor import Actor
from neighbourhoods.models import ItemText, ValuedItem
from neighbourhoods.operations.values.items import write_words


def write_all_words(
    *, item: ValuedItem, words: Mapping[str, tuple[str, str]], actor: Actor, at: datetime
) -> list[ItemText]:
    """Write what an item is called, and what belongs to it, per language: all of it or none.

    :raises Refusal: as `write_words`.
    """
    with transaction.atomic():
        return [
            write_words(item=item, language=language, name=name, about=about, actor=actor, at=at)
            for language, (name, about) in words.items()
        ]
