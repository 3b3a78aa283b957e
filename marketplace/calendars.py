"""Shifts as a calendar that a phone can follow (iCalendar, RFC 5545).

Moments are written in UTC, so that no list of time zones goes along: whoever reads it shows them where they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import get_language
from icalendar import Calendar, Event

from core.words import one_line
from marketplace.models import Shift
from marketplace.queries.activities import text_of
from marketplace.states import ShiftState

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
PRODUCT: Final = "-//Socialcoin//marketplace 1//EN"
READ_AGAIN: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A shift in a calendar. `url` is the absolute address of the page about it; `notes` are lines in front of its
    summary. It is struck through when it `is_off`, for one reader or for all, and not sure when it `is_tentative`.

    The activity of the shift came through `queries.activities.with_all`, or each entry costs queries.
    """

    shift: Shift
    url: str
    notes: tuple[str, ...] = ()
    is_off: bool = False
    is_tentative: bool = False


def calendar_of(entries: Iterable[Entry], *, name: str, at: datetime) -> bytes:
    """A whole calendar, in the language of the moment.

    `at` is written down as the moment at which it was true, by the hour: within the same hour the same calendar is the
    same bytes, so that nobody fetches them twice.
    """
    stamp = at.replace(minute=0, second=0, microsecond=0)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for said in ("name", "x-wr-calname"):  # RFC 7986, and what was used before it
        calendar.add(said, one_line(name))
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, stamp))
    return calendar.to_ical()


def _event(entry: Entry, stamp: datetime) -> Event:
    shift, text = entry.shift, text_of(entry.shift.activity)
    words = {"language": text.language} if text.language != (get_language() or settings.LANGUAGE_CODE) else {}
    event = Event()
    event.add("uid", str(shift.ref))
    event.add("dtstamp", stamp)
    event.add("dtstart", shift.starts_at)
    event.add("dtend", shift.ends_at)
    event.add("summary", one_line(text.title), parameters=words)
    event.add("location", one_line(shift.activity.place))
    about = [one_line(line) for line in (*entry.notes, text.summary)]
    event.add("description", "\n".join([*filter(None, about), entry.url]))
    event.add("url", entry.url)
    event.add("status", _status(entry))
    return event


def _status(entry: Entry) -> str:
    if entry.is_off or entry.shift.state == ShiftState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if entry.is_tentative else "CONFIRMED"
