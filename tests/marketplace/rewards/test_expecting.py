"""What somebody may still earn, and what is expected of a shift before they sign up for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ledger.kinds import Label
from marketplace.models import OverCap
from marketplace.queries.rewards import Room, expect, judge, room_for
from neighbourhoods.models import Unit
from people.models import Party
from tests.factories import values
from tests.factories.activities import AT, Season, activity, confirm_year, season, shift, takes_part
from tests.marketplace.rewards.earning import on, pays, worked

TODAY = date(2026, 11, 22)
DECEMBER = on(12, 10)


def _room(there: Season, person: Party | None = None) -> Room:
    return room_for(person or there.ann.person, there.neighbourhood, TODAY)


def _sums(room: Room) -> tuple[int, int, int | None, int, int, int | None]:
    month, year = room.month, room.year
    return month.received, month.promised, month.left, year.received, year.promised, year.left


def test_what_may_still_be_earned_is_the_maximum_less_what_came_and_what_is_promised(there: Season) -> None:
    pays(there, there.place.ann, 50_00, on(3))
    pays(there, there.place.ann, 40_00, on(11, 2))
    takes_part(shift(activity(there), on(11, 28)), there.ann.person)
    takes_part(shift(activity(there), DECEMBER), there.ann.person)

    assert _sums(_room(there)) == (40_00, 18_00, 152_00, 90_00, 36_00, 1974_00)
    assert _room(there).left == 152_00


def test_less_than_nought_is_left_to_nobody(there: Season) -> None:
    pays(there, there.place.ann, 200_00, on(11, 2))
    takes_part(shift(activity(there), on(11, 28)), there.ann.person)

    room = _room(there)

    assert (room.month.left, room.month.is_full, room.year.is_full) == (0, True, False)


def test_who_waits_for_a_place_or_took_it_back_is_promised_nothing(there: Season) -> None:
    takes_part(shift(activity(there), on(11, 28)), there.ann.person, "WAITING")
    takes_part(shift(activity(there), on(11, 29)), there.ann.person, "WITHDRAWN")

    assert _room(there).month.promised == 0


def test_hours_of_last_month_that_are_not_paid_yet_are_promised_for_this_one(there: Season) -> None:
    worked(there, there.ann.person, hours=2, value=5_00, at=on(10))

    assert _room(there).month.promised == 10_00


def test_hours_that_were_told_count_instead_of_the_whole_shift(there: Season) -> None:
    takes_part(shift(activity(there), on(11, 20), hours=4), there.ann.person, "CLAIMED", minutes=60)

    assert _room(there).month.promised == 6_00


def test_what_waits_for_room_goes_before_in_every_month(there: Season) -> None:
    takes_part(shift(activity(there), on(11, 20)), there.ann.person, "BLOCKED_BY_CAP")
    later = shift(activity(there), DECEMBER)

    assert expect(there.ann.person, later, TODAY).room.month.promised == 18_00


def test_what_is_promised_elsewhere_and_under_another_number_counts(there: Season) -> None:
    other = season("Sluiskade", "NL20INGB0001234567")
    takes_part(shift(activity(other), on(11, 28)), other.ann.person)
    Party.objects.filter(pk=other.ann.person.pk).update(same_person_as=there.ann.person)

    assert _room(there).month.promised == 18_00
    assert _room(there, there.ben.person).month.promised == 0


def test_what_is_promised_as_something_else_does_not_count(there: Season) -> None:
    takes_part(shift(activity(there, label=Label.EXPENSES), on(11, 28)), there.ann.person)

    assert _room(there).month.promised == 0


def test_one_participation_can_be_left_out(there: Season) -> None:
    mine = takes_part(shift(activity(there), on(11, 28)), there.ann.person)

    room = room_for(there.ann.person, there.neighbourhood, TODAY, besides=mine)

    assert room.month.promised == 0


def test_a_shift_is_expected_to_fit_while_what_is_promised_leaves_room(there: Season) -> None:
    for day in range(1, 11):
        takes_part(shift(activity(there), on(12, day), hours=3.5), there.ann.person, value=5_00)
    cheap = values.item(there.neighbourhood, "Helpen")
    values.worth(cheap, 5_00)
    last = shift(activity(there, item=cheap), DECEMBER + timedelta(days=2), hours=7)
    longer = shift(activity(there, item=cheap), DECEMBER + timedelta(days=3), hours=7.5)

    fits, does_not = (expect(there.ann.person, one, TODAY) for one in (last, longer))

    assert (fits.kind, fits.reward) == ("OK", 35_00)
    assert (does_not.kind, does_not.effect, does_not.stops) == ("MONTH", OverCap.BLOCK, True)


def test_what_is_only_promised_warns_before_signing_up_and_does_not_stop_a_payment(there: Season) -> None:
    confirm_year(there.municipality, version=2, per_hour=None)
    takes_part(shift(activity(there), on(11, 28), hours=34), there.ann.person)
    mine = takes_part(shift(activity(there), on(11, 26), hours=2), there.ann.person, "CONFIRMED")

    assert expect(there.ann.person, mine.shift, TODAY).kind == "MONTH"
    assert judge(mine, 12_00, TODAY).kind == "OK"


def test_a_shift_of_the_next_month_is_looked_at_in_that_month(there: Season) -> None:
    confirm_year(there.municipality, version=2, per_hour=None)
    pays(there, there.place.ann, 210_00, on(11, 2))

    assert expect(there.ann.person, shift(activity(there), on(11, 28)), TODAY).kind == "MONTH"
    assert expect(there.ann.person, shift(activity(there), DECEMBER), TODAY).kind == "OK"


def test_a_shift_of_a_year_that_is_not_confirmed_is_not_known(there: Season) -> None:
    january = shift(activity(there), on(1, 5, 2027))

    verdict = expect(there.ann.person, january, TODAY)

    assert (verdict.kind, verdict.is_unknown, verdict.stops) == ("NOT_CONFIRMED", True, False)


def test_the_place_that_somebody_has_already_is_counted_once_at_its_own_value(there: Season) -> None:
    mine = takes_part(shift(activity(there), on(11, 28)), there.ann.person, value=5_00)

    verdict = expect(there.ann.person, mine.shift, TODAY)

    assert (verdict.reward, verdict.room.month.promised, verdict.kind) == (15_00, 0, "OK")


@pytest.mark.parametrize("rows", [1, 3])
def test_what_may_still_be_earned_takes_as_many_questions_however_much_is_promised(
    there: Season, rows: int, django_assert_num_queries: Any
) -> None:
    for day in range(rows):
        takes_part(shift(activity(there), AT + timedelta(days=day + 1)), there.ann.person)
    neighbourhood = type(there.neighbourhood).objects.select_related("coin__pegged_to").get(
        pk=there.neighbourhood.pk
    )  # fmt: skip

    with django_assert_num_queries(7):
        room_for(there.ann.person, neighbourhood, TODAY)


def test_allowances_and_benefits_in_kind_are_promised_as_one_sum(there: Season) -> None:
    pays(there, there.place.ann, 50_00, on(11, 2), Label.BENEFIT_IN_KIND)
    takes_part(shift(activity(there, label=Label.BENEFIT_IN_KIND), on(11, 28)), there.ann.person)

    assert _sums(_room(there))[:3] == (50_00, 18_00, 142_00)
    as_benefit = room_for(there.ann.person, there.neighbourhood, TODAY, Label.BENEFIT_IN_KIND)
    assert _sums(as_benefit) == _sums(_room(there))


def test_a_benefit_in_kind_is_expected_to_fit_below_the_maximum_of_allowances(there: Season) -> None:
    pays(there, there.place.ann, 200_00, on(11, 2))
    one = shift(activity(there, label=Label.BENEFIT_IN_KIND), on(11, 28))

    assert expect(there.ann.person, one, TODAY).kind == "MONTH"


def test_who_signed_up_is_judged_by_the_unit_they_were_promised(there: Season) -> None:
    """The board chose meanwhile something that is paid by the turn."""
    one = shift(activity(there), on(11, 28))
    takes_part(one, there.ann.person)
    one.activity.item = values.item(there.neighbourhood, "Vlaggen", unit=Unit.TURN)
    one.activity.save(update_fields=["item"])

    assert expect(there.ann.person, one, TODAY).reward == 18_00
