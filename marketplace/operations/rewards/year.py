"""The maximum amounts of a year, as a municipality confirms them: each time a new version, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from ledger.kinds import Label
from marketplace.models import OverCap, RewardRule, RewardYear, Situation
from marketplace.queries.reward_years import confirms_amounts
from marketplace.queries.rewards import rules_for
from neighbourhoods.permissions import acting_person
from people.models import Party, PartyKind

LONGEST_SOURCE: Final = 300
EVERYBODY: Final = 120  # nobody is older


class YearBefore(Refusal):
    """What is paid is judged by the year in which it is paid: nothing is paid in a year that is over."""

    code = "reward_year_before"
    sentence = _("%(year)s is over. Its amounts can be read, not changed.")


class YearTooFar(Refusal):
    """The amounts of later years are not published yet."""

    code = "reward_year_too_far"
    sentence = _("It is too early for %(year)s. Choose this year or the next.")


class SourceMissing(Refusal):
    """Whoever checks the amounts wants to know where they stand."""

    code = "reward_source_missing"
    sentence = _(
        "Write down where the amounts stand, in no more than 300 characters: who published them, and when."
    )
    field = "source"


class AmountMissing(Refusal):
    """A line that sets no maximum is a slip."""

    code = "reward_amount_missing"
    sentence = _("Enter an amount per hour, month or year in each line.")


class AmountsOdd(Refusal):
    """The year is made of its months."""

    code = "reward_amounts_odd"
    sentence = _("The amount per year is less than that per month. Look at the amounts again.")


class AgesOdd(Refusal):
    """An age until which a line holds, below the one from which it does."""

    code = "reward_ages_odd"
    sentence = _("The last age comes before the first. Change one of the two.")


class RuleTwice(Refusal):
    """Two lines for the same people from the same age."""

    code = "reward_rule_twice"
    sentence = _("There are two lines for the same people from the age of %(age)s. Remove one of them.")


class AgeLeftOut(Refusal):
    """An age for which no line holds would have no maximum, and nobody meant that."""

    code = "reward_age_left_out"
    sentence = _("There is no line for people of %(age)s. Each age needs one.")


class YearChanged(Refusal):
    """Somebody else confirmed this year after the page was opened."""

    code = "reward_year_changed"
    sentence = _("Somebody else confirmed this year meanwhile. Look at their amounts first.")


class NotForMunicipality(Refusal):
    """Only municipalities confirm amounts."""

    code = "reward_not_for_municipality"
    sentence = _("Only a municipality confirms maximum amounts.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Maximum:
    """One line of a year: see `RewardRule`. Amounts are minor units."""

    label: str = Label.VOLUNTEER_ALLOWANCE
    situation: str = Situation.ALL
    age_from: int = 0
    age_until: int | None = None
    per_hour: int | None = None
    per_month: int | None = None
    per_year: int | None = None

    def holds_at(self, age: int) -> bool:
        return self.age_from <= age <= (EVERYBODY if self.age_until is None else self.age_until)


def confirm_year(
    *,
    municipality: Party,
    year: int,
    over_hour: str,
    over_cap: str,
    source: str,
    rules: Sequence[Maximum],
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> RewardYear:
    """This will confirm the amounts of a year as its newest version; from then on payments are judged by it.

    `seen` is the version that was on the page, nought for none: when there is a newer one, it is not passed over. The
    same amounts sent twice give the first version again.

    :raises NotAllowed: to who is no owner, finance officer or clerk of the municipality.
    :raises NotForMunicipality, YearBefore, YearTooFar, SourceMissing, AmountMissing, AmountsOdd, AgesOdd, RuleTwice,
        AgeLeftOut: about what was filled in.
    :raises YearChanged: when a newer version is there.
    """
    person = _officer(municipality, actor, at)
    _check_year(year, at)
    where = source.strip()
    if not where or len(where) > LONGEST_SOURCE:
        raise SourceMissing
    check_rules(rules)
    settings = {"over_hour": OverCap(over_hour), "over_cap": OverCap(over_cap), "source": where}
    with transaction.atomic():
        # Of two officers at once the second sees what the first confirmed.
        Party.objects.select_for_update(no_key=True).get(pk=municipality.pk)
        newest = rules_for(municipality, year)
        version = newest.version if newest else 0
        if newest and seen != version and _is_same(newest, settings, rules, person):
            return newest
        if seen is not None and seen != version:
            raise YearChanged
        made = RewardYear.objects.create(
            municipality=municipality, year=year, version=version + 1, confirmed_by=person, confirmed_at=at, **settings
        )  # fmt: skip
        RewardRule.objects.bulk_create(_row(made, one) for one in rules)
        record(
            "reward_year.confirm", subject=made, actor=actor, at=at, about=(person,), after=f"{year} {made.version}"
        )  # fmt: skip
    return made


def check_rules(rules: Sequence[Maximum]) -> None:
    """Whether lines can be confirmed together.

    :raises AmountMissing, AmountsOdd, AgesOdd, RuleTwice, AgeLeftOut: as `confirm_year`.
    """
    begun = set()
    for one in rules:
        _check_line(one)
        if (begins := (one.label, one.situation, one.age_from)) in begun:
            raise RuleTwice(age=one.age_from)
        begun.add(begins)
    _check_ages(
        one for one in rules if (one.label, one.situation) == (Label.VOLUNTEER_ALLOWANCE, Situation.ALL)
    )


def _check_line(one: Maximum) -> None:
    if one.per_hour is None and one.per_month is None and one.per_year is None:
        raise AmountMissing
    if one.age_until is not None and one.age_until < one.age_from:
        raise AgesOdd
    if one.per_month is not None and one.per_year is not None and one.per_year < one.per_month:
        raise AmountsOdd


def _check_ages(rules: Iterable[Maximum]) -> None:
    """The law has a maximum for volunteers of each age."""
    held = list(rules)
    for age in range(EVERYBODY + 1):
        if not any(one.holds_at(age) for one in held):
            raise AgeLeftOut(age=age)


def _officer(municipality: Party, actor: Actor, at: datetime) -> Party:
    if municipality.kind != PartyKind.MUNICIPALITY:
        raise NotForMunicipality
    person = acting_person(actor)
    if person is None or not confirms_amounts(person, municipality, day_of(at)):
        raise NotAllowed
    return Party.objects.get(pk=person.canonical_id)


def _check_year(year: int, at: datetime) -> None:
    this_year = day_of(at).year
    if year < this_year:
        raise YearBefore(year=year)
    if year > this_year + 1:
        raise YearTooFar(year=year)


def _row(of: RewardYear, one: Maximum) -> RewardRule:
    return RewardRule(
        of_year=of, label=one.label, situation=one.situation, age_from=one.age_from, age_until=one.age_until,
        per_hour=one.per_hour, per_month=one.per_month, per_year=one.per_year,
    )  # fmt: skip


def maximums_of(confirmed: RewardYear) -> list[Maximum]:
    """The lines of a version, as they can be confirmed again."""
    return [
        Maximum(
            label=one.label, situation=one.situation, age_from=one.age_from, age_until=one.age_until,
            per_hour=one.per_hour, per_month=one.per_month, per_year=one.per_year,
        )
        for one in confirmed.rules.all()
    ]  # fmt: skip


def _is_same(newest: RewardYear, settings: dict[str, str], rules: Sequence[Maximum], person: Party) -> bool:
    """Whether the newest version is what somebody sends for the second time."""
    lines = {astuple(one) for one in rules} == {astuple(one) for one in maximums_of(newest)}
    told = all(getattr(newest, name) == value for name, value in settings.items())
    return lines and told and newest.confirmed_by_id == person.pk
