"""Before the season: the maximum amounts of the year, and when everybody was born."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.clock import day_of
from home.demo import people
from home.demo.load.money.diary import moment
from home.demo.load.persons import Crowd
from marketplace.models import OverCap, Situation
from marketplace.operations.rewards import Maximum, confirm_year
from marketplace.reward_data import KNOWN, NOTHING_UNTIL
from people.models import PersonDetails

# The demo runs in any year. It takes over the last amounts that are known, and says so.
TAKEN_FROM = max(KNOWN)
SOURCE = f"{KNOWN[TAKEN_FROM].source} (bedragen van {TAKEN_FROM}, voor deze demo)"
OLDEST, YEARS, MONTHS, DAYS = 26, 48, 12, 28


def confirm_the_year(crowd: Crowd) -> None:
    """The finances of the municipality confirm the amounts of this year and of the one in which the season began."""
    known = KNOWN[TAKEN_FROM]
    most: dict[str, Any] = {"per_month": known.per_month, "per_year": known.per_year}
    rules = [
        Maximum(age_until=known.grown_up - 1, per_hour=known.per_hour_younger, **most),
        Maximum(age_from=known.grown_up, per_hour=None, **most),
        Maximum(situation=Situation.BENEFIT, age_until=NOTHING_UNTIL, per_month=0, per_year=0),
    ]
    actor = crowd.acting(people.KARIN, crowd.municipality)
    last_year = moment(date(day_of(crowd.at).year - 1, 12, 20), 12)
    for at in (last_year, crowd.at):
        crowd.attempt(
            f"The maximum amounts of {at.year}",
            lambda at=at: confirm_year(  # type: ignore[misc]
                municipality=crowd.municipality, year=day_of(at).year, over_hour=OverCap.WARN, over_cap=OverCap.BLOCK,
                source=SOURCE, rules=rules, actor=actor, at=at,
            ),
        )  # fmt: skip


def give_birthdays(crowd: Crowd) -> None:
    """Everybody of the demo is grown up, and was born on a day that follows from their address."""
    unborn = PersonDetails.objects.filter(born_on__isnull=True, party__login__isnull=False).select_related(
        "party"
    )
    this_year = day_of(crowd.at).year
    for details in unborn.order_by("pk"):
        number = sum(ord(sign) * place for place, sign in enumerate(details.party.login.email, start=1))
        details.born_on = date(
            this_year - OLDEST - number % YEARS, 1 + number // 7 % MONTHS, 1 + number // 5 % DAYS
        )
        details.save(update_fields=["born_on"])
