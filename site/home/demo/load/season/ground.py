"""Before the season: the maximum amounts of the year, when everybody was born, and a child that may take part."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from core.clock import day_of
from home.demo import people
from home.demo.load.money.diary import moment
from home.demo.load.persons import NAMESPACE, Crowd
from marketplace.models import OverCap, Situation
from marketplace.operations.rewards import Maximum, confirm_year
from marketplace.reward_data import KNOWN, NOTHING_UNTIL
from neighbourhoods.models import Attestation
from neighbourhoods.operations.residency import attest_at_desk, request_residency
from people.models import Mandate, PersonDetails

# The demo runs in any year. It takes over the last amounts that are known, and says so.
TAKEN_FROM = max(KNOWN)
SOURCE = f"{KNOWN[TAKEN_FROM].source} (bedragen van {TAKEN_FROM}, voor deze demo)"
SEEN = timedelta(days=90)
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


def enrol_the_child(crowd: Crowd) -> None:
    """The desk registers the child of the household at the address of its parent: so it has a wallet of its own."""
    parent = people.HOUSEHOLD.owner
    lives = parent.home
    given, _family = people.HOUSEHOLD.child
    child = Mandate.objects.filter(
        principal__organisation_details__name=people.HOUSEHOLD.name, person__person_details__given_name=given
    ).first()
    if child is None or lives is None:
        return
    at = crowd.at - SEEN
    residency = request_residency(
        person=child.person, neighbourhood=crowd.places[lives.neighbourhood], street=lives.street,
        house_number=lives.number, postcode=lives.postcode, town="Havermeer", attestation=Attestation.CLERK,
        key=uuid.uuid5(NAMESPACE, f"child of {parent.email}"), actor=crowd.desk, at=at,
    )  # fmt: skip
    attest_at_desk(residency=residency, actor=crowd.desk, at=at, on=day_of(at))
