"""The rule by which work suits somebody. Nothing is stored for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from marketplace.models import Shift
from marketplace.suiting import Means, Reason, Slot, Why, Work, reasons_for, slots_of, weight_of
from neighbourhoods.models import Category

LEARNING = Category(pk=1, slug="leren")
READING = Category(pk=2, slug="huiswerk", parent_id=1)
MATHS = Category(pk=3, slug="rekenen", parent_id=1)
GARDEN = Category(pk=4, slug="tuin")

NOTHING = Means(can={}, learns={}, free=frozenset(), hours=None, seeks_work=False)
READER = replace(NOTHING, can={2: READING})
MORNING: Slot = (2, "MORNING")


def whys(reasons: tuple[Reason, ...]) -> list[Why]:
    return [reason.why for reason in reasons]


def shift(starts_at: datetime, hours: float) -> Shift:
    return Shift(starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours))


# --- Of which kind ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "wanted", "suits"),
    [
        (READING, READING, True),
        (LEARNING, READING, True),  # all of learning is more than reading
        (READING, LEARNING, True),  # and something of learning it is
        (MATHS, READING, False),
        (GARDEN, READING, False),
    ],
)
def test_work_suits_who_named_its_kind_or_one_that_it_is_a_part_of(
    named: Category, wanted: Category, suits: bool
) -> None:
    means = replace(NOTHING, can={named.pk: named})

    reasons = reasons_for(means, Work(category=wanted))

    assert [(one.why, one.category) for one in reasons] == (
        [(Why.SKILL, named), (Why.NEAR, None)] if suits else []
    )


def test_who_wants_to_learn_it_is_told_so_and_who_can_do_it_is_told_that() -> None:
    learner = replace(NOTHING, learns={2: READING})
    both = replace(learner, can={1: LEARNING})

    assert whys(reasons_for(learner, Work(category=READING))) == [Why.WISH, Why.NEAR]
    assert whys(reasons_for(both, Work(category=READING))) == [Why.SKILL, Why.NEAR]


@pytest.mark.parametrize(
    ("means", "found"),
    [
        (READER, []),  # can do it, and looks for no paid work
        (replace(READER, seeks_work=True), [Why.SKILL, Why.JOB, Why.NEAR]),
        (replace(NOTHING, seeks_work=True), [Why.JOB, Why.NEAR]),
    ],
)
def test_a_job_suits_who_looks_for_paid_work(means: Means, found: list[Why]) -> None:
    assert whys(reasons_for(means, Work(category=READING, is_job=True))) == found


def test_looking_for_paid_work_is_no_reason_to_read_aloud() -> None:
    assert reasons_for(replace(NOTHING, seeks_work=True), Work(category=READING)) == ()


def test_what_is_elsewhere_is_not_called_near() -> None:
    assert whys(reasons_for(READER, Work(category=READING, is_near=False))) == [Why.SKILL]


def test_what_somebody_can_do_counts_most() -> None:
    can = reasons_for(READER, Work(category=READING))
    learns = reasons_for(
        replace(NOTHING, learns={2: READING}, free=frozenset({MORNING})),
        Work(category=READING, slots=(MORNING,)),
    )

    assert weight_of(can) > weight_of(learns) > weight_of(())


# --- When -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_at", "hours", "slots"),
    [
        (datetime(2026, 11, 24, 8, tzinfo=UTC), 3, [(2, "MORNING")]),  # nine to twelve
        (datetime(2026, 11, 24, 9, tzinfo=UTC), 3, [(2, "MORNING"), (2, "AFTERNOON")]),  # ten to one
        (
            datetime(2026, 11, 24, 16, 30, tzinfo=UTC),
            1,
            [(2, "AFTERNOON"), (2, "EVENING")],
        ),  # across six o'clock
        (datetime(2026, 11, 24, 22, tzinfo=UTC), 2, [(2, "EVENING"), (3, "MORNING")]),  # past midnight
        (datetime(2026, 7, 7, 9, tzinfo=UTC), 1, [(2, "MORNING")]),  # eleven in summer
        (datetime(2026, 7, 7, 10, tzinfo=UTC), 1, [(2, "AFTERNOON")]),
        (
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            2,
            [(7, "MORNING")],
        ),  # the night in which the clock goes back
        (datetime(2026, 11, 29, 8, tzinfo=UTC), 1, [(7, "MORNING")]),
    ],
)
def test_a_shift_takes_the_parts_of_days_that_its_own_clock_shows(
    starts_at: datetime, hours: float, slots: list[Slot]
) -> None:
    assert list(slots_of(shift(starts_at, hours))) == slots


def test_who_is_free_for_all_of_it_is_told_when() -> None:
    slots: tuple[Slot, ...] = (MORNING, (2, "AFTERNOON"))
    means = replace(READER, free=frozenset({*slots, (3, "EVENING")}))

    reasons = reasons_for(means, Work(category=READING, slots=slots))

    assert [(one.why, one.slots) for one in reasons][-1] == (Why.FREE, slots)


def test_who_is_free_for_half_of_it_is_not_bothered() -> None:
    means = replace(READER, free=frozenset({MORNING}))

    assert reasons_for(means, Work(category=READING, slots=(MORNING, (2, "AFTERNOON")))) == ()


def test_who_said_nothing_of_days_is_not_held_back_by_them() -> None:
    assert whys(reasons_for(READER, Work(category=READING, slots=(MORNING,)))) == [Why.SKILL, Why.NEAR]


@pytest.mark.parametrize(
    ("minutes", "promised", "fits"), [(240, 0, True), (241, 0, False), (120, 121, False), (120, 120, True)]
)
def test_nobody_is_asked_for_more_hours_a_week_than_they_have(
    minutes: int, promised: int, fits: bool
) -> None:
    means = replace(READER, hours=4)

    reasons = reasons_for(means, Work(category=READING, minutes=minutes), promised=promised)

    assert whys(reasons) == ([Why.SKILL, Why.NEAR, Why.HOURS] if fits else [])
