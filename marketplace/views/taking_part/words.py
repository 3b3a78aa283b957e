"""Moments, hours and amounts as a participant reads them."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.amounts import format_amount
from marketplace.models import Shift

HOUR = 60


def language() -> str:
    return get_language() or ""


def money(minor: int) -> str:
    """A sum in the middle of a sentence."""
    return format_amount(minor, language())


def day_words(moment: datetime) -> str:
    """A day as it is said: "Monday 23 November"."""
    return date_format(localtime(moment), "l j F")


def moment_words(moment: datetime) -> str:
    """A day and an hour: "Monday 23 November, 13:30"."""
    return date_format(localtime(moment), "l j F, H:i")


def clock_words(moment: datetime) -> str:
    return date_format(localtime(moment), "H:i")


def hours_words(shift: Shift) -> str:
    """From when until when: "13:30 to 16:30"; with the day of the end when that is another one."""
    starts, ends = localtime(shift.starts_at), localtime(shift.ends_at)
    until = clock_words(ends) if starts.date() == ends.date() else moment_words(ends)
    return _("%(from)s to %(until)s") % {"from": clock_words(starts), "until": until}


def when_words(shift: Shift) -> str:
    """A shift in one line: "Monday 23 November, 13:30 to 16:30"."""
    return f"{day_words(shift.starts_at)}, {hours_words(shift)}"


def minutes_words(minutes: int) -> str:
    """How long: "2 hours and 30 minutes"."""
    hours, rest = divmod(minutes, HOUR)
    whole = ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    part = ngettext("%(number)s minute", "%(number)s minutes", rest) % {"number": rest}
    if not rest:
        return whole
    return _("%(hours)s and %(minutes)s") % {"hours": whole, "minutes": part} if hours else part
