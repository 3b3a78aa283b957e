from __future__ import annotations

from datetime import UTC, date, datetime

from core import clock


def test_a_day_is_a_day_where_the_neighbourhoods_are() -> None:
    just_past_midnight_in_summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert clock.day_of(just_past_midnight_in_summer) == date(2026, 7, 2)
