"""What is thought of a reward: the amounts of the municipality, and what somebody received before."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.kinds import Label
from marketplace.models import OverCap, Participation, RewardSituation, RewardYear
from marketplace.queries.rewards import VerdictKind, judge
from people.models import Party
from tests.factories.activities import AT, Season, activity, born, confirm_year, season, shift, takes_part
from tests.marketplace.rewards.earning import on, pays, worked

NOVEMBER = date(2026, 11, 15)


def _judged(participation: Participation, day: date = NOVEMBER) -> tuple[str, str | None, bool, bool]:
    """The kind, the effect, whether it stops and whether it warns."""
    assert participation.reward is not None
    verdict = judge(participation, participation.reward, day)
    return verdict.kind, verdict.effect, verdict.stops, verdict.warns


def _again(there: Season, **more: object) -> RewardYear:
    return confirm_year(there.municipality, version=2, **more)  # type: ignore[arg-type]


def test_a_reward_below_all_maximums_is_fine(there: Season) -> None:
    hours = worked(there, there.ann.person, hours=3, value=5_00, at=on(11))

    assert _judged(hours) == ("OK", None, False, False)


def test_eleven_months_at_the_monthly_maximum_are_blocked_in_the_eleventh(there: Season) -> None:
    """The exact example of grdebevelanden: ten months of 210 are 2100, and in November nothing more."""
    for month in range(1, 11):
        hours = worked(there, there.ann.person, hours=42, value=5_00, at=on(month))
        assert hours.reward == 210_00
        assert _judged(hours, on(month).date())[0] == "OK"
        pays(there, there.place.ann, 210_00, on(month))

    eleventh = worked(there, there.ann.person, hours=42, value=5_00, at=on(11))

    assert _judged(eleventh) == ("YEAR", OverCap.BLOCK, True, False)
    assert judge(eleventh, 1, NOVEMBER).kind == VerdictKind.YEAR


@pytest.mark.parametrize(
    ("setting", "stops", "stops_when_signed", "warns"),
    [
        pytest.param(OverCap.BLOCK, True, True, False, id="blocks"),
        pytest.param(OverCap.WARN, False, False, True, id="warns"),
        pytest.param(OverCap.SIGN, True, False, False, id="asks for a signature"),
    ],
)
def test_each_setting_of_a_municipality_has_an_outcome_of_its_own(
    there: Season, setting: OverCap, stops: bool, stops_when_signed: bool, warns: bool
) -> None:
    _again(there, over_cap=setting)
    pays(there, there.place.ann, 200_00, on(11, 2))
    hours = worked(there, there.ann.person, hours=3, value=5_00, at=on(11))

    assert _judged(hours) == ("MONTH", setting, stops, warns)
    hours.signed_above_at = AT
    assert _judged(hours) == ("MONTH", setting, stops_when_signed, not stops_when_signed)


def test_a_reward_up_to_the_last_cent_fits_and_one_cent_more_does_not(there: Season) -> None:
    pays(there, there.place.ann, 195_00, on(11, 2))
    hours = worked(there, there.ann.person, hours=3, value=5_00, at=on(11))

    assert judge(hours, 15_00, NOVEMBER).kind == VerdictKind.OK
    assert judge(hours, 15_01, NOVEMBER).kind == VerdictKind.MONTH


def test_more_than_the_amount_per_hour_only_warns_where_the_municipality_said_so(there: Season) -> None:
    hours = worked(there, there.ann.person, hours=2, value=6_00, at=on(11))

    assert _judged(hours) == ("HOUR", OverCap.WARN, False, True)


def test_of_two_maximums_the_harder_effect_counts(there: Season) -> None:
    _again(there, over_hour=OverCap.BLOCK, over_cap=OverCap.WARN, per_month=5_00)
    hours = worked(there, there.ann.person, hours=2, value=6_00, at=on(11))

    assert _judged(hours) == ("HOUR", OverCap.BLOCK, True, False)


def test_the_hours_that_were_confirmed_count_not_those_of_the_shift(there: Season) -> None:
    hours = worked(there, there.ann.person, hours=4, value=5_60, at=on(11))
    hours.confirmed = 60

    assert judge(hours, 5_60, NOVEMBER).kind == VerdictKind.OK
    assert judge(hours, 5_61, NOVEMBER).kind == VerdictKind.HOUR


def test_another_organisation_in_another_coin_counts_too(there: Season) -> None:
    """Cas of the neighbourhood next door is Ann under a second number, with a wallet in the coin of that place."""
    other = season("Sluiskade", "NL20INGB0001234567")
    Party.objects.filter(pk=other.ann.person.pk).update(same_person_as=there.ann.person)
    pays(other, other.place.ann, 200_00, on(11, 2))
    hours = worked(there, there.ann.person, hours=3, value=5_00, at=on(11))

    assert _judged(hours)[:2] == ("MONTH", OverCap.BLOCK)


def test_what_is_paid_under_another_label_does_not_count(there: Season) -> None:
    pays(there, there.place.ann, 300_00, on(11, 2), Label.EXPENSES)
    hours = worked(there, there.ann.person, hours=3, value=5_00, at=on(11))

    assert _judged(hours)[0] == "OK"


def test_a_new_month_and_a_new_year_begin_at_local_midnight(there: Season) -> None:
    confirm_year(there.municipality, 2027)
    pays(there, there.place.ann, 210_00, on(12, 31).replace(hour=23, minute=30))
    hours = worked(there, there.ann.person, hours=3, value=5_00, at=on(12))

    assert _judged(hours, date(2026, 12, 31))[0] == "OK"
    assert _judged(hours, date(2027, 1, 31))[0] == "MONTH"


def test_what_was_promised_does_not_stand_in_the_way_of_a_payment(there: Season) -> None:
    for _number in range(20):
        worked(there, there.ann.person, hours=10, value=5_00, at=on(11))

    assert {_judged(one)[0] for one in Participation.objects.all()} == {"OK"}


def test_a_year_that_nobody_confirmed_cannot_be_judged(there: Season) -> None:
    hours = worked(there, there.ann.person, hours=3, value=5_00, at=on(11))

    verdict = judge(hours, 15_00, date(2027, 1, 2))

    assert (verdict.kind, verdict.effect, verdict.stops) == (VerdictKind.NOT_CONFIRMED, None, False)
    assert verdict.is_unknown


@pytest.mark.parametrize("label", [Label.EXPENSES, Label.WAGE])
def test_costs_and_wages_have_no_maximum_that_somebody_has_to_confirm(there: Season, label: Label) -> None:
    that = shift(activity(there, label=label), on(11))
    hours = takes_part(that, there.ann.person, "CONFIRMED", value=20_00)

    assert _judged(hours, date(2027, 1, 2))[0] == "OK"


def test_without_a_birthday_nobody_can_say_which_amounts_hold(there: Season) -> None:
    born(there.ann.person, None)  # type: ignore[arg-type]
    hours = worked(there, there.ann.person, hours=3, value=5_00, at=on(11))

    verdict = judge(hours, 15_00, NOVEMBER)

    assert (verdict.kind, verdict.is_unknown, verdict.stops) == (VerdictKind.AGE, True, False)


def test_younger_people_have_a_lower_amount_per_hour_until_their_birthday(there: Season) -> None:
    born(there.ann.person, date(2005, 11, 16))
    hours = worked(there, there.ann.person, hours=3, value=5_00, at=on(11))

    assert _judged(hours, date(2026, 11, 15))[0] == "HOUR"
    assert _judged(hours, date(2026, 11, 16))[0] == "OK"


@pytest.mark.parametrize(
    ("born_on", "told", "kind"),
    [
        pytest.param(date(2001, 1, 1), True, "YEAR", id="25 and said so"),
        pytest.param(date(2001, 1, 1), None, "OK", id="25 and said nothing"),
        pytest.param(date(2001, 1, 1), False, "OK", id="25 and said that they do not"),
        pytest.param(date(1999, 1, 1), True, "OK", id="27 and said so"),
    ],
)
def test_who_is_under_27_and_told_of_social_assistance_earns_nothing_beside_it(
    there: Season, born_on: date, told: bool | None, kind: str
) -> None:
    born(there.ann.person, born_on)
    if told is not None:
        RewardSituation.objects.create(person=there.ann.person, on_benefit=told, told_at=AT)
    hours = worked(there, there.ann.person, hours=1, value=5_00, at=on(11))

    assert _judged(hours)[0] == kind


def test_the_newest_version_counts_and_that_of_another_municipality_does_not(there: Season) -> None:
    _again(there, per_hour=4_00)
    season("Sluiskade", "NL20INGB0001234567")
    hours = worked(there, there.ann.person, hours=1, value=5_00, at=on(11))

    assert _judged(hours)[0] == "HOUR"


def test_an_amount_that_is_left_open_is_no_maximum(there: Season) -> None:
    _again(there, per_hour=None, per_month=None, per_year=None)
    hours = worked(there, there.ann.person, hours=1, value=5000_00, at=on(11))

    assert _judged(hours)[0] == "OK"


@pytest.mark.parametrize("label", [Label.VOLUNTEER_ALLOWANCE, Label.BENEFIT_IN_KIND])
@pytest.mark.parametrize("earlier", [Label.VOLUNTEER_ALLOWANCE, Label.BENEFIT_IN_KIND])
def test_an_allowance_and_a_benefit_in_kind_have_one_maximum_together(
    there: Season, label: Label, earlier: Label
) -> None:
    pays(there, there.place.ann, 200_00, on(11, 2), earlier)
    that = shift(activity(there, label=label), on(11))
    hours = takes_part(that, there.ann.person, "CONFIRMED", value=5_00)

    assert _judged(hours)[:2] == ("MONTH", OverCap.BLOCK)
    assert _judged(hours, date(2027, 1, 2))[0] == "NOT_CONFIRMED"
