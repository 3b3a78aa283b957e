"""A payout that did not go as everybody thought: it failed and was paid after all, or it was paid and comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from home.demo.bank.writing import SampleLine
from ledger.kinds import TransferKind
from ledger.models import Account
from ledger.operations import block_account, transfer, unblock_account
from tests.factories.people import actor
from tests.factories.wallet import SYSTEM, Place, fund, key, open_for
from tests.wallet.bank.files import camt, line
from tests.wallet.bank.stage import AT, at_desk, circulation, clean, line_of, matched, uploaded
from tests.wallet.payouts.stage import SHOP_IBAN, ended_pot, give_iban, sells, sent
from wallet.models import Payout, PayoutVersion
from wallet.operations.bank import bring_in, match_lines
from wallet.operations.payouts import approve_payouts, fail_payout, make_run, return_pot
from wallet.queries.bank_verdicts import OpenReason, why_open


def spend(payer: Account, payee: Account, amount: int) -> None:
    transfer(
        payer=payer, payee=payee, amount=amount, kind=TransferKind.PAYMENT, key=key(f"spend {amount}"), actor=SYSTEM,
        at=AT,
    )  # fmt: skip


class TestFailedByHand:
    """Somebody wrote down that the bank could not pay it, and then the bank says that it did."""

    def failed(self, there: Place) -> Payout:
        sells(there, 100_00)
        payout = sent(there)
        fail_payout(payout=payout, reason="Account closed.", actor=at_desk(there), at=AT)
        return payout

    def debit(self, there: Place, payout: Payout, bank_id: str = "1") -> None:
        gone = line(bank_id, -100_00, "", end_to_end_id=payout.end_to_end_id, iban=SHOP_IBAN)
        uploaded(there, camt(gone))

    def test_the_coins_are_taken_off_the_account_after_all(self, there: Place) -> None:
        payout = self.failed(there)
        self.debit(there, payout)
        assert why_open(line_of(there, "1")) == OpenReason.PAID_AFTER_ALL

        assert matched(there) == 1

        payout.refresh_from_db()
        there.shop.refresh_from_db()
        assert payout.state == "PAID"
        assert (there.shop.balance, there.shop.reserved, circulation(there)) == (0, 0, 0)

    def test_a_second_line_takes_them_no_second_time(self, there: Place) -> None:
        payout = self.failed(there)
        self.debit(there, payout)
        matched(there)
        fund(there, there.shop, 100_00, "more")
        self.debit(there, payout, "2")

        assert matched(there) == 0
        assert why_open(line_of(there, "2")) == OpenReason.PAYOUT_OVER
        assert circulation(there) == 100_00

    def test_spent_coins_are_waited_for(self, there: Place) -> None:
        payout = self.failed(there)
        spend(there.shop, there.ann, 60_00)
        self.debit(there, payout)

        assert matched(there) == 0
        assert why_open(line_of(there, "1")) == OpenReason.COINS_GONE
        fund(there, there.shop, 60_00, "more")
        assert matched(there) == 1
        assert circulation(there) == 60_00

    def test_it_comes_back_in_the_same_file(self, there: Place) -> None:
        payout = self.failed(there)
        self.debit(there, payout)
        back = line("2", 100_00, "", end_to_end_id=payout.end_to_end_id, is_return=True)
        uploaded(there, camt(back))

        assert matched(there) == 2
        there.shop.refresh_from_db()
        assert (there.shop.balance, circulation(there)) == (100_00, 100_00)

    def test_when_the_coins_are_spent_both_lines_make_nought(self, there: Place) -> None:
        payout = self.failed(there)
        spend(there.shop, there.ann, 100_00)
        self.debit(there, payout)
        back = line("2", 100_00, "", end_to_end_id=payout.end_to_end_id, is_return=True)
        uploaded(there, camt(back))

        assert matched(there) == 1
        assert why_open(line_of(there, "1")) == OpenReason.FITS
        assert matched(there) == 1
        payout.refresh_from_db()
        assert (payout.state, circulation(there)) == ("FAILED", 100_00)


class TestComesBack:
    def paid_of_pot(self, there: Place) -> tuple[Account, Payout]:
        """What was left in a pot is back at its funder's bank; the pot has ended."""
        give_iban(there.municipality)
        pot, later = ended_pot(there), AT + timedelta(days=3)
        payout = return_pot(pot=pot, key=key("pot"), actor=at_desk(there, there.fenna), at=later)
        approve_payouts(treasury=there.treasury, payouts=[payout], actor=at_desk(there, there.vera), at=later)
        make_run(
            treasury=there.treasury, payouts=[payout], version=PayoutVersion.V03, key=key("run"), at=later,
            actor=actor(there.tom, principal=there.neighbourhood.party),
        )  # fmt: skip
        gone = line("1", -50_00, "", end_to_end_id=payout.end_to_end_id, iban=SHOP_IBAN)
        self.bring(there, gone)
        return pot, payout

    def bring(self, there: Place, *lines: SampleLine) -> None:
        later = AT + timedelta(days=3)
        content = camt(*(replace(one, booked_on=later.date()) for one in lines))
        bring_in(treasury=there.treasury, name="x", content=content, actor=at_desk(there), at=later)

    def test_what_comes_back_of_a_pot_that_has_ended_is_on_the_funders_own_account(
        self, there: Place
    ) -> None:
        pot, payout = self.paid_of_pot(there)
        before = circulation(there)
        self.bring(there, line("2", 50_00, "", end_to_end_id=payout.end_to_end_id, is_return=True))

        pot.refresh_from_db()
        own = Account.objects.get(coin=there.coin, holder=there.municipality, kind="HOLDER")
        assert line_of(there, "2").state == "MATCHED"
        assert (pot.balance, own.balance, own.in_area) == (0, 50_00, False)
        assert circulation(there) == before + 50_00
        clean()

    def test_when_that_account_is_blocked_the_line_waits_and_says_so(self, there: Place) -> None:
        _pot, payout = self.paid_of_pot(there)
        own = open_for(there.neighbourhood, there.municipality)
        block_account(account=own, actor=SYSTEM, at=AT)
        back = line("2", 50_00, "", end_to_end_id=payout.end_to_end_id, is_return=True)
        self.bring(there, back)
        assert why_open(line_of(there, "2")) == OpenReason.PAYEE_NOT_OPEN

        unblock_account(account=own, actor=SYSTEM, at=AT)

        later = AT + timedelta(days=3)
        assert match_lines(treasury=there.treasury, actor=at_desk(there), at=later).booked == 1

    def test_a_blocked_account_of_a_shop_waits_too(self, there: Place) -> None:
        sells(there)
        payout = sent(there)
        uploaded(there, camt(line("1", -100_00, "", end_to_end_id=payout.end_to_end_id, iban=SHOP_IBAN)))
        matched(there)
        block_account(account=there.shop, actor=SYSTEM, at=AT)
        back = line("2", 100_00, "", end_to_end_id=payout.end_to_end_id, is_return=True)
        uploaded(there, camt(back))

        assert matched(there) == 0
        assert why_open(line_of(there, "2")) == OpenReason.PAYEE_NOT_OPEN

    def test_a_second_line_that_says_it_came_back_is_over(self, there: Place) -> None:
        sells(there)
        payout = sent(there)
        words = {"end_to_end_id": payout.end_to_end_id}
        uploaded(there, camt(line("1", -100_00, "", iban=SHOP_IBAN, **words)))
        uploaded(there, camt(line("2", 100_00, "", is_return=True, **words)))
        matched(there)
        uploaded(there, camt(line("3", 100_00, "", is_return=True, **words)))

        assert matched(there) == 0
        assert why_open(line_of(there, "3")) == OpenReason.PAYOUT_OVER
