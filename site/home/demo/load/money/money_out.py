"""Money out: shops with a contract ask for euros, two persons look, the bank pays."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.actor import Actor
from core.clock import day_of
from home.demo.load.money.bank import Bank
from home.demo.load.money.books import Books
from home.demo.load.money.diary import DAY, Diary, moment
from home.demo.money import Holder, Pot
from ledger.operations import reclassify_account
from wallet.models import Payout, PayoutRun, PayoutVersion
from wallet.operations.payouts import (
    approve_payouts,
    make_run,
    request_payout,
    return_pot,
    send_run,
    set_monthly_payout,
)
from wallet.states import PayoutState

KEPT_IN_THE_TILL = 25_00
LEAST = 5_00
PAY_DAY = 6


class MoneyOut:
    """The payouts of one neighbourhood."""

    def __init__(self, books: Books, diary: Diary, bank: Bank) -> None:
        self.books, self.diary, self.bank = books, diary, bank
        self.runs = 0

    def plan(self) -> None:
        """Note contracts, and pots that go back to who paid for them. The days of payment come with `plan_day`."""
        for holder in self.books.money.holders:
            if holder.contract is not None:
                self.diary.note(moment(self.books.day(holder.contract), 10), self._sign, holder)
        for pot in self.books.money.pots:
            if pot.paid_out and pot.ends is not None:
                self.diary.note(moment(self.books.day(pot.ends + 5), 10), self._return_pot, pot)

    def plan_day(self, day: date, last: date) -> None:
        """On the sixth everybody is paid out; what was asked for yesterday and the days before still waits."""
        if day.day == PAY_DAY and day < last - 6 * DAY:
            self.diary.note(moment(day, 10, 15), self._pay_out)
        ago = (last - day).days
        if ago == 4:
            self.diary.note(moment(day, 10, 15), self._leave_at_the_bank)
        if ago == 1:
            self.diary.note(moment(day, 16), self._leave_waiting)

    def _sign(self, holder: Holder, at: datetime) -> None:
        """A contract: from now on these coins can be paid out in euros."""
        if holder.name in self.books.accounts:
            account = self.books.accounts[holder.name]
            reclassify_account(account=account, may_redeem=True, actor=self.books.clerk, at=at)
            account.may_redeem = True
            if holder.is_paid_monthly:
                actor = self.books.owners[holder.name]
                set_monthly_payout(account=account, keep=KEPT_IN_THE_TILL, actor=actor, at=at)

    def _pay_out(self, at: datetime) -> None:
        """Asked for, approved by one, put in a file by the other; the bank pays on the next working day."""
        self._to_the_bank([payout for name in self._shops() if (payout := self._ask(name, at))], at)

    def _return_pot(self, pot: Pot, at: datetime) -> None:
        account = self.books.accounts[pot.name]
        account.refresh_from_db()
        if account.available > 0:
            payout = return_pot(
                pot=account, key=self.books.key("returned pot", pot.name), actor=self.books.clerk, at=at
            )
            self.books.read(pot.name)
            # The clerk asked for it, so that the treasurer approves and the clerk makes the file.
            self._to_the_bank([payout], at, approver=self.books.treasurer, maker=self.books.clerk)

    def _to_the_bank(
        self, payouts: list[Payout], at: datetime, approver: Actor | None = None, maker: Actor | None = None
    ) -> None:
        run = self._send(payouts, at, approver or self.books.clerk, maker or self.books.treasurer)
        if run:
            self.diary.note(moment(run.execute_on, 18), self._paid, run)

    def _leave_at_the_bank(self, at: datetime) -> None:
        """One is in a file that the bank has, and no statement says so yet."""
        for name in self._shops()[:1]:
            if payout := self._ask(name, at):
                self._send([payout], at, self.books.clerk, self.books.treasurer)

    def _leave_waiting(self, at: datetime) -> None:
        """One is approved and one is not."""
        asked = [payout for name in self._shops()[:2] if (payout := self._ask(name, at))]
        self._approve(asked[1:], self.books.clerk, at + timedelta(hours=1))

    def _shops(self) -> list[str]:
        return [holder.name for holder in self.books.holders() if self.books.accounts[holder.name].may_redeem]

    def _ask(self, name: str, at: datetime) -> Payout | None:
        amount = self.books.available[name] - KEPT_IN_THE_TILL
        if amount < LEAST:
            return None
        payout = request_payout(
            account=self.books.accounts[name], amount=amount, key=self.books.key("payout", name, at.isoformat()),
            actor=self.books.owners[name], at=at,
        )  # fmt: skip
        self.books.available[name] -= amount
        return payout

    def _approve(self, payouts: list[Payout], approver: Actor, at: datetime) -> None:
        approve_payouts(treasury=self.bank.treasury, payouts=payouts, actor=approver, at=at)

    def _send(self, payouts: list[Payout], at: datetime, approver: Actor, maker: Actor) -> PayoutRun | None:
        if not payouts:
            return None
        self._approve(payouts, approver, at + timedelta(hours=1))
        self.runs += 1
        later = at + timedelta(hours=3)
        run = make_run(
            treasury=self.bank.treasury, payouts=payouts, version=PayoutVersion.V09, actor=maker,
            key=self.books.key("run", self.runs), at=later,
        )  # fmt: skip
        return send_run(run=run, on=day_of(later), actor=maker, at=later)

    def _paid(self, run: PayoutRun, at: datetime) -> None:
        paid = run.payouts.filter(state=PayoutState.EXPORTED).order_by("pk")
        lines = [
            self.bank.line(
                at.date(), -one.amount, name=one.name, iban=one.iban, text="Uitbetaling", reference=one.end_to_end_id
            )
            for one in paid
        ]  # fmt: skip
        self.bank.say(lines, at)
