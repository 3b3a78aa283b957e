"""A voucher is bought, used in turns and paid for turn by turn."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from ledger.kinds import ReservationState
from ledger.models import Reservation, Transfer
from marketplace.models import Order, Voucher, VoucherUse
from marketplace.operations import vouchers
from marketplace.permissions import NotYourTrade, OwnMatter
from marketplace.states import OrderState, VoucherState
from people.models import Role
from tests.factories.market import supply
from tests.factories.people import mandate
from tests.factories.residency import second_login
from tests.marketplace.vouchers.conftest import DAY, Pool, a_pool

pytestmark = pytest.mark.django_db


def test_who_buys_ahead_has_a_code_at_once_and_the_coins_are_set_apart(pool: Pool) -> None:
    voucher = pool.buy()

    assert (voucher.state, voucher.uses, voucher.used) == (VoucherState.ISSUED, 10, 0)
    assert voucher.expires_on == pool.at.date() + 30 * DAY
    assert voucher.order.state == OrderState.ACCEPTED
    assert pool.has(pool.there.ann) == (100_00, 42_00)
    assert pool.has(pool.there.shop) == (0, 0)


def test_two_cards_are_one_voucher_of_twenty_turns(pool: Pool) -> None:
    assert pool.buy(quantity=2).uses == 20


def test_each_turn_is_paid_and_the_rest_stays_set_apart(pool: Pool) -> None:
    voucher = pool.buy()

    taken = pool.take(voucher, 3)

    assert (taken.amount, taken.uses) == (12_60, 3)
    assert Voucher.objects.get(pk=voucher.pk).state == VoucherState.PARTLY_USED
    assert pool.has(pool.there.ann) == (87_40, 29_40)
    assert pool.has(pool.there.shop) == (12_60, 0)
    assert Order.objects.get().paid == 12_60


def test_turns_of_an_odd_price_are_together_worth_exactly_that_price() -> None:
    cheap = a_pool_at(a_pool(), 5)
    voucher = cheap.buy()

    paid = [cheap.take(voucher).amount for _turn in range(7)]

    assert (paid, sum(paid)) == ([0, 1, 1, 0, 1, 1, 1], 5)
    assert Transfer.objects.filter(kind="PAYMENT").count() == 5


def a_pool_at(pool: Pool, price: int) -> Pool:
    terms = {"is_voucher": True, "uses": 7, "voucher_days": 30}
    return Pool(there=pool.there, offer=supply(pool.there, "Sleutelhanger", price, terms=terms))


def test_the_last_turn_ends_voucher_order_and_reservation(pool: Pool) -> None:
    voucher = pool.buy()
    pool.take(voucher, 9)

    pool.take(voucher)

    order = Order.objects.get()
    assert Voucher.objects.get().state == VoucherState.USED
    assert (order.state, order.delivered, order.paid) == (OrderState.CONFIRMED, 1, 42_00)
    assert pool.has(pool.there.ann) == (58_00, 0)
    assert pool.has(pool.there.shop) == (42_00, 0)


def test_a_form_sent_twice_takes_one_turn(pool: Pool) -> None:
    voucher, key = pool.buy(), uuid4()

    first = pool.take(voucher, 2, key=key)
    second = pool.take(voucher, 2, key=key)

    assert first.pk == second.pk
    assert (Voucher.objects.get().used, Order.objects.get().paid) == (2, 8_40)


def test_a_form_sent_for_another_number_is_refused(pool: Pool) -> None:
    voucher, key = pool.buy(), uuid4()
    pool.take(voucher, 2, key=key)

    with pytest.raises(vouchers.OtherUse):
        pool.take(voucher, 3, key=key)

    assert Voucher.objects.get().used == 2


@pytest.mark.parametrize("uses", [0, -1, 11])
def test_no_more_turns_than_are_left_and_never_less_than_one(pool: Pool, uses: int) -> None:
    voucher = pool.buy()

    with pytest.raises(vouchers.TooManyUses, match="It can be used 10 times more"):
        pool.take(voucher, uses)

    assert VoucherUse.objects.count() == 0


def test_a_used_voucher_is_refused_with_the_day_of_the_last_time(pool: Pool) -> None:
    voucher = pool.buy()
    pool.take(voucher, 10)

    with pytest.raises(vouchers.VoucherUsedUp, match="22, 2026"):
        pool.take(voucher)


def test_a_blocked_voucher_is_not_taken_until_its_buyer_says_so(pool: Pool) -> None:
    voucher = pool.buy()
    pool.take(voucher, 4)
    vouchers.block(voucher=voucher, actor=pool.buyer, at=pool.at)

    with pytest.raises(vouchers.VoucherBlocked):
        pool.take(voucher)
    vouchers.unblock(voucher=voucher, actor=pool.buyer, at=pool.at)
    pool.take(voucher)

    assert (Voucher.objects.get().used, Voucher.objects.get().state) == (5, VoucherState.PARTLY_USED)


def test_after_its_last_day_it_is_not_taken_also_when_the_clock_did_not_come_by(pool: Pool) -> None:
    voucher = pool.buy()
    pool.take(voucher, at=pool.at + 30 * DAY)

    with pytest.raises(vouchers.VoucherLapsed):
        pool.take(voucher, at=pool.at + 31 * DAY)

    assert Voucher.objects.get().used == 1


def test_only_who_sells_takes_it(pool: Pool) -> None:
    voucher = pool.buy()

    for login in (pool.there.ben_login, pool.there.bea):
        with pytest.raises(NotYourTrade):
            pool.take(voucher, login=login)


def test_a_buyer_who_works_there_does_not_take_their_own_also_under_a_second_login(pool: Pool) -> None:
    voucher = pool.buy()
    twin = second_login(pool.there.ann_login)
    mandate(person=twin, principal=pool.there.shop.holder, role=Role.OPERATOR)

    with pytest.raises(OwnMatter):
        pool.take(voucher, login=twin)

    assert VoucherUse.objects.count() == 0


def test_the_database_refuses_more_uses_than_there_are_and_a_use_that_is_changed(pool: Pool) -> None:
    voucher = pool.buy()
    taken = pool.take(voucher)

    for change in (
        lambda: Voucher.objects.update(used=11),
        lambda: Voucher.objects.update(code="22222BBBBB"),
        lambda: Voucher.objects.update(uses=20),
        lambda: Voucher.objects.update(state=VoucherState.ISSUED),
        lambda: VoucherUse.objects.filter(pk=taken.pk).update(amount=1),
        lambda: VoucherUse.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_was_taken_and_what_the_ledger_booked_agree(pool: Pool) -> None:
    voucher = pool.buy(quantity=2)
    for uses in (1, 5, 3):
        pool.take(voucher, uses)

    booked = Transfer.objects.filter(payee=pool.there.shop, kind="PAYMENT")
    held = Reservation.objects.get()
    assert sorted(one.amount for one in booked) == sorted(one.amount for one in VoucherUse.objects.all())
    assert (held.state, held.captured) == (ReservationState.OPEN, Order.objects.get().paid)
