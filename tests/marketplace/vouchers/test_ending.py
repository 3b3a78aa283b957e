"""A voucher is given back or lapses: what was not used comes back, and nothing else."""

from __future__ import annotations

import pytest

from core.states import MoveRefused
from ledger.operations import expire_reservations
from marketplace.models import Offer, Order, Refund, Voucher
from marketplace.operations import vouchers
from marketplace.permissions import NotYourTrade
from marketplace.states import OrderState, VoucherState
from tests.factories.people import actor
from tests.marketplace.vouchers.conftest import DAY, Pool, a_pool

pytestmark = pytest.mark.django_db


def give_back(pool: Pool, voucher: Voucher) -> None:
    vouchers.refund_voucher(voucher=voucher, actor=pool.buyer, at=pool.at)


def test_an_unused_voucher_is_given_back_with_its_coins_and_its_place(pool: Pool) -> None:
    voucher = pool.buy(quantity=2)
    assert Offer.objects.get().stock == 3

    give_back(pool, voucher)

    assert Voucher.objects.get().state == VoucherState.REFUNDED
    assert Order.objects.get().state == OrderState.CANCELLED
    assert pool.has(pool.there.ann) == (100_00, 0)
    assert Offer.objects.get().stock == 5


def test_what_was_used_stays_paid(pool: Pool) -> None:
    voucher = pool.buy()
    pool.take(voucher, 4)

    give_back(pool, voucher)

    order = Order.objects.get()
    assert (order.state, order.delivered, order.paid) == (OrderState.CONFIRMED, 1, 16_80)
    assert pool.has(pool.there.ann) == (83_20, 0)
    assert pool.has(pool.there.shop) == (16_80, 0)
    assert Offer.objects.get().stock == 4


@pytest.mark.parametrize(
    ("rule", "used", "allowed"),
    [
        (Refund.ANY_TIME, 0, True),
        (Refund.ANY_TIME, 3, True),
        (Refund.UNUSED, 0, True),
        (Refund.UNUSED, 3, False),
        (Refund.AT_END, 0, False),
        (Refund.AT_END, 3, False),
    ],
)
def test_it_is_given_back_as_its_terms_say(rule: str, used: int, allowed: bool) -> None:
    pool = a_pool(refund=rule)
    voucher = pool.buy()
    if used:
        pool.take(voucher, used)

    if allowed:
        give_back(pool, voucher)
    else:
        with pytest.raises(vouchers.NotGivenBackAnyMore):
            give_back(pool, voucher)

    assert (Voucher.objects.get().state == VoucherState.REFUNDED) is allowed
    assert (pool.has(pool.there.ann)[1] == 0) is allowed


def test_only_its_buyer_gives_it_back_or_blocks_it(pool: Pool) -> None:
    voucher = pool.buy()

    for deed in (vouchers.refund_voucher, vouchers.block):
        for who in (actor(pool.there.ben_login), pool.seller):
            with pytest.raises(NotYourTrade):
                deed(voucher=voucher, actor=who, at=pool.at)


def test_a_used_voucher_is_not_given_back_and_a_lost_one_is(pool: Pool) -> None:
    """Who lost one need not let it be used again first, so that its finder can."""
    blocked, used = pool.buy(), pool.buy()
    vouchers.block(voucher=blocked, actor=pool.buyer, at=pool.at)
    pool.take(used, 10)

    give_back(pool, blocked)
    with pytest.raises(MoveRefused):
        give_back(pool, used)

    assert pool.has(pool.there.ann) == (58_00, 0)


def test_on_the_day_after_its_last_it_lapses_and_the_rest_comes_back(pool: Pool) -> None:
    voucher = pool.buy()
    pool.take(voucher, 4)

    assert vouchers.watch_vouchers(pool.at + 30 * DAY) == 0
    assert vouchers.watch_vouchers(pool.at + 31 * DAY) == 1
    assert vouchers.watch_vouchers(pool.at + 31 * DAY) == 0

    order = Order.objects.get()
    assert Voucher.objects.get().state == VoucherState.EXPIRED
    assert (order.state, order.paid) == (OrderState.CONFIRMED, 16_80)
    assert pool.has(pool.there.ann) == (83_20, 0)


def test_an_unused_or_blocked_one_lapses_too_and_its_order_expires(pool: Pool) -> None:
    pool.buy()
    blocked = pool.buy()
    vouchers.block(voucher=blocked, actor=pool.buyer, at=pool.at)

    assert vouchers.watch_vouchers(pool.at + 31 * DAY) == 2

    assert {order.state for order in Order.objects.all()} == {OrderState.EXPIRED}
    assert pool.has(pool.there.ann) == (100_00, 0)
    assert Offer.objects.get().stock == 5


def test_the_ledger_may_have_set_the_coins_free_before(pool: Pool) -> None:
    """After an outage of months the clock of the ledger can come first: nothing is lost and nothing comes twice."""
    voucher = pool.buy()
    pool.take(voucher, 4)
    later = pool.at + 60 * DAY
    assert expire_reservations(at=later) == 1

    assert vouchers.watch_vouchers(later) == 1

    assert Voucher.objects.get().state == VoucherState.EXPIRED
    assert pool.has(pool.there.ann) == (83_20, 0)


@pytest.mark.parametrize("ends", ["given back", "lapsed"])
@pytest.mark.parametrize(("turns", "used"), [(1, 1), (2, 1), (3, 2)])
def test_of_several_pieces_those_that_nobody_used_can_be_bought_again(
    ends: str, turns: int, used: int
) -> None:
    """Two of five were bought, each for two turns: one that was used in part counts as used."""
    pool = a_pool(uses=2)
    voucher = pool.buy(quantity=2)
    pool.take(voucher, turns)

    if ends == "given back":
        give_back(pool, voucher)
    else:
        assert vouchers.watch_vouchers(pool.at + 31 * DAY) == 1

    order = Order.objects.get()
    assert (order.state, order.delivered) == (OrderState.CONFIRMED, used)
    assert Offer.objects.get().stock == 5 - used
