"""Asking for euros: who may, for what, and that the coins are set apart at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from core.refusals import NotAllowed
from core.states import MoveRefused
from ledger.kinds import AccountKind
from ledger.operations import AccountNotOpen, InsufficientFunds, KeyReused, block_account, open_account
from ledger.queries import balance_of
from people.models import Role
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.wallet import AT, SYSTEM, Place, fund, key, open_for
from tests.wallet.payouts.stage import (
    SHOP_IBAN,
    approved,
    at_desk,
    ended_pot,
    exported,
    give_iban,
    requested,
    shopkeeper,
)
from wallet.models import MonthlyPayout, Payout
from wallet.operations.payouts import (
    CoinsAreForSpending,
    IbanMissing,
    NoContract,
    NothingToPayOut,
    NoTreasury,
    PotNotEnded,
    PotsGoBack,
    ask_monthly_payouts,
    cancel_payout,
    request_payout,
    return_pot,
    set_monthly_payout,
    stop_monthly_payout,
)
from wallet.states import PayoutState

DECEMBER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


def left(there: Place) -> tuple[int, int]:
    found = balance_of(there.shop)
    return found.balance, found.reserved


class TestAsking:
    def test_the_coins_are_set_apart_and_the_bank_account_is_written_down(self, there: Place) -> None:
        payout = requested(there, 250_00)

        assert left(there) == (1_000_00, 250_00)
        assert (payout.name, payout.iban, payout.payee) == ("Shop Molenwijk", SHOP_IBAN, there.shop.holder)
        assert payout.requested_by == there.sjoerd.person
        assert payout.end_to_end_id.startswith("SCP")
        assert payout.reservation.expires_at > AT + timedelta(days=3650)
        call_command("check_ledger")

    def test_without_an_amount_it_is_all_that_is_available(self, there: Place) -> None:
        requested(there, 250_00)

        assert requested(there, None, "rest").amount == 750_00

    def test_asked_twice_is_asked_once(self, there: Place) -> None:
        assert requested(there) == requested(there)
        assert Payout.objects.count() == 1

    def test_all_of_it_asked_twice_is_asked_once(self, there: Place) -> None:
        assert requested(there, None) == requested(there, None)

    def test_another_amount_under_the_same_key_is_refused(self, there: Place) -> None:
        requested(there)

        with pytest.raises(KeyReused):
            requested(there, 99_00)

    def test_more_than_there_is_is_refused(self, there: Place) -> None:
        with pytest.raises(InsufficientFunds):
            requested(there, 1_000_01)

        assert Payout.objects.count() == 0

    def test_nothing_cannot_be_paid_out(self, there: Place) -> None:
        requested(there, None)

        with pytest.raises(NothingToPayOut):
            requested(there, None, "again")

    def test_a_resident_is_told_what_coins_are_for(self, there: Place) -> None:
        fund(there, there.ann, 10_00)

        with pytest.raises(CoinsAreForSpending) as refused:
            request_payout(
                account=there.ann, amount=1_00, key=key("Ann"), actor=actor(there.ann_login), at=AT
            )

        assert str(refused.value).startswith("Coins of residents are for spending in the neighbourhood.")

    def test_an_organisation_without_a_contract_is_refused(self, there: Place) -> None:
        owner = person("Noor")
        bakery = organisation("Bakery", owner=owner)
        give_iban(bakery)
        account = open_for(there.neighbourhood, bakery)
        fund(there, account, 10_00)

        with pytest.raises(NoContract):
            request_payout(account=account, amount=1_00, key=key("no"), actor=actor(owner), at=AT)

    def test_a_pot_is_not_paid_out_to_who_spends_from_it(self, there: Place) -> None:
        fund(there, there.pot, 10_00)

        with pytest.raises(PotsGoBack):
            request_payout(
                account=there.pot, amount=1_00, key=key("pot"), actor=actor(there.owner_of_club), at=AT
            )

    def test_without_an_iban_nobody_knows_where_to(self, there: Place) -> None:
        give_iban(there.shop.holder, "")

        with pytest.raises(IbanMissing) as refused:
            requested(there)

        assert "Shop Molenwijk" in str(refused.value)

    def test_without_a_bank_account_behind_the_coin_nothing_is_paid(self, there: Place) -> None:
        give_iban(there.shop.holder)
        untold = there.cas.coin  # of a neighbourhood that has not said where its euros are
        account = open_account(
            coin=untold, holder=there.shop.holder, holder_kind=there.shop.holder_kind, key=key("there"),
            kind=AccountKind.HOLDER, may_redeem=True, actor=SYSTEM, at=AT,
        )  # fmt: skip

        with pytest.raises(NoTreasury):
            request_payout(account=account, amount=1_00, key=key("x"), actor=actor(there.sjoerd), at=AT)

    def test_a_blocked_account_is_not_paid_out(self, there: Place) -> None:
        block_account(account=there.shop, actor=SYSTEM, at=AT, reason="Fraud.")

        with pytest.raises(AccountNotOpen):
            requested(there)

    @pytest.mark.parametrize(("role", "may"), [
        (Role.OWNER, True), (Role.FINANCE, True), (Role.OPERATOR, False),
    ])  # fmt: skip
    def test_who_may_ask_for_an_organisation(self, there: Place, role: str, may: bool) -> None:
        helper = person("Hannah")
        mandate(person=helper, principal=there.shop.holder, role=role)
        words: dict[str, Any] = {
            "account": there.shop,
            "amount": 1_00,
            "key": key("h"),
            "actor": actor(helper),
            "at": AT,
        }

        if may:
            assert request_payout(**words).amount == 1_00
        else:
            with pytest.raises(NotAllowed):
                request_payout(**words)

    @pytest.mark.parametrize("who", ["ann_login", "cas_login", "owner_of_club", "fenna", "tom"])
    def test_others_may_not(self, there: Place, who: str) -> None:
        with pytest.raises(NotAllowed):
            request_payout(
                account=there.shop, amount=1_00, key=key("x"), actor=actor(getattr(there, who)), at=AT
            )


class TestCancelling:
    @pytest.mark.parametrize("step", [requested, approved])
    def test_the_coins_come_free(self, there: Place, step: Callable[[Place], Payout]) -> None:
        payout = step(there)

        for _time in range(2):
            cancel_payout(payout=payout, actor=shopkeeper(there), at=AT)

        payout.refresh_from_db()
        assert payout.state == PayoutState.CANCELLED
        assert left(there) == (1_000_00, 0)
        call_command("check_ledger")

    def test_not_once_it_is_in_a_file(self, there: Place) -> None:
        payout = exported(there)

        with pytest.raises(MoveRefused):
            cancel_payout(payout=payout, actor=shopkeeper(there), at=AT)

        assert left(there) == (1_000_00, 100_00)

    def test_the_finance_desk_may_too(self, there: Place) -> None:
        payout = requested(there)

        cancel_payout(payout=payout, actor=at_desk(there, there.tom), at=AT, reason="Wrong bank account.")

        payout.refresh_from_db()
        assert payout.state == PayoutState.CANCELLED

    @pytest.mark.parametrize("who", ["ann_login", "cas_login", "owner_of_club"])
    def test_others_may_not(self, there: Place, who: str) -> None:
        payout = requested(there)

        with pytest.raises(NotAllowed):
            cancel_payout(payout=payout, actor=actor(getattr(there, who)), at=AT)


class TestPots:
    def test_what_is_left_goes_back_to_the_funder(self, there: Place) -> None:
        give_iban(there.municipality, "NL02RABO0123456789")
        pot = ended_pot(there)

        payout = return_pot(pot=pot, key=key("back"), actor=at_desk(there, there.fenna), at=DECEMBER)

        assert (payout.payee, payout.amount) == (there.municipality, 50_00)
        assert payout.iban == "NL02RABO0123456789"
        assert balance_of(pot).available == 0

    def test_not_before_its_last_day_has_passed(self, there: Place) -> None:
        give_iban(there.municipality)
        pot = ended_pot(there)

        with pytest.raises(PotNotEnded):
            return_pot(pot=pot, key=key("back"), actor=at_desk(there, there.fenna), at=AT)
        with pytest.raises(PotNotEnded):
            return_pot(pot=there.shop, key=key("back"), actor=at_desk(there, there.fenna), at=AT)

    def test_not_by_who_spends_from_it(self, there: Place) -> None:
        pot = ended_pot(there)

        with pytest.raises(NotAllowed):
            return_pot(pot=pot, key=key("back"), actor=actor(there.owner_of_club), at=DECEMBER)

    def test_not_without_the_bank_account_of_the_funder(self, there: Place) -> None:
        pot = ended_pot(there)

        with pytest.raises(IbanMissing):
            return_pot(pot=pot, key=key("back"), actor=at_desk(there, there.fenna), at=DECEMBER)

    def test_who_spent_from_it_cannot_stop_it(self, there: Place) -> None:
        give_iban(there.municipality)
        payout = return_pot(
            pot=ended_pot(there), key=key("back"), actor=at_desk(there, there.fenna), at=DECEMBER
        )

        with pytest.raises(NotAllowed):
            cancel_payout(payout=payout, actor=actor(there.owner_of_club), at=DECEMBER)


class TestEachMonth:
    def test_once_in_a_month_all_but_what_is_kept(self, there: Place) -> None:
        set_monthly_payout(account=there.shop, keep=100_00, actor=shopkeeper(there), at=AT)

        first = ask_monthly_payouts(at=DECEMBER)
        again = ask_monthly_payouts(at=DECEMBER + timedelta(days=1))

        payout = Payout.objects.get()
        assert (payout.amount, payout.is_monthly, payout.requested_by) == (900_00, True, None)
        assert (first.asked, again.asked) == (1, 0)

    def test_not_in_the_month_in_which_it_was_set(self, there: Place) -> None:
        set_monthly_payout(account=there.shop, keep=0, actor=shopkeeper(there), at=AT)

        assert ask_monthly_payouts(at=AT).asked == 0

    def test_in_the_next_month_it_is_asked_for_again(self, there: Place) -> None:
        set_monthly_payout(account=there.shop, keep=0, actor=shopkeeper(there), at=AT)
        ask_monthly_payouts(at=DECEMBER)
        fund(there, there.shop, 5_00, name="december")

        assert ask_monthly_payouts(at=DECEMBER + timedelta(days=31)).asked == 1
        assert [one.amount for one in Payout.objects.order_by("pk")] == [1_000_00, 5_00]

    def test_setting_it_anew_does_not_ask_twice(self, there: Place) -> None:
        set_monthly_payout(account=there.shop, keep=900_00, actor=shopkeeper(there), at=AT)
        ask_monthly_payouts(at=DECEMBER)
        set_monthly_payout(account=there.shop, keep=0, actor=shopkeeper(there), at=DECEMBER)

        assert ask_monthly_payouts(at=DECEMBER).asked == 0
        assert Payout.objects.get().amount == 100_00

    def test_what_cannot_be_asked_for_waits_for_the_next_night_and_holds_up_nobody(
        self, there: Place
    ) -> None:
        set_monthly_payout(account=there.shop, keep=0, actor=shopkeeper(there), at=AT)
        give_iban(there.shop.holder, "")

        asked = ask_monthly_payouts(at=DECEMBER)
        give_iban(there.shop.holder)
        later = ask_monthly_payouts(at=DECEMBER + timedelta(days=1))

        assert (asked.asked, asked.refused) == (0, 1)
        assert (later.asked, later.refused) == (1, 0)

    def test_nothing_to_pay_out_is_no_payout(self, there: Place) -> None:
        set_monthly_payout(account=there.shop, keep=1_000_00, actor=shopkeeper(there), at=AT)

        assert ask_monthly_payouts(at=DECEMBER).empty == 1
        assert Payout.objects.count() == 0

    def test_it_can_be_stopped(self, there: Place) -> None:
        set_monthly_payout(account=there.shop, keep=0, actor=shopkeeper(there), at=AT)

        for _time in range(2):
            stop_monthly_payout(account=there.shop, actor=shopkeeper(there), at=AT)

        assert ask_monthly_payouts(at=DECEMBER).asked == 0
        assert MonthlyPayout.objects.count() == 0

    def test_a_resident_cannot_set_it(self, there: Place) -> None:
        with pytest.raises(CoinsAreForSpending):
            set_monthly_payout(account=there.ann, keep=0, actor=actor(there.ann_login), at=AT)

    def test_nobody_else_may_set_or_stop_it(self, there: Place) -> None:
        with pytest.raises(NotAllowed):
            set_monthly_payout(account=there.shop, keep=0, actor=actor(there.ben_login), at=AT)
        with pytest.raises(NotAllowed):
            stop_monthly_payout(account=there.shop, actor=actor(there.ben_login), at=AT)

    def test_the_command_says_what_it_did(self, there: Place, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("ask_monthly_payouts")

        assert capsys.readouterr().out == (
            "0 payouts asked for, 0 accounts with nothing to pay out, 0 could not be paid out.\n"
        )
