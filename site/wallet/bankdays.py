"""Days on which banks pay one another in euros.

The closing days of TARGET (ECB, "TARGET closing days"): Saturdays and Sundays, New Year's Day, Good Friday, Easter
Monday, 1 May, Christmas Day and 26 December.
"""

from __future__ import annotations

from datetime import date, timedelta

FIXED = frozenset({(1, 1), (5, 1), (12, 25), (12, 26)})
SATURDAY = 5


def is_bank_day(on: date) -> bool:
    if on.weekday() >= SATURDAY or (on.month, on.day) in FIXED:
        return False
    return on - easter_sunday(on.year) not in {timedelta(days=-2), timedelta(days=1)}


def next_bank_day(after: date) -> date:
    """The first day after this one on which banks pay."""
    found = after + timedelta(days=1)
    while not is_bank_day(found):
        found += timedelta(days=1)
    return found


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar, as Meeus, Jones and Butcher reckon it."""
    century, rest = divmod(year, 100)
    leaps, over = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leaps - correction + 15) % 30
    sunday = (32 + 2 * over + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
