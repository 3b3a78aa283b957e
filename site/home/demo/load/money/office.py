"""What goes on in the office: money in and out, the board's own account, limits, and an account that is blocked."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from core.amounts import format_amount
from core.clock import day_of
from home.demo.load.money.books import Books
from home.demo.load.money.diary import DAY, Diary, days, moment
from home.demo.load.money.story import Story
from home.demo.money import BOARD, MUNICIPALITY, Gift, Holder, Pot, Then
from home.demo.money import shared as texts
from home.demo.people.offices import DE_ROOM
from ledger.kinds import AccountKind, Label, TransferKind
from ledger.operations import (
    announce_funding,
    block_account,
    cancel_funding,
    close_account,
    expire_fundings,
    open_account,
    receive_funding,
    reclassify_account,
    redeem,
    reserve,
    return_funding,
    set_limit,
    unblock_account,
)

if TYPE_CHECKING:
    from ledger.models import Account, Funding, Reservation

# At once, in a day and in a month; half-way through the year the board makes more room.
AT_FIRST = (100_00, 200_00, 400_00)
LATER = (150_00, 300_00, 600_00)
LIMITS_CHANGE = 180
KEPT_IN_THE_TILL = 25_00


class Office:
    """The dates of one neighbourhood that stand in somebody's diary."""

    def __init__(self, books: Books, diary: Diary, story: Story) -> None:
        self.books, self.diary, self.story = books, diary, story
        self.lines = 0

    def plan(self) -> None:
        """Note the whole year."""
        first = self.books.first
        self.diary.note(moment(first, 9), self._begin)
        self.diary.note(moment(self.books.day(LIMITS_CHANGE), 9), self._set_limits, LATER)
        for pot in self.books.money.pots:
            self._plan_pot(pot)
        for holder in self.books.money.holders:
            if holder.contract is not None:
                self.diary.note(moment(self.books.day(holder.contract), 10), self._sign, holder)
        for day in days(first + DAY, day_of(self.books.at)):
            self._plan_day(day)
        for lost, found in self.books.money.lost_phones:
            self._plan_lost_phone(lost, found)

    def _begin(self, at: datetime) -> None:
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

    # --- Money in ------------------------------------------------------------------------------------------------

    def _plan_pot(self, pot: Pot) -> None:
        if not {pot.holder, pot.funder} <= set(self.books.parties):
            return
        opens = moment(self.books.day(pot.opens), 9, 30)
        self.diary.note(opens, self.books.open_pot, pot)
        for number, gift in enumerate(pot.gifts):
            self.diary.note(moment(self.books.day(gift.day), 11), self._announce, pot, gift, number)
        if pot.paid_out and pot.ends is not None:
            self.diary.note(moment(self.books.day(pot.ends + 5), 10), self._pay_out, pot.name, pot.funder)

    def _announce(self, pot: Pot, gift: Gift, number: int, at: datetime) -> None:
        funding = announce_funding(
            coin=self.books.place.coin, funder=self.books.parties[pot.funder], payee=self.books.accounts[pot.name],
            amount=gift.amount, purpose=gift.purpose, expires_on=day_of(at + 30 * DAY),
            key=self.books.key("gift", pot.name, number), actor=self.books.actors[pot.funder], at=at,
        )  # fmt: skip
        if gift.then in {Then.RECEIVED, Then.RETURNED}:
            self.diary.note(at + 3 * DAY, self._receive, funding, pot, gift)
        elif gift.then is Then.CANCELLED:
            self.diary.note(at + 9 * DAY, self._cancel, funding, pot.funder)
        elif gift.then is Then.EXPIRED:
            self.diary.note(moment(funding.expires_on + DAY, 3), self._expire)

    def _cancel(self, funding: Funding, funder: str, at: datetime) -> None:
        cancel_funding(funding=funding, actor=self.books.actors[funder], at=at)

    def _receive(self, funding: Funding, pot: Pot, gift: Gift, at: datetime) -> None:
        amount = gift.arrived or gift.amount
        received = receive_funding(
            funding=funding, amount=amount, bank_reference=self._bank_line(at), actor=self.books.clerk, at=at,
            key=self.books.key("received", funding.key),
        )  # fmt: skip
        self.books.read(pot.name)
        if gift.then is Then.RETURNED:
            self.diary.note(at + 2 * DAY, self._return, received, pot)

    def _expire(self, at: datetime) -> None:
        expire_fundings(at=at)

    def _return(self, funding: Funding, pot: Pot, at: datetime) -> None:
        return_funding(
            funding=funding, bank_reference=self._bank_line(at), key=self.books.key("returned", funding.key),
            actor=self.books.clerk, at=at,
        )  # fmt: skip
        self.books.read(pot.name)

    def _bank_line(self, at: datetime) -> str:
        """A number as a bank gives to each line of a statement; invented."""
        self.lines += 1
        return f"DEMO-{self.books.place.coin.code}-{at:%Y%m%d}-{self.lines:04d}"

    # --- Money out -----------------------------------------------------------------------------------------------

    def _sign(self, holder: Holder, at: datetime) -> None:
        """A contract: from now on these coins can be paid out in euros."""
        if holder.name in self.books.accounts:
            reclassify_account(
                account=self.books.accounts[holder.name], may_redeem=True, actor=self.books.clerk, at=at
            )

    def _plan_day(self, day: date) -> None:
        plan = {
            2: self._collect_levy, 6: self._pay_out_shops, 15: self._rent_the_hall, 20: self._refill_the_pot,
            25: self._settle_debts,
        }  # fmt: skip
        if day.day in plan:
            self.diary.note(moment(day, 10, 15), plan[day.day])
        if day == day_of(self.books.at) - DAY:
            # So that there is always one waiting to be paid.
            self.diary.note(moment(day, 16), self._pay_out_shops)

    def _pay_out_shops(self, at: datetime) -> None:
        for holder in self.books.holders():
            if self.books.accounts[holder.name].may_redeem:
                self._pay_out(holder.name, holder.name, at)

    def _pay_out(self, name: str, to: str, at: datetime) -> None:
        """Ask for euros: the coins are reserved, and are gone when the bank has paid."""
        is_pot = name != to
        amount = self.books.available[name] - (0 if is_pot else KEPT_IN_THE_TILL)
        if amount < 5_00:
            return
        held = reserve(
            payer=self.books.accounts[name], payee=self.books.issue, amount=amount, kind=TransferKind.REDEEM,
            key=self.books.key("payout", name, at.isoformat()), expires_at=at + 30 * DAY,
            actor=self.books.actors[to], at=at,
        )  # fmt: skip
        self.books.available[name] -= amount
        self.diary.note(at + 3 * DAY, self._paid, held, to)

    def _paid(self, held: Reservation, to: str, at: datetime) -> None:
        redeem(
            reservation=held, to=self.books.parties[to], bank_reference=self._bank_line(at),
            key=self.books.key("paid out", held.key), actor=self.books.clerk, at=at,
        )  # fmt: skip

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
