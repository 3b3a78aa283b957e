"""The time to appeal against what was decided about a value, and the first day of that value."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from core.clock import day_of
from neighbourhoods.models import ValueDecision


def appeal_window(decision: ValueDecision, at: datetime) -> dict[str, Any]:
    """What is written when a decision becomes open to appeal at a moment: until when, and from which day its value
    holds. That is the day that was asked for, and never before the day after the time to appeal."""
    until = at + timedelta(days=decision.policy.appeal_days)
    first_on = day_of(until) + timedelta(days=1)
    wanted = decision.wanted_on
    return {"appeals_until": until, "effective_on": max(wanted, first_on) if wanted else first_on}
