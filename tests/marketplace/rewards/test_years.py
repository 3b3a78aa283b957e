"""A municipality confirms the maximum amounts of a year."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from core.actor import Actor
from core.audit import lines_about
from core.refusals import NotAllowed, Refusal
from ledger.kinds import Label
from marketplace.models import OverCap, RewardRule, RewardYear, Situation
from marketplace.operations.rewards import Maximum, confirm_year
from marketplace.queries.reward_years import municipalities_confirmed_by, newest_of
from marketplace.queries.rewards import rules_for
from people.models import Party, Role, User
from tests.factories.activities import AT, Season, season
from tests.factories.people import actor, mandate, person
from tests.plugins.data import RealCommits

YOUNGER = Maximum(age_until=20, per_hour=3_30, per_month=210_00, per_year=2100_00)
OLDER = Maximum(age_from=21, per_hour=5_60, per_month=210_00, per_year=2100_00)
BENEFIT = Maximum(situation=Situation.BENEFIT, age_until=26, per_month=0, per_year=0)
LINES = (YOUNGER, OLDER, BENEFIT)


def _confirm(there: Season, by: User | None = None, **more: Any) -> RewardYear:
    """By Fenna, who does the finances of the municipality."""
    who = by or there.place.fenna
    told: dict[str, Any] = {
        "municipality": there.municipality, "year": 2027, "over_hour": OverCap.WARN, "over_cap": OverCap.BLOCK,
        "source": "Belastingdienst, november 2026", "rules": LINES,
        "actor": actor(who, principal=there.municipality), "at": AT, **more,
    }  # fmt: skip
    return confirm_year(**told)


def test_a_confirmed_year_has_its_lines_its_source_and_who_confirmed_it(there: Season) -> None:
    made = _confirm(there)

    assert (made.version, made.confirmed_by, made.source) == (
        1, there.place.fenna.person, "Belastingdienst, november 2026",
    )  # fmt: skip
    assert list(made.rules.values_list("situation", "age_from", "age_until", "per_hour")) == [
        ("ALL", 0, 20, 3_30), ("ALL", 21, None, 5_60), ("BENEFIT", 0, 26, None),
    ]  # fmt: skip
    assert lines_about(there.place.fenna.person)[0].event == "reward_year.confirm"


def test_a_correction_is_a_newer_version_and_the_older_one_stays(there: Season) -> None:
    _confirm(there)
    _confirm(there, over_cap=OverCap.SIGN, seen=1)

    found = rules_for(there.municipality, 2027)

    assert found is not None
    assert (found.version, found.over_cap, found.rules.count()) == (2, OverCap.SIGN, 3)
    assert list(RewardYear.objects.filter(year=2027).values_list("version", "over_cap")) == [
        (2, "SIGN"), (1, "BLOCK"),
    ]  # fmt: skip
    assert {year: one.version for year, one in newest_of(there.municipality).items()} == {2027: 2, 2026: 1}


@pytest.mark.parametrize("role", [Role.OWNER, Role.FINANCE, Role.CLERK])
def test_its_owner_its_finance_officers_and_its_clerks_confirm(there: Season, role: Role) -> None:
    gerda = person("Gerda")
    mandate(person=gerda, principal=there.municipality, role=role)

    assert _confirm(there, gerda).confirmed_by == gerda.person
    assert municipalities_confirmed_by(gerda.person, AT.date()) == [there.municipality]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CASE_WORKER, Role.ORGANISER, Role.APPEALS])
def test_its_other_officers_do_not(there: Season, role: Role) -> None:
    gerda = person("Gerda")
    mandate(person=gerda, principal=there.municipality, role=role)

    with pytest.raises(NotAllowed):
        _confirm(there, gerda)


def test_nobody_else_confirms_not_the_owner_of_a_club_nor_the_system(there: Season) -> None:
    other = season("Sluiskade", "NL20INGB0001234567")
    for who in (actor(there.olaf), actor(there.bea), actor(other.place.fenna), Actor.system()):
        with pytest.raises(NotAllowed):
            _confirm(there, actor=who)
    with pytest.raises(Refusal) as refused:
        _confirm(there, municipality=there.club, actor=actor(there.olaf))
    assert refused.value.code == "reward_not_for_municipality"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"year": 2025}, "reward_year_before"),
        ({"year": 2028}, "reward_year_too_far"),
        ({"source": "  "}, "reward_source_missing"),
        ({"source": "x" * 301}, "reward_source_missing"),
        ({"rules": ()}, "reward_age_left_out"),
        ({"rules": (YOUNGER,)}, "reward_age_left_out"),
        ({"rules": (YOUNGER, replace(OLDER, age_from=22))}, "reward_age_left_out"),
        ({"rules": (YOUNGER, OLDER, Maximum(label=Label.EXPENSES))}, "reward_amount_missing"),
        ({"rules": (YOUNGER, replace(OLDER, per_year=200_00))}, "reward_amounts_odd"),
        ({"rules": (*LINES, replace(BENEFIT, age_from=27))}, "reward_ages_odd"),
        ({"rules": (*LINES, BENEFIT)}, "reward_rule_twice"),
    ],
)
def test_what_cannot_be_meant_is_refused(there: Season, told: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        _confirm(there, **told)

    assert refused.value.code == code
    assert str(refused.value)
    assert not RewardYear.objects.filter(year=2027).exists()


def test_the_same_form_sent_twice_confirms_once(there: Season) -> None:
    first = _confirm(there, seen=0)

    assert _confirm(there, seen=0) == first
    assert RewardYear.objects.filter(year=2027).count() == 1


def test_what_a_colleague_confirmed_meanwhile_is_not_passed_over(there: Season) -> None:
    _confirm(there, seen=0)

    with pytest.raises(Refusal) as refused:
        _confirm(there, there.place.vera, seen=0)
    assert refused.value.code == "reward_year_changed"


def test_the_database_changes_and_removes_no_amounts(there: Season) -> None:
    made = _confirm(there)

    for rows, change in (
        (made.rules.all(), {"per_year": 1}),
        (RewardYear.objects.all(), {"over_cap": "WARN"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


@pytest.mark.parametrize("amounts", [{"per_hour": -1}, {"age_from": 30, "age_until": 20}])
def test_the_database_takes_no_amounts_that_cannot_be(there: Season, amounts: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RewardRule.objects.bulk_create([RewardRule(of_year=_confirm(there), **{"age_from": 50, **amounts})])


def confirm(login: int, municipality: int, source: str) -> int:
    """What the process of an officer does."""
    who = User.objects.select_related("person").get(pk=login)
    party = Party.objects.get(pk=municipality)
    return confirm_year(
        municipality=party, year=2027, over_hour=OverCap.WARN, over_cap=OverCap.BLOCK, source=source, rules=LINES,
        actor=actor(who, principal=party), at=AT, seen=0,
    ).version  # fmt: skip


def test_of_two_officers_who_confirm_at_once_one_is_told_of_the_other(real_commits: RealCommits) -> None:
    there = season()
    officers = (there.place.fenna, there.place.vera)

    outcomes = real_commits.race(
        confirm,
        [{"login": one.pk, "municipality": there.municipality.pk, "source": str(one.pk)} for one in officers],
    )

    assert sorted(one.refused or "" for one in outcomes) == ["", "reward_year_changed"]
    assert RewardYear.objects.filter(year=2027).count() == 1
