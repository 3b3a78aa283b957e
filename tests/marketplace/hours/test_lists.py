"""The lists of hours: what waits for the organiser, what waits for the board, what came of a month."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from marketplace.operations.hours import confirm
from marketplace.permissions import only_the_board
from marketplace.queries.hours import by_month, for_the_board, hours_of, to_confirm
from marketplace.queries.leaders import left_to_board
from people.models import Role
from tests.factories.activities import Season, season, shift, takes_part
from tests.factories.people import actor, mandate
from tests.factories.residency import second_login
from tests.marketplace.hours.scene import DAY, OVER, disputed, home_of, paid, shift_that_is_over, told


def test_the_organiser_finds_the_shifts_with_somebody_to_confirm_the_oldest_first(there: Season) -> None:
    new, old = told(there, there.ann).shift, shift_that_is_over(there)
    type(old).objects.filter(pk=old.pk).update(ends_at=new.ends_at - DAY, starts_at=new.starts_at - DAY)
    takes_part(old, there.ann.person)
    takes_part(old, there.ben.person, "CHECKED_IN")
    paid(there, there.ann)
    takes_part(shift(new.activity), there.ann.person)  # of tomorrow

    found = to_confirm(there.club, OVER)

    assert [(one.pk, one.claimed, one.unmarked) for one in found] == [(old.pk, 0, 2), (new.pk, 1, 0)]  # type: ignore[attr-defined]


def test_hours_that_are_told_before_the_end_can_be_confirmed(there: Season) -> None:
    claim = told(there, there.ann)

    assert list(to_confirm(there.club, claim.shift.starts_at + DAY / 24)) == [claim.shift]


def test_nobody_finds_the_shifts_of_another(there: Season) -> None:
    told(there, there.ann)

    assert list(to_confirm(there.ben.person, OVER)) == []


def test_an_organiser_is_one_under_any_number(there: Season) -> None:
    twin = second_login(there.ben)
    claim = told(there, there.ann, of={"organiser": twin.person})

    assert list(to_confirm(there.ben.person, OVER)) == [claim.shift]


def test_the_board_finds_what_was_brought_to_it_what_is_contested_and_the_hours_of_leaders(
    there: Season,
) -> None:
    home_of(there.olaf, there.ben)
    brought = told(there, there.ann, escalated_at=OVER)
    contested = disputed(there, there.ann)
    owner, housemate = told(there, there.olaf), told(there, there.ben)
    told(there, there.ann)
    paid(there, there.ann, escalated_at=OVER)

    found = for_the_board(there.neighbourhood, OVER.date())

    assert list(found.shifts) == [brought.shift]
    assert list(found.disputes) == [contested]
    assert list(found.leaders) == [owner, housemate]
    assert len(found) == 4


def test_the_list_the_permission_and_the_desk_mean_the_same_people(there: Season) -> None:
    """Ann lives with the owner and holds an office, Ben holds one and does not; Bea organises under another number for
    herself, where Bob helps her."""
    home_of(there.ann, there.olaf)
    mandate(person=there.ann, principal=there.club, role=Role.EDITOR)
    mandate(person=there.ben, principal=there.club, role=Role.ORGANISER)
    twin = second_login(there.bea)
    mandate(person=there.bob, principal=there.bea.person, role=Role.HELPER)
    by_club = [told(there, one) for one in (there.olaf, there.ann, there.ben)]
    by_bea = [told(there, one, of={"organiser": twin.person}) for one in (there.bea, there.bob, there.ben)]
    on = OVER.date()

    asked = [one.pk for one in by_club + by_bea if only_the_board(one, on)]
    listed = [one.pk for one in for_the_board(there.neighbourhood, on).leaders]
    of_each = left_to_board([there.club, twin.person, there.neighbourhood.party], on)

    assert asked == listed == [one.pk for one in (*by_club[:2], *by_bea[:2])]
    assert of_each == {
        there.club.pk: {there.olaf.person_id, there.ann.person_id},
        twin.person.pk: {there.bea.person_id, there.bob.person_id},
        there.neighbourhood.party_id: set(),
    }


@pytest.mark.parametrize("many", [1, 3])
def test_who_is_left_to_the_board_takes_two_queries_for_any_number_of_organisers(
    there: Season, many: int, django_assert_num_queries: object
) -> None:
    home_of(there.ann, there.olaf)
    organisers = [there.club, there.ben.person, there.place.shop.holder][:many]

    with django_assert_num_queries(2):  # type: ignore[operator]
        left_to_board(organisers, OVER.date())


def test_hours_of_leaders_of_a_shift_that_is_still_to_come_wait_for_nobody(there: Season) -> None:
    takes_part(shift(told(there, there.ann).shift.activity), there.olaf.person)

    assert list(for_the_board(there.neighbourhood, OVER.date()).leaders) == []


def test_an_organiser_of_the_board_is_no_leader(there: Season) -> None:
    told(there, there.bea, of={"organiser": there.neighbourhood.party})
    mandate(person=there.ann, principal=there.club, role=Role.ORGANISER)
    told(there, there.ann)

    assert list(for_the_board(there.neighbourhood, OVER.date()).leaders) == []


def test_a_board_finds_nothing_of_another_neighbourhood(there: Season) -> None:
    other = season("Eikenhof", "NL02ABNA0123456789")
    disputed(there, there.ann)

    assert len(for_the_board(other.neighbourhood, OVER.date())) == 0


def test_a_list_of_three_asks_as_much_as_a_list_of_one(
    there: Season, django_assert_num_queries: object
) -> None:
    for number in (1, 3):
        while disputes_of(there) < number:
            disputed(there, there.ann)
            told(there, there.olaf)
            told(there, there.ben, escalated_at=OVER)
        with django_assert_num_queries(BOARD):  # type: ignore[operator]
            found = for_the_board(there.neighbourhood, OVER.date())
            assert [one.shift.activity.item.texts.all()[0].name for one in found.disputes]
        with django_assert_num_queries(DESK):  # type: ignore[operator]
            assert [one.activity.organiser.display_name for one in to_confirm(there.club, OVER)]


BOARD, DESK = 22, 6


def disputes_of(there: Season) -> int:
    return len(for_the_board(there.neighbourhood, OVER.date()).disputes)


def test_a_month_tells_what_was_paid_in_it_by_the_day_of_payment(there: Season) -> None:
    late = told(there, there.ann)
    for _ in range(2):
        paid(there, there.ann)
    paid(there, there.ben, minutes=60)
    told(there, there.ben)
    after_midnight = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # December where they live
    confirm(participation=late, actor=actor(there.olaf), at=after_midnight)

    november, december = by_month(there.club, 2026)

    assert (november.month, november.people, november.times) == (date(2026, 11, 1), 2, 3)
    assert (november.minutes, november.amount) == (420, 42_00)
    assert (december.month, december.minutes, december.amount) == (date(2026, 12, 1), 180, 18_00)
    assert november.neighbourhood == there.neighbourhood
    assert by_month(there.club, 2025) == []


def test_months_ask_as_much_for_three_as_for_one(there: Season, django_assert_num_queries: object) -> None:
    for _ in range(2):
        paid(there, there.ann)
        with django_assert_num_queries(2):  # type: ignore[operator]
            assert [one.neighbourhood.coin.code for one in by_month(there.club, 2026)]


def test_the_hours_of_somebody_at_an_organiser_are_those_that_others_confirmed(there: Season) -> None:
    mine = paid(there, there.ann)
    told(there, there.ann)
    disputed(there, there.ann)
    paid(there, there.ben)
    twin = second_login(there.ann)
    day = mine.shift.starts_at.date()

    assert list(hours_of(twin.person, there.club, day, day)) == [mine]
    assert list(hours_of(there.ann.person, there.club, day + DAY, day + 9 * DAY)) == []
    assert list(hours_of(there.ann.person, there.place.shop.holder, day, day)) == []
