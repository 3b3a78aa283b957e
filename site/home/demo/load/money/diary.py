"""What is to happen in the demo, moment by moment over all its neighbourhoods: history is booked in order."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

Deed = Callable[..., object]
DAY = timedelta(days=1)


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """This hour of a local day."""
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_current_timezone())


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first up to and including the last."""
    while first <= last:
        yield first
        first += DAY


class Diary:
    """Deeds with their moments. A deed may note others, for later."""

    def __init__(self) -> None:
        self._noted: list[tuple[datetime, int, Deed, tuple[Any, ...]]] = []
        self._count = 0

    def note(self, at: datetime, deed: Deed, *words: Any) -> None:
        """Have `deed(*words, at)` happen at a moment. Of two at one moment the one noted first comes first."""
        self._count += 1
        heapq.heappush(self._noted, (at, self._count, deed, words))

    def live(self, until: datetime) -> None:
        """Let everything happen, in order, up to this moment. What lies behind it never happens."""
        while self._noted and self._noted[0][0] <= until:
            at, _count, deed, words = heapq.heappop(self._noted)
            deed(*words, at)
