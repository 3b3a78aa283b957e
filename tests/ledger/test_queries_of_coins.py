"""What can be asked about a coin: its pots, what people received under a label, its limits, money on its way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from ledger.kinds import AccountKind, Label, TransferKind
from ledger.models import Account, Funding, LimitRule
from ledger.operations import (
    announce_funding,
    cancel_funding,
    charge_back,
    close_account,
    receive_funding,
    reserve,
)
from ledger.queries import (
    UnknownFunding,
    funding_by_reference,
    limit_in_force,
    open_fundings,
    pots,
    received,
    received_by_month,
)
from people.models import Party
from tests.factories.ledger import AT, SYSTEM, Town, account, fund, key, town
from tests.factories.people import organisation
from tests.ledger.statements import pay

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)
NOW: dict[str, Any] = {"actor": SYSTEM, "at": AT}


@pytest.fixture
def molen() -> Town:
    """The pot has 100 coins."""
    made = town()
    fund(made, made.pot, 100_00)
    return made


def pot(molen: Town, name: str, ends_on: date | None = None) -> Account:
    """A pot of this club, paid by a company that is called after it."""
    words: dict[str, Any] = {"kind": AccountKind.POT, "holder_kind": "ASSOCIATION", "ends_on": ends_on}
    return account(molen, name, holder=organisation(name), funder=organisation(f"{name} Ltd"), **words)


class TestPots:
    def test_a_pot_tells_who_spends_it_who_gave_it_and_how_much_there_is(self, molen: Town) -> None:
        reserve(
            payer=molen.pot, payee=molen.ann, amount=30_00, kind="PAYMENT", key=key("held"),
            expires_at=AT + timedelta(days=1), **NOW,
        )  # fmt: skip

        (only,) = pots(molen.coin, on=DAY)

        assert only.account == molen.pot
        assert (only.holder_name, only.funder_name) == ("Football club MOLEN", "Municipality MOLEN")
        assert (only.balance, only.available) == (100_00, 70_00)
        assert (only.ends_on, only.has_ended) == (None, False)

    def test_the_first_to_end_comes_first_and_a_pot_has_its_last_day(self, molen: Town) -> None:
        later = pot(molen, "Swimming", date(2026, 12, 31))
        last_day = pot(molen, "Chess", DAY)

        assert [(one.account, one.has_ended) for one in pots(molen.coin, on=DAY)] == [
            (last_day, False), (later, False), (molen.pot, False),
        ]  # fmt: skip
        tomorrow = pots(molen.coin, on=DAY + timedelta(days=1))
        assert [one.has_ended for one in tomorrow] == [True, False, False]

    def test_closed_pots_other_accounts_and_other_coins_are_not_among_them(self, molen: Town) -> None:
        close_account(account=pot(molen, "Chess"), **NOW)
        town("SLUIS", "Sluismunt")

        assert [one.account for one in pots(molen.coin, on=DAY)] == [molen.pot]

    def test_three_with_three_funders_cost_what_one_costs(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            assert funders(molen) == ["Municipality MOLEN"]

        pot(molen, "Swimming")
        pot(molen, "Chess")
        with django_assert_num_queries(1):
            assert funders(molen) == ["Municipality MOLEN", "Swimming Ltd", "Chess Ltd"]


def funders(molen: Town) -> list[str]:
    return [one.funder_name for one in pots(molen.coin, on=DAY) if one.holder_name]


def reward(
    molen: Town, payee: Account, amount: int, month: int, label: str = Label.VOLUNTEER_ALLOWANCE
) -> Any:
    at = datetime(2026, month, 15, 12, tzinfo=UTC)
    name = f"{payee.pk} {amount} {month} {label}"
    return pay(molen.pot, payee, amount, name, kind=TransferKind.REWARD, label=label, at=at)


def got(molen: Town, *holders: Party, first: int = 1, last: int = 12, **other: Any) -> int:
    words: dict[str, Any] = {"currency": molen.euro, "label": Label.VOLUNTEER_ALLOWANCE, **other}
    return received(
        holders, from_month=date(2026, first, 28), until_month=date(2026, last, 1), **words
    )  # fmt: skip


class TestReceived:
    def test_it_adds_up_the_months_asked_for_both_ends_among_them(self, molen: Town) -> None:
        for month, amount in ((2, 1_00), (3, 2_00), (5, 4_00), (6, 8_00)):
            reward(molen, molen.ann, amount, month)

        assert got(molen, molen.ann.holder) == 15_00
        assert got(molen, molen.ann.holder, first=3, last=5) == 6_00
        assert got(molen, molen.ann.holder, first=7) == 0

    def test_a_person_with_several_numbers_is_counted_once_over_all_of_them(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        reward(molen, molen.ann, 1_00, 2)
        reward(molen, molen.ben, 2_00, 2)
        reward(molen, molen.cas, 4_00, 2)
        ann, ben = molen.ann.holder, molen.ben.holder

        with django_assert_num_queries(1):
            assert got(molen, ann, ben) == 3_00
        numbers = Party.objects.filter(pk__in=[ann.pk, ben.pk]).order_by("pk")
        with django_assert_num_queries(1):
            assert (
                received(
                    numbers, currency=molen.euro, label=Label.VOLUNTEER_ALLOWANCE,
                    from_month=DAY.replace(month=1), until_month=DAY,
                )
                == 3_00
            )  # fmt: skip

    def test_it_counts_over_all_coins_of_the_currency(self, molen: Town) -> None:
        sluis = town("SLUIS", "Sluismunt")
        fund(sluis, sluis.pot, 10_00)
        reward(molen, molen.ann, 1_00, 2)
        reward(sluis, account(sluis, "Ann in Sluis", holder=molen.ann.holder), 2_00, 2)

        assert got(molen, molen.ann.holder) == 3_00

    def test_other_labels_and_what_was_paid_back_do_not_count(self, molen: Town) -> None:
        reward(molen, molen.ann, 1_00, 2)
        reward(molen, molen.ann, 2_00, 2, label=Label.GIFT)
        charge_back(transfer=reward(molen, molen.ann, 4_00, 3), key=key("sorry"), **NOW)

        assert got(molen, molen.ann.holder) == 1_00
        assert got(molen, molen.ann.holder, label=Label.GIFT) == 2_00

    def test_nobody_received_nothing(self, molen: Town) -> None:
        assert got(molen) == 0

    def test_month_by_month_only_those_that_brought_something(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        holders = [molen.ann.holder, molen.ben.holder]
        words: dict[str, Any] = {
            "currency": molen.euro, "label": Label.VOLUNTEER_ALLOWANCE,
            "from_month": date(2026, 2, 1), "until_month": date(2026, 6, 30),
        }  # fmt: skip
        reward(molen, molen.ann, 1_00, 2)
        with django_assert_num_queries(1):
            assert received_by_month(holders, **words) == {date(2026, 2, 1): 1_00}

        reward(molen, molen.ben, 2_00, 2)
        charge_back(transfer=reward(molen, molen.ann, 4_00, 3), key=key("sorry"), **NOW)
        reward(molen, molen.ann, 8_00, 6)
        reward(molen, molen.ann, 16_00, 7)
        with django_assert_num_queries(1):
            months = received_by_month(holders, **words)
        assert list(months.items()) == [(date(2026, 2, 1), 3_00), (date(2026, 6, 1), 8_00)]


def rule(molen: Town, per_day: int, from_on: date, until_on: date | None = None, **other: Any) -> LimitRule:
    words: dict[str, Any] = {"coin": molen.coin, "holder_kind": "PERSON", **other}
    return LimitRule.objects.create(per_day=per_day, from_on=from_on, until_on=until_on, **words)


class TestLimit:
    @pytest.mark.parametrize(
        ("day", "per_day"),
        [
            (date(2025, 12, 31), None),
            (date(2026, 1, 1), 100),
            (date(2026, 11, 30), 100),
            (date(2026, 12, 1), 250),
            (date(2026, 12, 31), 250),
            (date(2027, 1, 1), 100),
        ],
    )
    def test_of_several_that_one_holds_that_was_said_last_and_after_its_end_the_one_before_it(
        self, molen: Town, day: date, per_day: int | None
    ) -> None:
        rule(molen, 100, date(2026, 1, 1))
        rule(molen, 250, date(2026, 12, 1), date(2026, 12, 31))

        found = limit_in_force(molen.coin, "PERSON", day)

        assert (found.per_day if found else None) == per_day

    def test_other_kinds_of_holders_and_other_coins_have_their_own(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        rule(molen, 100, DAY, holder_kind="COMPANY")
        rule(molen, 100, DAY, coin=molen.euro)

        with django_assert_num_queries(1):
            assert limit_in_force(molen.coin, "PERSON", DAY) is None


def promise(molen: Town, name: str, days: int = 30, **more: Any) -> Funding:
    """Money that somebody says they will pay."""
    words: dict[str, Any] = {"funder": molen.pot.funder, "payee": molen.pot, "amount": 500_00, **more}
    return announce_funding(
        coin=molen.coin, expires_on=DAY + timedelta(days=days), key=key(name), **words, **NOW
    )


class TestFundings:
    def test_a_funding_is_found_by_its_reference_however_it_is_written(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        made = promise(molen, "gift")
        reference = made.reference

        for written in (reference, reference.lower(), f" {reference[:4]} {reference[4:8]}-{reference[8:]}\n"):
            with django_assert_num_queries(1):
                found = funding_by_reference(written)
                assert (found.payee.holder.display_name, found.coin) == ("Football club MOLEN", molen.coin)
            assert found == made

    @pytest.mark.parametrize("written", ["", " ", "SCMOLEN", "\0", "%", "x" * 500])
    def test_a_reference_that_was_never_given_out_is_refused(self, molen: Town, written: str) -> None:
        with pytest.raises(UnknownFunding) as refusal:
            funding_by_reference(written)

        assert str(refusal.value) == "We do not know this payment reference."

    def test_those_that_are_expected_stand_in_the_order_of_their_days(self, molen: Town) -> None:
        later, sooner, here, off = (promise(molen, str(days), days) for days in (9, 3, 4, 5))
        receive_funding(funding=here, amount=500_00, bank_reference="B1", key=key("in"), **NOW)
        cancel_funding(funding=off, **NOW)
        sluis = town("SLUIS", "Sluismunt")
        promise(sluis, "elsewhere")

        assert list(open_fundings(molen.coin)) == [sooner, later]

    def test_three_of_three_funders_cost_what_one_costs(
        self, molen: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        promise(molen, "one")
        with django_assert_num_queries(1):
            assert whose(molen) == [("Municipality MOLEN", "Football club MOLEN")]

        promise(molen, "two", funder=organisation("Bakery"), payee=molen.shop)
        promise(molen, "three", funder=organisation("Fund"), payee=molen.ann)
        with django_assert_num_queries(1):
            assert whose(molen) == [
                ("Municipality MOLEN", "Football club MOLEN"),
                ("Bakery", "Shop MOLEN"),
                ("Fund", "Ann de Vries"),
            ]


def whose(molen: Town) -> list[tuple[str, str]]:
    fundings = open_fundings(molen.coin)
    return [(one.funder.display_name, one.payee.holder.display_name) for one in fundings]
