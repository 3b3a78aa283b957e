"""What happens when nobody does anything: each step on its day, once, and one that fails stops no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.models import AuditEntry
from core.states import MoveRefused
from ledger.operations import expire_reservations
from marketplace.models import Dispute, Order
from marketplace.operations.clock import by_the_clock
from marketplace.operations.orders.answering import accept, expire
from marketplace.operations.orders.clock import watch_orders
from marketplace.operations.orders.deadlines import (
    ACCEPT_WITHIN,
    DELIVER_WITHIN,
    RESERVED_FOR,
    RULE_WITHIN,
    SILENCE_WITHIN,
)
from marketplace.operations.orders.delivering import confirm_by_silence
from marketplace.operations.orders.disputes import end_unruled
from tests.factories.market import Market, supply
from tests.marketplace.orders.scene import (
    AT,
    accepted,
    actor,
    confirmed,
    delivered,
    disputed,
    left,
    money,
    placed,
)

MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("step", "within", "state", "buyer", "seller", "stock"),
    [
        (placed, ACCEPT_WITHIN, "EXPIRED", 100_00, 0, 5),
        (accepted, DELIVER_WITHIN, "EXPIRED", 100_00, 0, 5),
        (delivered, SILENCE_WITHIN, "CONFIRMED", 75_00, 25_00, 3),
        (disputed, RULE_WITHIN, "RESOLVED", 100_00, 0, 3),
    ],
)
def test_on_its_day_and_not_before_the_clock_takes_the_next_step(
    there: Market, step: Any, within: timedelta, state: str, buyer: int, seller: int, stock: int
) -> None:
    offer = supply(there, stock=5)
    order: Order = step(there, 2, offer=offer)
    before = order.state

    assert watch_orders(AT + within - MOMENT) == 0
    order.refresh_from_db()
    assert order.state == before
    assert watch_orders(AT + within) == 1
    assert watch_orders(AT + within) == 0

    order.refresh_from_db()
    assert (order.state, order.due_at) == (state, None)
    assert money(there.ann) == (buyer, 0)
    assert money(there.shop) == (seller, 0)
    assert left(offer) == stock


def test_silence_after_a_part_pays_for_the_part(there: Market) -> None:
    offer = supply(there, stock=5)
    order = delivered(there, 3, came=2, offer=offer)

    watch_orders(AT + SILENCE_WITHIN)

    order.refresh_from_db()
    assert (order.state, order.paid) == ("CONFIRMED", 25_00)
    assert left(offer) == 3


def test_a_board_that_did_not_rule_is_named_in_the_ruling(there: Market) -> None:
    order = disputed(there)

    watch_orders(AT + RULE_WITHIN)

    ruled = Dispute.objects.get(order=order)
    assert ruled.ruling == "The board did not rule within 30 days. Everything goes back to the buyer."
    assert (ruled.awarded, ruled.mediator) == (0, None)


def test_what_the_clock_did_is_written_down_without_a_person(there: Market) -> None:
    placed(there)

    watch_orders(AT + ACCEPT_WITHIN)

    assert AuditEntry.objects.get(event="order.expire").acted_by is None


def test_each_order_has_its_own_time(there: Market) -> None:
    first, second = placed(there), placed(there, at=AT + timedelta(days=1))

    assert watch_orders(AT + ACCEPT_WITHIN) == 1
    first.refresh_from_db()
    second.refresh_from_db()

    assert (first.state, second.state) == ("EXPIRED", "PLACED")


def test_who_acts_in_the_same_moment_wins_over_the_clock(there: Market) -> None:
    order = placed(there)
    accept(order=order, actor=actor(there.sjoerd), at=AT + ACCEPT_WITHIN - MOMENT)

    assert watch_orders(AT + ACCEPT_WITHIN) == 0
    order.refresh_from_db()
    assert order.state == "ACCEPTED"


def test_what_is_finished_has_no_time(there: Market) -> None:
    confirmed(there)

    assert watch_orders(AT + timedelta(days=1000)) == 0


def test_all_steps_one_after_the_other_fit_in_the_reservation() -> None:
    assert ACCEPT_WITHIN + DELIVER_WITHIN + SILENCE_WITHIN + RULE_WITHIN < RESERVED_FOR


def test_an_order_of_which_the_coins_came_free_is_named_and_stops_no_other(
    there: Market, caplog: pytest.LogCaptureFixture
) -> None:
    stuck = delivered(there)
    late = AT + RESERVED_FOR
    expire_reservations(at=late)
    fine = delivered(there, at=late - SILENCE_WITHIN)

    with pytest.raises(RuntimeError, match="1 done"):
        watch_orders(late)

    stuck.refresh_from_db()
    fine.refresh_from_db()
    assert (stuck.state, fine.state) == ("DELIVERED", "CONFIRMED")
    assert f"Order {stuck.pk} is due and cannot be ended" in caplog.text


def test_an_order_that_expired_at_the_ledger_first_ends_all_the_same(there: Market) -> None:
    offer = supply(there, stock=1)
    order = placed(there, offer=offer)
    late = AT + RESERVED_FOR
    expire_reservations(at=late)

    assert watch_orders(late) == 1

    order.refresh_from_db()
    assert order.state == "EXPIRED"
    assert left(offer) == 1


def test_the_clock_knows_orders() -> None:
    assert watch_orders in by_the_clock


@pytest.mark.parametrize(
    ("step", "by_clock"), [(accepted, expire), (delivered, confirm_by_silence), (disputed, end_unruled)]
)
def test_what_the_clock_found_due_and_somebody_moved_on_meanwhile_is_left_alone(
    there: Market, step: Any, by_clock: Any
) -> None:
    order: Order = step(there)
    before = order.state

    assert by_clock(order=order, at=AT + ACCEPT_WITHIN) is False

    order.refresh_from_db()
    assert order.state == before
    assert money(there.ann) == (100_00, 12_50)


@pytest.mark.parametrize("by_clock", [expire, confirm_by_silence, end_unruled])
def test_what_is_finished_is_refused_to_the_clock(there: Market, by_clock: Any) -> None:
    with pytest.raises(MoveRefused):
        by_clock(order=confirmed(there), at=AT + RESERVED_FOR)
