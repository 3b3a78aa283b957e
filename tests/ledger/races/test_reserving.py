"""What is reserved is paid, released or lapses: one of the three, also when all are tried at the same moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.kinds import ReservationState
from ledger.models import Account, Reservation, Transfer
from tests.factories.ledger import AT, Town, fund, key
from tests.ledger.races.conftest import Race, deed
from tests.ledger.races.racers import capture, expire, release, reserve

MANY = 20
EXPIRES = AT + timedelta(days=7)


@pytest.fixture
def orders(molen: Town) -> list[int]:
    """Ann's, for 1.00 each at Ben's: all that she has."""
    fund(molen, molen.ann, 1_00 * MANY)
    made = reserve(molen.ann.pk, molen.ben.pk, 1_00, "order", EXPIRES.isoformat(), times=MANY)
    return [int(one) for one in made]


def joined(orders: list[int]) -> str:
    return ",".join(str(one) for one in orders)


def states() -> dict[str, int]:
    """How many reservations are in which state."""
    found = list(Reservation.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in sorted(set(found))}


def purses(molen: Town) -> tuple[int, int, int]:
    """What Ann has, what of it is reserved, and what Ben has."""
    ann, ben = (Account.objects.get(pk=one.pk) for one in (molen.ann, molen.ben))
    return ann.balance, ann.reserved, ben.balance


def test_each_is_captured_or_released_and_never_both(molen: Town, orders: list[int], race: Race) -> None:
    """One goes through them from the front, the other from the back: they meet half-way."""
    outcomes = race(
        [
            deed(capture, reservations=joined(orders), name="capture"),
            deed(release, reservations=joined(orders[::-1]), name="release"),
            deed(capture, reservations=joined(orders[::-1]), name="capture"),
            deed(release, reservations=joined(orders), name="release"),
        ]
    )

    captured = states().get(ReservationState.DONE, 0)
    assert states().get(ReservationState.RELEASED, 0) == MANY - captured
    assert outcomes.refused == {"reservation_over": 2 * MANY}
    assert purses(molen) == ((MANY - captured) * 1_00, 0, captured * 1_00)


def test_each_is_captured_whole_once(molen: Town, orders: list[int], race: Race) -> None:
    outcomes = race([deed(capture, reservations=joined(orders), name=f"capture {one}") for one in range(4)])

    assert outcomes.refused == {"reservation_over": 3 * MANY}
    assert states() == {ReservationState.DONE: MANY}
    assert purses(molen) == (0, 0, MANY * 1_00)


def test_parts_that_are_captured_never_come_to_more_than_is_reserved(
    molen: Town, orders: list[int], race: Race
) -> None:
    outcomes = race(
        [deed(capture, reservations=joined(orders), name=f"capture {one}", amount=30) for one in range(5)]
    )

    assert outcomes.refused == {"invalid_amount": 2 * MANY}
    assert set(Reservation.objects.values_list("state", "captured")) == {(ReservationState.OPEN, 90)}
    assert purses(molen) == (MANY * 10, MANY * 10, MANY * 90)


def test_one_capture_sent_four_times_is_one_transfer(molen: Town, orders: list[int], race: Race) -> None:
    call = deed(capture, reservations=joined(orders), name="capture")

    outcomes = race([call] * 4)

    booked = [Transfer.objects.get(key=key(f"capture {one}")).pk for one in orders]
    assert outcomes == [booked] * 4
    assert purses(molen) == (0, 0, MANY * 1_00)


def test_one_release_sent_four_times_releases_once(molen: Town, orders: list[int], race: Race) -> None:
    call = deed(release, reservations=joined(orders), name="release")

    outcomes = race([call] * 4)

    assert outcomes == [orders] * 4
    assert states() == {ReservationState.RELEASED: MANY}
    assert purses(molen) == (MANY * 1_00, 0, 0)


def test_each_is_captured_in_time_or_lapses(molen: Town, orders: list[int], race: Race) -> None:
    """Whoever captures says that it is not too late yet; whoever tidies up says that it is."""
    outcomes = race(
        [
            deed(capture, reservations=joined(orders[::-1]), name="capture"),
            deed(expire, at=EXPIRES.isoformat(), limit=1, times=MANY),
            deed(capture, reservations=joined(orders), name="capture again"),
        ]
    )

    captured, lapsed = states().get(ReservationState.DONE, 0), states().get(ReservationState.EXPIRED, 0)
    assert captured + lapsed == MANY
    assert outcomes.refused == {"reservation_over": 2 * MANY - captured}
    assert sum(int(number) for number in outcomes[1]) == lapsed
    assert purses(molen) == (lapsed * 1_00, 0, captured * 1_00)


def test_each_lapses_once_whoever_tidies_up(molen: Town, orders: list[int], race: Race) -> None:
    outcomes = race([deed(expire, at=EXPIRES.isoformat(), limit=3, times=MANY) for _one in range(4)])

    assert sum(outcomes.done) == MANY
    assert states() == {ReservationState.EXPIRED: MANY}
    assert purses(molen) == (MANY * 1_00, 0, 0)
