"""Tags that draw charts. Their words come from the page; a table with the figures belongs beneath each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.safestring import SafeString

from content.drawing import chart
from content.drawing import dots as dots_of
from content.drawing import history as history_of

register = template.Library()


@register.simple_tag
def bars(rows: Sequence[chart.Bar], top: int, top_words: str, last_words: str, label: str) -> SafeString:
    """Draw bars, the last one of now: {% bars rows top top_words last_words label %}."""
    return chart.bars(rows, top=top, top_words=top_words, last_words=last_words, label=label)


@register.simple_tag
def meter(part: int, whole: int, label: str) -> SafeString:
    """Draw a part of a whole: {% meter earned most label=words %}."""
    return chart.meter(part, whole, label)


@register.simple_tag
def dots(line: dots_of.Line) -> SafeString:
    """Draw everything that was named, a dot for each: {% dots line %}."""
    return line.draw()


@register.simple_tag
def history(
    rows: Sequence[history_of.Held], today: date, label: str, coming: history_of.Held | None = None
) -> SafeString:
    """Draw how an amount went over time: {% history rows today words %}."""
    return history_of.history(rows, today=today, coming=coming, label=label)
