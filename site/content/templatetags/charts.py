"""Tags that draw charts. Their words come from the page; a table with the figures belongs beneath each."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from content.drawing import chart

register = template.Library()


@register.simple_tag
def bars(rows: Sequence[chart.Bar], top: int, top_words: str, last_words: str, label: str) -> SafeString:
    """Draw bars, the last one of now: {% bars rows top top_words last_words label %}."""
    return chart.bars(rows, top=top, top_words=top_words, last_words=last_words, label=label)


@register.simple_tag
def meter(part: int, whole: int, label: str) -> SafeString:
    """Draw a part of a whole: {% meter earned most label=words %}."""
    return chart.meter(part, whole, label)
