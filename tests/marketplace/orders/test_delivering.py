"""Delivering and confirming: what came is paid, what did not comes back, and nobody confirms to themself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.states import MoveRefused
from ledger.operations import ReservationOver, expire_reservations
from ledger.queries import receipt_of
from marketplace.operations.orders.answering import accept
from marketplace.operations.orders.deadlines import DELIVER_WITHIN, RESERVED_FOR, SILENCE_WITHIN
from marketplace.operations.orders.delivering import DeliveredTooMany, confirm, deliver, receive
from marketplace.operations.orders.settling import TooLate
from marketplace.permissions import NotYourTrade, OwnMatter
from people.models import Role
from tests.factories.market import Market, supply
from tests.factories.people import mandate as office
from tests.factories.residency import second_login
from tests.marketplace.orders.scene import AT, accepted, actor, confirmed, delivered, left, money, placed

DAY = timedelta(days=1)


def test_delivered_and_confirmed_is_paid(there: Market) -> None:
    order = delivered(there, 2)

    confirm(order=order, actor=actor(there.ann_login), at=AT + DAY)

    order.refresh_from_db()
    assert (order.state, order.delivered, order.paid, order.due_at) == ("CONFIRMED", 2, 25_00, None)
    assert order.transfer is not None
    assert order.transfer.amount == 25_00
    assert money(there.ann) == (75_00, 0)
    assert money(there.shop) == (25_00, 0)


def test_the_receipt_says_what_was_bought(there: Market) -> None:
    order = confirmed(there)
    assert order.transfer is not None

    receipt = receipt_of(order.transfer.pk)

    assert receipt.note == "Band plakken"
    assert (receipt.payer, receipt.payee) == (there.ann, there.shop)


def test_delivered_is_not_paid_yet_and_the_buyer_has_fourteen_days(there: Market) -> None:
    order = accepted(there)

    deliver(order=order, actor=actor(there.sjoerd), at=AT + DAY)

    assert (order.state, order.delivered, order.due_at) == ("DELIVERED", 1, AT + DAY + SILENCE_WITHIN)
    assert money(there.ann) == (100_00, 12_50)


def test_a_part_is_paid_for_and_the_rest_comes_back(there: Market) -> None:
    offer = supply(there, stock=5)
    order = delivered(there, 3, came=1, offer=offer)

    confirm(order=order, actor=actor(there.ann_login), at=AT)

    assert (order.state, order.delivered, order.paid) == ("CONFIRMED", 1, 12_50)
    assert money(there.ann) == (87_50, 0)
    assert money(there.shop) == (12_50, 0)
    assert left(offer) == 4


@pytest.mark.parametrize("came", [0, -1, 4])
def test_nobody_delivers_nothing_or_more_than_was_ordered(there: Market, came: int) -> None:
    order = accepted(there, 3)

    with pytest.raises(DeliveredTooMany, match="1 to 3"):
        deliver(order=order, quantity=came, actor=actor(there.sjoerd), at=AT)


def test_the_buyer_receives_and_pays_at_the_counter_in_one_go(there: Market) -> None:
    order = accepted(there, 2)

    receive(order=order, actor=actor(there.ann_login), at=AT + DAY)

    order.refresh_from_db()
    assert (order.state, order.delivered, order.paid) == ("CONFIRMED", 2, 25_00)
    assert money(there.shop) == (25_00, 0)


def test_what_was_not_accepted_is_neither_delivered_nor_received(there: Market) -> None:
    order = placed(there)

    with pytest.raises(MoveRefused):
        deliver(order=order, actor=actor(there.sjoerd), at=AT)
    with pytest.raises(MoveRefused):
        receive(order=order, actor=actor(there.ann_login), at=AT)
    with pytest.raises(MoveRefused):
        confirm(order=order, actor=actor(there.ann_login), at=AT)

    assert money(there.shop) == (0, 0)


def test_confirmed_twice_is_paid_once(there: Market) -> None:
    order = confirmed(there)

    with pytest.raises(MoveRefused):
        confirm(order=order, actor=actor(there.ann_login), at=AT)

    assert money(there.shop) == (12_50, 0)


@pytest.mark.parametrize("login", ["sjoerd", "ben_login", "cas_login", "bea"])
def test_nobody_but_the_buyer_confirms(there: Market, login: str) -> None:
    order = delivered(there)

    with pytest.raises(NotYourTrade):
        confirm(order=order, actor=actor(getattr(there, login)), at=AT)
    with pytest.raises(NotYourTrade):
        receive(order=accepted(there), actor=actor(getattr(there, login)), at=AT)


def test_a_buyer_known_twice_confirms_with_either_login(there: Market) -> None:
    order = delivered(there)

    confirm(order=order, actor=actor(second_login(there.ann_login)), at=AT)

    assert order.state == "CONFIRMED"


def test_who_sells_does_not_confirm_as_a_helper_of_the_buyer(there: Market) -> None:
    order = delivered(there)
    office(person=there.sjoerd, principal=there.ann.holder, role=Role.HELPER)

    with pytest.raises(OwnMatter):
        confirm(order=order, actor=actor(there.sjoerd), at=AT)
    with pytest.raises(OwnMatter):
        confirm(order=order, actor=actor(second_login(there.sjoerd)), at=AT)

    assert money(there.shop) == (0, 0)


def test_a_buyer_who_came_to_work_for_the_shop_has_a_colleague_deliver(there: Market) -> None:
    order = accepted(there)
    office(person=there.ann_login, principal=there.shop.holder, role=Role.OPERATOR)

    with pytest.raises(OwnMatter):
        deliver(order=order, actor=actor(there.ann_login), at=AT)


def test_after_thirty_days_it_is_too_late_to_deliver(there: Market) -> None:
    order = accepted(there)

    with pytest.raises(TooLate):
        deliver(order=order, actor=actor(there.sjoerd), at=AT + DELIVER_WITHIN)
    with pytest.raises(TooLate):
        receive(order=order, actor=actor(there.ann_login), at=AT + DELIVER_WITHIN)


def test_a_buyer_can_confirm_after_the_fourteen_days_when_the_clock_did_not_yet(there: Market) -> None:
    order = delivered(there)

    confirm(order=order, actor=actor(there.ann_login), at=AT + SILENCE_WITHIN + DAY)

    assert order.state == "CONFIRMED"


def test_when_the_coins_came_free_long_ago_nothing_is_paid_and_nothing_moves(there: Market) -> None:
    order = delivered(there)
    late = AT + RESERVED_FOR
    expire_reservations(at=late)

    with pytest.raises(ReservationOver):
        confirm(order=order, actor=actor(there.ann_login), at=late)

    order.refresh_from_db()
    assert (order.state, order.paid) == ("DELIVERED", 0)
    assert money(there.ann) == (100_00, 0)


def test_what_was_agreed_counts_whatever_the_offer_costs_meanwhile(there: Market) -> None:
    offer = supply(there)
    order = placed(there, offer=offer)
    type(offer).objects.filter(pk=offer.pk).update(price=1)

    accept(order=order, actor=actor(there.sjoerd), at=AT)
    receive(order=order, actor=actor(there.ann_login), at=AT)

    assert order.paid == 12_50
