"""The clock. Read in views, commands and tasks only; operations are told the time, so that tests need no clock."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, with its zone (stored in UTC)."""
    return timezone.now()


def today() -> date:
    """This day where the neighbourhoods are (Europe/Amsterdam): terms, caps and years are local days."""
    return timezone.localdate()


def day_of(moment: datetime) -> date:
    """The local day that a moment falls on."""
    return timezone.localdate(moment)
