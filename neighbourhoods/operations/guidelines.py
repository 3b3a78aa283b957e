"""Between which amounts a municipality wants values to be: each change is a new version, from a day that is to come."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from neighbourhoods.models import Category, Unit, ValueGuideline
from neighbourhoods.permissions import acting_person, check
from neighbourhoods.queries.guidelines import has_say, versions
from people.models import Party


class GuidelineInPast(Refusal):
    """What was decided under a guideline stays decided: a new one holds from today at the earliest."""

    code = "guideline_in_past"
    sentence = _("Choose today or a later day. A guideline never holds for days that are over.")
    field = "from_on"


class HalfABand(Refusal):
    """A guideline has two ends."""

    code = "guideline_half"
    sentence = _("Enter both amounts. Or leave both empty to take the guideline away.")
    field = "high"


class WrongWayRound(Refusal):
    """The highest amount is below the lowest, or nothing fits in between."""

    code = "guideline_wrong_way_round"
    sentence = _("The highest amount must be above 0 and no lower than the lowest.")
    field = "high"


class NoGuideline(Refusal):
    """There is nothing to take away."""

    code = "no_guideline"
    sentence = _("There is no guideline for this on that day. Enter two amounts to make one.")
    field = "low"


def set_guideline(
    *,
    municipality: Party,
    category: Category,
    unit: str,
    low: int | None,
    high: int | None,
    note: str,
    from_on: date,
    actor: Actor,
    at: datetime,
) -> ValueGuideline:
    """Write down between which amounts (minor units; both belong to it) values of a category are to be, from a day on.
    Without amounts its guideline ends on that day. What holds on that day already is returned as it is.

    It holds for all coins of the municipality's neighbourhoods, since each is worth one euro. What is in force stays.

    :raises NotAllowed: to anybody but the system, the owners and the finance people of the municipality.
    :raises GuidelineInPast, HalfABand, WrongWayRound, NoGuideline: for what can't be.
    """
    person = acting_person(actor)
    check(person is None or has_say(person, municipality, day_of(at)))
    _check_band(low, high)
    if from_on < day_of(at):
        raise GuidelineInPast
    with transaction.atomic():
        # One version at a time, also when two change it at the same moment.
        Party.objects.select_for_update(no_key=True).get(pk=municipality.canonical_id)
        told = versions(municipality).filter(category=category, unit=unit)
        present = told.filter(from_on__lte=from_on).last()
        if low is None and (present is None or present.low is None):
            raise NoGuideline
        if present and (present.low, present.high, present.note) == (low, high, note):
            return present
        made = ValueGuideline.objects.create(
            municipality_id=municipality.canonical_id, category=category, unit=Unit(unit), version=told.count() + 1,
            low=low, high=high, note=note, from_on=from_on, made_by_id=person.canonical_id if person else None,
            made_at=at,
        )  # fmt: skip
        about = [person] if person else []
        record("guideline.set", subject=made, actor=actor, at=at, about=about, after=str(made.version))
    return made


def _check_band(low: int | None, high: int | None) -> None:
    if (low is None) != (high is None):
        raise HalfABand
    if low is not None and high is not None and not 0 <= low <= high != 0:
        raise WrongWayRound
