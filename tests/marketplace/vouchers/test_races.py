"""Two at the same moment, in processes of their own: a turn is taken once, and no coin goes two ways."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from core.actor import Actor
from ledger.models import Account, Transfer
from marketplace.models import Order, Voucher, VoucherUse
from marketplace.operations import vouchers
from marketplace.operations.vouchers.ending import lapse
from people.models import Party, User
from tests.factories.market import AT
from tests.marketplace.vouchers.conftest import DAY, Pool, a_pool
from tests.plugins.data import RealCommits


def take(code: str, login: int, seller: int, uses: int, key: str) -> int:
    """What a desk does."""
    who = User.objects.select_related("person").get(pk=login)
    actor = Actor(user=who, person=who.person, principal=Party.objects.get(pk=seller))
    voucher = Voucher.objects.get(code=code)
    return vouchers.use(voucher=voucher, uses=uses, key=UUID(key), actor=actor, at=AT).amount


def end(code: str, login: int) -> str:
    """What its buyer does; without a login, the clock after its last day."""
    voucher = Voucher.objects.get(code=code)
    if not login:
        lapse(voucher=voucher, at=AT + 31 * DAY)
        return str(voucher.state)
    who = User.objects.select_related("person").get(pk=login)
    actor = Actor(user=who, person=who.person, principal=who.person)
    return str(vouchers.refund_voucher(voucher=voucher, actor=actor, at=AT).state)


def either(call: dict[str, Any], is_end: bool) -> object:
    """One of the two, for a race of different deeds."""
    return end(**call) if is_end else take(**call)


def desk(pool: Pool, voucher: Voucher, uses: int, key: UUID | None = None) -> dict[str, Any]:
    return {
        "code": voucher.code, "login": pool.there.sjoerd.pk, "seller": pool.there.shop.holder_id, "uses": uses,
        "key": str(key or uuid4()),
    }  # fmt: skip


def check_sums(pool: Pool, paid: int) -> None:
    order, voucher = Order.objects.get(), Voucher.objects.get()
    ann = Account.objects.get(pk=pool.there.ann.pk)
    assert Account.objects.get(pk=pool.there.shop.pk).balance == paid
    assert sum(Transfer.objects.filter(kind="PAYMENT").values_list("amount", flat=True)) == paid
    assert (order.paid, sum(VoucherUse.objects.values_list("amount", flat=True))) == (paid, paid)
    assert ann.balance == 100_00 - paid
    assert ann.reserved == (42_00 - paid if voucher.state in {"ISSUED", "PARTLY_USED"} else 0)


def test_of_two_desks_that_take_the_last_turn_one_hears_that_it_is_used_up(real_commits: RealCommits) -> None:
    pool = a_pool()
    voucher = pool.buy()
    pool.take(voucher, 9)

    outcomes = real_commits.race(take, [desk(pool, voucher, 1), desk(pool, voucher, 1)])

    assert sorted(one.refused or "" for one in outcomes) == ["", "voucher_used_up"]
    check_sums(pool, 42_00)


def test_of_two_that_together_want_more_than_is_left_one_is_told_how_many(real_commits: RealCommits) -> None:
    pool = a_pool()
    voucher = pool.buy()

    outcomes = real_commits.race(take, [desk(pool, voucher, 7), desk(pool, voucher, 7)])

    assert sorted(one.refused or "" for one in outcomes) == ["", "too_many_uses"]
    check_sums(pool, 29_40)


def test_one_form_sent_twice_at_the_same_moment_takes_once(real_commits: RealCommits) -> None:
    pool = a_pool()
    voucher, key = pool.buy(), uuid4()

    outcomes = real_commits.race(take, [desk(pool, voucher, 3, key), desk(pool, voucher, 3, key)])

    assert [one.refused for one in outcomes] == [None, None]
    check_sums(pool, 12_60)


@pytest.mark.parametrize("by_clock", [False, True])
def test_taken_and_given_back_or_lapsed_at_the_same_moment_is_one_of_the_two_first(
    real_commits: RealCommits, by_clock: bool
) -> None:
    pool = a_pool()
    voucher = pool.buy()
    login = 0 if by_clock else pool.there.ann_login.pk

    calls: list[dict[str, Any]] = [
        {"call": desk(pool, voucher, 4), "is_end": False},
        {"call": {"code": voucher.code, "login": login}, "is_end": True},
    ]
    real_commits.race(either, calls)

    ended = Voucher.objects.get()
    assert ended.used in {0, 4}
    assert ended.state == ("EXPIRED" if by_clock else "REFUNDED")
    check_sums(pool, ended.used * 4_20)
