"""Days as the texts write them: `{1fri}` is the Friday of next week, `{0today}` the day of loading itself."""

from __future__ import annotations

import re
from datetime import date, timedelta

from babel.dates import format_date

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = re.compile(r"(-?\d+)(mon|tue|wed|thu|fri|sat|sun|today)")
IN_TEXT = re.compile(r"\{(-?\d+\w+)\}")


def day(written: str, *, today: date) -> date:
    """The day that is meant, counted in weeks from the week of `today`.

    :raises ValueError: when it is not written so.
    """
    match = DAY.fullmatch(written)
    if match is None:
        raise ValueError(f"{written} is no day: write it as 1fri, -2mon or 0today.")
    if match[2] == "today":
        return today + timedelta(weeks=int(match[1]))
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=int(match[1]), days=WEEKDAYS.index(match[2]))


def with_days(text: str, *, today: date, language: str) -> str:
    """The text with its days written out."""

    def written_out(match: re.Match[str]) -> str:
        return format_date(day(match[1], today=today), "d MMMM y", locale=language)

    return IN_TEXT.sub(written_out, text)
