"""What can be asked about accounts: which, whose, how much; and how much of a coin there is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from ledger.address import in_groups
from ledger.kinds import TransferKind
from ledger.models import Account, Reservation
from ledger.operations import (
    block_account,
    capture,
    charge_back,
    close_account,
    redeem,
    release,
    reserve,
)
from ledger.queries import (
    Backing,
    account_at,
    accounts_of,
    backing,
    balance_of,
    beneficiary_of,
    circulation,
    recent_payees,
    reservations_of,
    reserve_of,
)
from ledger.refusals import UnknownAccount
from tests.factories.ledger import AT, SYSTEM, Town, account, fund, key, town
from tests.ledger.statements import pay, pay_often

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)
NOW: dict[str, Any] = {"actor": SYSTEM, "at": AT}


@pytest.fixture
def molen() -> Town:
    """Ann has 100 coins."""
    made = town()
    fund(made, made.ann, 100_00)
    return made


def hold(payer: Account, payee: Account, amount: int, name: str, kind: str = "PAYMENT") -> Reservation:
    expires_at = AT + timedelta(days=7)
    return reserve(
        payer=payer, payee=payee, amount=amount, kind=kind, key=key(name), expires_at=expires_at, **NOW
    )


class TestAddress:
    def test_an_account_is_found_by_its_address_however_it_is_typed(self, molen: Town) -> None:
        address = molen.ben.address

        for typed in (address, in_groups(address), address.lower(), f" {address[:4]}-{address[4:]} "):
            assert account_at(typed) == molen.ben

    def test_its_coin_and_the_name_of_its_holder_come_along(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            found = account_at(molen.shop.address)
            assert (found.coin.name, found.holder.display_name) == ("Molenmunt", "Shop MOLEN")

    @pytest.mark.parametrize("typed", ["", "bread", "22222222222P", "7KQ4 M2PX 9DT8", "\0"])
    def test_an_address_that_nobody_has_is_refused(self, molen: Town, typed: str) -> None:
        with pytest.raises(UnknownAccount) as refusal:
            account_at(typed)

        assert str(refusal.value) == "We do not know this account. Check the address."


class TestAccountsOfAHolder:
    def test_those_that_are_closed_come_last_and_nobody_elses_come_at_all(self, molen: Town) -> None:
        closed, blocked, fresh = (account(molen, name, holder=molen.ann.holder) for name in ("a", "b", "c"))
        close_account(account=closed, **NOW)
        block_account(account=blocked, **NOW)

        assert list(accounts_of(molen.ann.holder)) == [molen.ann, blocked, fresh, closed]

    def test_a_pot_belongs_to_who_spends_from_it_and_not_to_its_funder(self, molen: Town) -> None:
        assert molen.pot.funder is not None
        assert list(accounts_of(molen.pot.holder)) == [molen.pot]
        assert list(accounts_of(molen.pot.funder)) == []

    def test_three_accounts_in_two_coins_cost_what_one_costs(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        sluis = town("SLUIS", "Sluismunt")
        holder = molen.ann.holder
        with django_assert_num_queries(1):
            assert [one.coin.name for one in accounts_of(holder)] == ["Molenmunt"]

        account(sluis, "Ann in Sluis", holder=holder)
        account(molen, "savings", holder=holder)
        with django_assert_num_queries(1):
            assert [one.coin.name for one in accounts_of(holder)] == ["Molenmunt", "Sluismunt", "Molenmunt"]


class TestBalance:
    def test_what_is_reserved_is_there_but_not_available(self, molen: Town) -> None:
        hold(molen.ann, molen.ben, 30_00, "order")

        now = balance_of(molen.ann)

        assert (now.balance, now.reserved, now.available) == (100_00, 30_00, 70_00)

    def test_it_is_read_anew_in_one_query(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        pay(molen.ann, molen.ben, 1_00, "bread")

        with django_assert_num_queries(1):
            now = balance_of(molen.ann)

        assert (molen.ann.balance, now.balance) == (100_00, 99_00)

    def test_an_account_that_is_not_there_has_none(self) -> None:
        with pytest.raises(UnknownAccount):
            balance_of(Account(pk=7))


class TestReservations:
    def test_those_that_are_open_stand_newest_first_with_what_is_left_of_them(self, molen: Town) -> None:
        first = hold(molen.ann, molen.ben, 30_00, "order")
        second = hold(molen.ann, molen.cas, 5_00, "course")
        release(reservation=hold(molen.ann, molen.cas, 1_00, "mistake"), key=key("sorry"), **NOW)
        capture(reservation=hold(molen.ann, molen.cas, 2_00, "done"), key=key("paid"), **NOW)
        capture(reservation=first, amount=10_00, key=key("a part"), **NOW)

        open_ones = reservations_of(molen.ann)

        assert [(one.pk, one.left, one.kind) for one in open_ones] == [
            (second.pk, 5_00, TransferKind.PAYMENT),
            (first.pk, 20_00, TransferKind.PAYMENT),
        ]

    def test_what_others_reserved_for_ann_is_not_among_them(self, molen: Town) -> None:
        hold(molen.ann, molen.ben, 30_00, "order")

        assert list(reservations_of(molen.ben)) == []

    def test_three_for_three_people_cost_what_one_costs(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        hold(molen.ann, molen.ben, 1, "one")
        with django_assert_num_queries(1):
            assert whom(reservations_of(molen.ann)) == ["Ben de Vries"]

        hold(molen.ann, molen.cas, 1, "two")
        hold(molen.ann, molen.shop, 1, "three")
        with django_assert_num_queries(1):
            assert whom(reservations_of(molen.ann)) == ["Shop MOLEN", "Cas de Vries", "Ben de Vries"]


def whom(reservations: Any) -> list[str]:
    return [one.payee.holder.display_name for one in reservations]


class TestBeneficiary:
    def test_it_is_the_holder_and_of_a_pot_the_funder(self, molen: Town) -> None:
        assert beneficiary_of(molen.shop) == molen.shop.holder
        assert beneficiary_of(molen.pot) == molen.pot.funder
        assert beneficiary_of(molen.pot).pk == molen.pot.beneficiary_id


class TestRecentPayees:
    def test_each_stands_once_the_last_one_first(self, molen: Town) -> None:
        for number, payee in enumerate([molen.ben, molen.shop, molen.cas, molen.ben]):
            pay(molen.ann, payee, 1, f"{number}")

        assert recent_payees(molen.ann) == [molen.ben, molen.cas, molen.shop]
        assert recent_payees(molen.ann, limit=2) == [molen.ben, molen.cas]

    def test_who_was_paid_back_who_is_closed_and_the_system_are_not_among_them(self, molen: Town) -> None:
        fund(molen, molen.shop, 5_00)
        gone = account(molen, "Dirk")
        held = hold(molen.shop, molen.issue, 1_00, "payout", kind="REDEEM")
        redeem(reservation=held, to=molen.shop.holder, bank_reference="B1", key=key("out"), **NOW)
        pay(molen.shop, gone, 1, "there")
        pay(gone, molen.shop, 1, "and back")
        close_account(account=gone, **NOW)
        charge_back(transfer=pay(molen.ann, molen.shop, 1, "wrong"), key=key("sorry"), **NOW)

        assert recent_payees(molen.shop) == []

    def test_it_looks_back_two_hundred_payments_and_no_further(self, molen: Town) -> None:
        pay(molen.ann, molen.cas, 1, "once")
        pay_often(molen.ann, molen.ben, 199)
        assert recent_payees(molen.ann) == [molen.ben, molen.cas]

        pay(molen.ann, molen.shop, 1, "one more")
        assert recent_payees(molen.ann) == [molen.shop, molen.ben]

    def test_three_cost_what_one_costs(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        pay(molen.ann, molen.ben, 1, "one")
        with django_assert_num_queries(2):
            assert [one.holder.display_name for one in recent_payees(molen.ann)] == ["Ben de Vries"]

        pay(molen.ann, molen.shop, 1, "two")
        pay(molen.ann, molen.pot, 1, "three")
        with django_assert_num_queries(2):
            names = [one.holder.display_name for one in recent_payees(molen.ann)]
        assert names == ["Football club MOLEN", "Shop MOLEN", "Ben de Vries"]


class TestCoin:
    def test_before_money_came_in_there_is_nothing(self) -> None:
        coin = town().coin

        assert (circulation(coin), reserve_of(coin)) == (0, 0)
        assert backing(coin) == Backing(circulation=0, reserve=0)

    def test_a_coin_without_accounts_has_nothing(self, molen: Town) -> None:
        assert (circulation(molen.euro), reserve_of(molen.euro)) == (0, 0)
        assert backing(molen.euro) == Backing(circulation=0, reserve=0)

    def test_what_came_in_is_about_and_what_is_paid_out_is_not(self, molen: Town) -> None:
        fund(molen, molen.shop, 50_00)
        held = hold(molen.shop, molen.issue, 20_00, "payout", kind="REDEEM")
        assert backing(molen.coin) == Backing(circulation=150_00, reserve=150_00)

        redeem(reservation=held, to=molen.shop.holder, bank_reference="B1", key=key("out"), **NOW)

        assert (circulation(molen.coin), reserve_of(molen.coin)) == (130_00, 130_00)
        assert backing(molen.coin) == Backing(circulation=130_00, reserve=130_00)

    def test_two_coins_on_one_currency_are_kept_apart(self, molen: Town) -> None:
        sluis = town("SLUIS", "Sluismunt")
        fund(sluis, sluis.ann, 7_00)

        assert backing(sluis.coin) == Backing(circulation=7_00, reserve=7_00)
        assert backing(molen.coin) == Backing(circulation=100_00, reserve=100_00)

    def test_each_is_one_query(self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for question in (circulation, reserve_of, backing):
            with django_assert_num_queries(1):
                question(molen.coin)
