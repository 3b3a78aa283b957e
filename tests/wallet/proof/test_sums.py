"""The sums that everybody may know of a coin: right, of whole months, and never of a few."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from ledger.kinds import AccountKind, Label, TransferKind
from ledger.models import Account
from ledger.operations import redeem, reserve, return_funding
from ledger.queries import Doings, Share, backings, circulation, doings, months_of, reserve_of, shares_of
from tests.factories.ledger import SYSTEM, Town, account, fund, key, town
from tests.ledger.statements import pay
from wallet.queries.proof import FEWEST, Group, Part, counted, folded, year_of

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
# Half past midnight on the first of October where the neighbourhoods are: still September in UTC.
NIGHT = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)


def day(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 9, 0, tzinfo=UTC)


@pytest.fixture
def molen(db: None) -> Town:
    return town()


def pay_out(molen: Town, amount: int, at: datetime) -> None:
    """The shop is paid in euros for coins."""
    words: dict[str, Any] = {"actor": SYSTEM, "at": at}
    issue = molen.issue
    held = reserve(
        payer=molen.shop, payee=issue, amount=amount, kind=TransferKind.REDEEM, key=key(f"held {at}"),
        expires_at=day(12, 31), **words,
    )  # fmt: skip
    redeem(reservation=held, to=molen.shop.holder, bank_reference=f"out {at}", key=key(f"out {at}"), **words)


def reward(molen: Town, payee: Account, amount: int, at: datetime) -> None:
    label = Label.VOLUNTEER_ALLOWANCE
    pay(molen.pot, payee, amount, f"reward {payee.pk} {at}", kind=TransferKind.REWARD, label=label, at=at)


class TestMonths:
    def test_each_month_tells_what_came_what_went_and_what_was_left(self, molen: Town) -> None:
        fund(molen, molen.shop, 100_00, at=day(9, 3))
        fund(molen, molen.pot, 20_00, at=NIGHT)
        pay_out(molen, 30_00, day(11, 5))

        months = months_of(molen.coin, [SEPTEMBER, OCTOBER, NOVEMBER])

        found = [(one.first_on, one.issued, one.redeemed, one.circulation) for one in months]
        assert found == [
            (SEPTEMBER, 100_00, 0, 100_00),
            (OCTOBER, 20_00, 0, 120_00),
            (NOVEMBER, 0, 30_00, 90_00),
        ]
        assert circulation(molen.coin) == 90_00

    def test_what_was_about_before_counts_on(self, molen: Town) -> None:
        fund(molen, molen.shop, 100_00, at=day(9, 3))

        (november,) = months_of(molen.coin, [NOVEMBER])

        assert (november.issued, november.circulation) == (0, 100_00)

    def test_money_that_a_funder_got_back_has_gone(self, molen: Town) -> None:
        funding = fund(molen, molen.pot, 50_00, at=day(9, 3))
        return_funding(funding=funding, bank_reference="back", key=key("back"), actor=SYSTEM, at=day(10, 2))

        months = months_of(molen.coin, [SEPTEMBER, OCTOBER])

        assert [(one.issued, one.redeemed, one.circulation) for one in months] == [
            (50_00, 0, 50_00),
            (0, 50_00, 0),
        ]

    def test_payments_between_holders_change_nothing_of_it(self, molen: Town) -> None:
        fund(molen, molen.ann, 50_00, at=day(9, 3))
        pay(molen.ann, molen.shop, 20_00, "soup", at=day(10, 3))

        assert [one.circulation for one in months_of(molen.coin, [SEPTEMBER, OCTOBER])] == [50_00, 50_00]

    def test_a_coin_of_which_there_never_was_one_has_empty_months(self, molen: Town) -> None:
        (november,) = months_of(molen.coin, [NOVEMBER])

        assert (november.issued, november.redeemed, november.circulation) == (0, 0, 0)
        assert months_of(molen.euro, [NOVEMBER]) == []

    @pytest.mark.parametrize("count", [1, 3])
    def test_a_year_costs_what_a_month_costs(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries, count: int
    ) -> None:
        fund(molen, molen.shop, 100_00, at=day(9, 3))

        with django_assert_num_queries(4):
            months_of(molen.coin, [SEPTEMBER, OCTOBER, NOVEMBER][:count])


class TestDoings:
    def test_what_was_earned_and_spent_is_told_with_how_many_did_so(self, molen: Town) -> None:
        fund(molen, molen.pot, 100_00, at=day(9, 3))
        for number, payee in enumerate([molen.ann, molen.ann, molen.ben], start=1):
            reward(molen, payee, 10_00, day(10, number))
        pay(molen.ann, molen.shop, 4_00, "soup", at=day(10, 31))
        pay(molen.ann, molen.shop, 1_00, "more soup", at=day(11, 1))

        october = doings(molen.coin, from_on=OCTOBER, until_on=date(2026, 10, 31))

        assert october == Doings(earned=30_00, earners=2, spent=4_00, spenders=1)

    def test_another_coin_is_not_counted(self, molen: Town) -> None:
        other = town("SLUIS", "Sluismunt")
        fund(other, other.ann, 100_00, at=day(9, 3))
        pay(other.ann, other.shop, 4_00, "soup", at=day(10, 3))

        october = doings(molen.coin, from_on=OCTOBER, until_on=date(2026, 10, 31))

        assert october == Doings(earned=0, earners=0, spent=0, spenders=0)


def earn_and_spend(molen: Town, number: int, at: datetime) -> None:
    """So many people earn one coin each, and spend it."""
    for name in range(number):
        one = account(molen, f"{at:%d %B} {name}")
        reward(molen, one, 1_00, at)
        pay(one, molen.shop, 1_00, f"spent {one.pk}", at=at)


class TestYear:
    def test_it_is_this_month_and_the_eleven_before_it(self, molen: Town) -> None:
        months = year_of(molen.coin, date(2026, 2, 28))

        assert [month.money.first_on for month in months][::11] == [date(2025, 3, 1), date(2026, 2, 1)]
        assert [month.is_over for month in months] == [True] * 11 + [False]

    @pytest.mark.parametrize(("people", "told"), [(0, 0), (1, None), (4, None), (5, 5_00), (6, 6_00)])
    def test_what_fewer_than_five_earned_or_spent_is_not_told(
        self, molen: Town, people: int, told: int | None
    ) -> None:
        fund(molen, molen.pot, 100_00, at=day(9, 3))
        earn_and_spend(molen, people, day(10, 15))

        *_, october, november = year_of(molen.coin, date(2026, 11, 22))

        assert (october.earned, october.spent) == (told, told)
        assert (november.earned, november.spent) == (None, None)

    def test_nothing_of_a_running_month_is_told_so_that_nobody_sees_a_payment_pass(self, molen: Town) -> None:
        fund(molen, molen.pot, 100_00, at=day(11, 3))
        earn_and_spend(molen, 8, day(11, 15))

        running = year_of(molen.coin, date(2026, 11, 22))[-1]

        assert (running.is_over, running.earned, running.spent) == (False, None, None)

    def test_months_that_are_over_are_counted_once(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        fund(molen, molen.pot, 100_00, at=day(9, 3))
        with django_assert_num_queries(4 + 11 * 2):
            first = year_of(molen.coin, date(2026, 11, 22))

        with django_assert_num_queries(4):
            assert year_of(molen.coin, date(2026, 11, 22)) == first


def share(kind: AccountKind, holder_kind: str, amount: int, holders: int) -> Share:
    return Share(kind=kind, holder_kind=holder_kind, amount=amount, holders=holders)


def residents(amount: int, holders: int) -> Share:
    return share(AccountKind.HOLDER, "PERSON", amount, holders)


def organisations(amount: int, holders: int) -> Share:
    return share(AccountKind.HOLDER, "COMPANY", amount, holders)


def in_pots(amount: int, holders: int) -> Share:
    return share(AccountKind.POT, "ASSOCIATION", amount, holders)


class TestShares:
    def test_together_they_are_the_circulation(self, molen: Town) -> None:
        fund(molen, molen.pot, 100_00)
        fund(molen, molen.ann, 30_00)
        pay(molen.ann, molen.shop, 10_00, "soup")

        shares = shares_of(molen.coin)

        assert {(one.kind, one.holder_kind, one.amount, one.holders) for one in shares} == {
            (AccountKind.HOLDER, "PERSON", 20_00, 1),
            (AccountKind.HOLDER, "COMPANY", 10_00, 1),
            (AccountKind.POT, "ASSOCIATION", 100_00, 1),
        }
        assert sum(one.amount for one in shares) == circulation(molen.coin)

    def test_a_holder_with_two_accounts_is_one_and_one_without_coins_is_none(self, molen: Town) -> None:
        second = account(molen, "Savings", holder=molen.ann.holder)
        fund(molen, molen.ann, 10_00)
        fund(molen, second, 10_00)

        (persons,) = shares_of(molen.coin)

        assert (persons.amount, persons.holders) == (20_00, 1)

    def test_enough_of_each_are_shown_apart(self) -> None:
        assert folded([in_pots(3, 5), residents(1, 9), organisations(2, 6)]) == [
            Part(groups=[Group.RESIDENTS], amount=1),
            Part(groups=[Group.ORGANISATIONS], amount=2),
            Part(groups=[Group.POTS], amount=3),
        ]

    def test_a_group_of_few_goes_together_with_the_next_smallest(self) -> None:
        assert folded([residents(100, 40), organisations(20, 8), in_pots(3, 2)]) == [
            Part(groups=[Group.RESIDENTS], amount=100),
            Part(groups=[Group.ORGANISATIONS, Group.POTS], amount=23),
        ]

    def test_two_groups_of_few_are_enough_together(self) -> None:
        assert folded([residents(100, 40), organisations(20, 3), in_pots(3, 2)]) == [
            Part(groups=[Group.RESIDENTS], amount=100),
            Part(groups=[Group.ORGANISATIONS, Group.POTS], amount=23),
        ]

    def test_few_of_all_together_are_one_sum_which_is_the_circulation(self) -> None:
        assert folded([residents(1, 1), organisations(2, 2), in_pots(3, 1)]) == [
            Part(groups=list(Group), amount=6)
        ]
        assert folded([residents(1, 1)]) == [Part(groups=[Group.RESIDENTS], amount=1)]
        assert folded([]) == []

    @given(st.lists(st.integers(0, 12), min_size=3, max_size=3))
    def test_no_sum_is_of_fewer_than_five_unless_there_are_no_more(self, holders: list[int]) -> None:
        makers = dict(zip(Group, (residents, organisations, in_pots), strict=True))
        numbers = dict(zip(Group, holders, strict=True))
        parts = folded(makers[group](7, count) for group, count in numbers.items() if count)

        assert sorted(group for part in parts for group in part.groups) == sorted(
            group for group, count in numbers.items() if count
        )
        if len(parts) > 1:
            assert min(sum(numbers[group] for group in part.groups) for part in parts) >= FEWEST

    def test_who_looks_before_and_after_a_payment_sees_no_difference(self, molen: Town) -> None:
        fund(molen, molen.ann, 30_00)
        morning = counted(molen.coin, day(11, 22))
        pay(molen.ann, molen.shop, 10_00, "soup")

        assert counted(molen.coin, datetime(2026, 11, 22, 22, 59, tzinfo=UTC)) == morning
        assert counted(molen.coin, datetime(2026, 11, 22, 23, 1, tzinfo=UTC)).at > morning.at


def test_several_coins_are_looked_at_in_one_look(
    molen: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sluis, empty = town("SLUIS", "Sluismunt"), town("ZON", "Zonnemunt")
    fund(molen, molen.ann, 30_00)
    fund(sluis, sluis.ann, 7_00)

    with django_assert_num_queries(1):
        found = backings([molen.coin, sluis.coin, empty.coin])

    assert [(one.circulation, one.reserve) for one in found.values()] == [
        (30_00, 30_00),
        (7_00, 7_00),
        (0, 0),
    ]
    assert (reserve_of(molen.coin), circulation(sluis.coin)) == (30_00, 7_00)
