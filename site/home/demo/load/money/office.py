"""What goes on in the office besides money in and out: limits, the board's own account, an account that is blocked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.amounts import format_amount
from core.clock import day_of
from home.demo.load.money.bank import Bank
from home.demo.load.money.books import Books
from home.demo.load.money.diary import DAY, Diary, days, moment
from home.demo.load.money.money_in import MoneyIn
from home.demo.load.money.money_out import MoneyOut
from home.demo.load.money.story import Story
from home.demo.money import BOARD, MUNICIPALITY
from home.demo.money import shared as texts
from home.demo.people.offices import DE_ROOM
from ledger.kinds import AccountKind, Label, TransferKind
from ledger.operations import block_account, close_account, open_account, set_limit, unblock_account

if TYPE_CHECKING:
    from ledger.models import Account

# At once, in a day and in a month; half-way through the year the board makes more room.
AT_FIRST = (100_00, 200_00, 400_00)
LATER = (150_00, 300_00, 600_00)
LIMITS_CHANGE = 180


class Office:
    """The dates of one neighbourhood that stand in somebody's diary."""

    def __init__(self, books: Books, diary: Diary, story: Story) -> None:
        self.books, self.diary, self.story = books, diary, story
        self.bank = Bank(books)
        self.money_in = MoneyIn(books, diary, self.bank)
        self.money_out = MoneyOut(books, diary, self.bank)

    def plan(self) -> None:
        """Note the whole year."""
        first, last = self.books.first, day_of(self.books.at)
        self.diary.note(moment(first, 9), self._begin)
        self.diary.note(moment(self.books.day(LIMITS_CHANGE), 9), self._set_limits, LATER)
        self.money_in.plan()
        self.money_out.plan()
        plan = {
            2: self._collect_levy,
            15: self._rent_the_hall,
            20: self._refill_the_pot,
            25: self._settle_debts,
        }
        for day in days(first + DAY, last):
            if day.day in plan:
                self.diary.note(moment(day, 10, 15), plan[day.day])
            self.money_out.plan_day(day, last)
        for lost, found in self.books.money.lost_phones:
            self._plan_lost_phone(lost, found)

    def _begin(self, at: datetime) -> None:
        self.bank.open(at)
        self._set_limits(AT_FIRST, at)
        self._try_an_account(at)

    def _set_limits(self, limits: tuple[int, int, int], at: datetime) -> None:
        once, in_a_day, in_a_month = limits
        set_limit(
            coin=self.books.place.coin, holder_kind="PERSON", per_payment=once, per_day=in_a_day, per_month=in_a_month,
            from_on=day_of(at), actor=self.books.clerk, at=at,
        )  # fmt: skip

    def _try_an_account(self, at: datetime) -> None:
        """De Room thought it needed an account, and did not."""
        name = DE_ROOM.name
        if self.books.money.tried_an_account and name in self.books.parties:
            party = self.books.parties[name]
            account = open_account(
                coin=self.books.place.coin, kind=AccountKind.HOLDER, holder=party, holder_kind=party.kind,
                key=self.books.key("trial", party.pk), actor=self.books.actors[name], at=at,
            )  # fmt: skip
            self.diary.note(at + 50 * DAY, self._close, account, name)

    def _close(self, account: Account, name: str, at: datetime) -> None:
        close_account(account=account, actor=self.books.actors[name], at=at)

    # --- The board's own account, and what is owed ------------------------------------------------------------------

    def _collect_levy(self, at: datetime) -> None:
        """One per cent of what each shop sold since the last time."""
        for holder in self.books.holders():
            if holder.pays_levy:
                sold = self.story.turnover[holder.name]
                note = texts.LEVY.format(format_amount(sold, "nl"))
                if self.books.pay(holder.name, BOARD, sold // 100, TransferKind.LEVY, at, note=note):
                    self.story.turnover[holder.name] = 0

    def _rent_the_hall(self, at: datetime) -> None:
        self.books.pay(
            BOARD, self.books.money.house, 7_50, TransferKind.PAYMENT, at, label=Label.SALE, note=texts.HALL
        )

    def _refill_the_pot(self, at: datetime) -> None:
        """What people paid the municipality for its services can be earned again."""
        pot, amount = self.books.money.pots[0].name, self.books.available[MUNICIPALITY]
        self.books.pay(
            MUNICIPALITY, pot, amount, TransferKind.PAYMENT, at, label=Label.GIFT, note=texts.BACK_IN_POT
        )

    def _settle_debts(self, at: datetime) -> None:
        for name in self.books.residents[-2:]:
            self.books.pay(name, MUNICIPALITY, 12_50, TransferKind.DEBT, at)

    # --- Lost phones -----------------------------------------------------------------------------------------------

    def _plan_lost_phone(self, lost: int, found: int | None) -> None:
        name = self.books.residents[-5]
        self.diary.note(moment(self.books.day(lost), 13), self._block, name)
        if found is not None:
            self.diary.note(moment(self.books.day(found), 9), self._unblock, name)

    def _block(self, name: str, at: datetime) -> None:
        actor = self.books.crowd.desk
        block_account(account=self.books.accounts[name], actor=actor, at=at, reason=texts.LOST)
        self.books.blocked.add(name)

    def _unblock(self, name: str, at: datetime) -> None:
        actor = self.books.crowd.desk
        unblock_account(account=self.books.accounts[name], actor=actor, at=at, reason=texts.FOUND)
        self.books.blocked.discard(name)
