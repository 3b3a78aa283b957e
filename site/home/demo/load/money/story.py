"""What neighbours do with their coins on an ordinary day: help, buy, order, give, and bring something back."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from content.drawing.chance import Chance
from core.clock import day_of
from home.demo.load.money.books import Books
from home.demo.load.money.diary import DAY, Diary, moment
from home.demo.money import Good, Work
from home.demo.money import shared as texts
from home.demo.money.kinds import SAT, SUN
from ledger.kinds import Label, TransferKind
from ledger.operations import Line, capture, charge_back, expire_reservations, release, reserve, transfer_many

if TYPE_CHECKING:
    from ledger.models import Reservation, Transfer

HOLIDAYS = frozenset({(1, 1), (12, 25), (12, 26)})
SAINT_NICHOLAS, CHRISTMAS = (12, 5), (12, 21)
# Well below what the law lets a volunteer have; and most earn less than this.
MOST_EARNED_IN_A_MONTH = 120_00
BASKETS = {SAT: (3, 5), SUN: (0, 2)}
ON_OTHER_DAYS = (1, 4)
WEEK = 7 * DAY


class Story:
    """The ordinary days of one neighbourhood."""

    def __init__(self, books: Books, diary: Diary) -> None:
        self.books, self.diary = books, diary
        self.chance = Chance(f"the coins of {books.money.slug}")
        self.earned: Counter[tuple[str, str]] = Counter()
        self.turnover: Counter[str] = Counter()
        self.bought = 0

    def plan(self, day: date) -> None:
        """Note what happens on a day."""
        if (day.month, day.day) in HOLIDAYS:
            return
        for work in self.books.money.works:
            if work.weekday == day.weekday() and day.month in work.months:
                self.diary.note(moment(day, work.hour, self.chance.below(40)), self._reward, work)
        for _basket in range(self.chance.between(*BASKETS.get(day.weekday(), ON_OTHER_DAYS))):
            self._plan_a_basket(day)
        if self.chance.below(10) < 4:
            self.diary.note(self._hour(day, 9, 20), self._between_neighbours)
        self._plan_what_is_special(day)

    def _hour(self, day: date, low: int, high: int) -> datetime:
        return moment(day, self.chance.between(low, high), self.chance.below(60))

    def _plan_a_basket(self, day: date) -> None:
        open_now = [
            good
            for good in self.books.money.goods
            if day.weekday() in good.days and day.month in good.months and good.at in self.books.accounts
        ]
        weighed = [good for good in open_now for _time in range(good.often)]
        if weighed:
            good = self.chance.one(weighed)
            self.diary.note(self._hour(day, *good.hours), self._buy, good)

    def _plan_what_is_special(self, day: date) -> None:
        if (day.month, day.day) == SAINT_NICHOLAS:
            for _gift in range(4):
                self.diary.note(self._hour(day, 17, 20), self._give, texts.SAINT_NICHOLAS)
        if (day.month, day.day) == CHRISTMAS:
            self.diary.note(moment(day, 16), self._give_parcels)
        if day.day == 11:
            self.diary.note(self._hour(day, 14, 17), self._repay_receipt)
        if self.books.money.supplies and day.weekday() == SAT:
            self.diary.note(moment(day, 9, self.chance.below(60)), self._buy_supplies)

    # --- Helping -------------------------------------------------------------------------------------------------

    def _reward(self, work: Work, at: datetime) -> None:
        """Pay those who came, in one go, as an organiser does after checking the list."""
        helpers = self._who_can_earn(work, at)
        self._reward_all(helpers, work.pot, work.value, work.label, work.what, at)

    def _who_can_earn(self, work: Work, at: datetime) -> list[str]:
        month = at.strftime("%Y-%m")
        room = [
            name
            for name in self.books.residents
            if self.earned[name, month] + work.value <= MOST_EARNED_IN_A_MONTH
        ]
        helpers = self.chance.some(room, work.helpers)
        for name in helpers:
            self.earned[name, month] += work.value
        return helpers

    def _reward_all(
        self, names: list[str], pot: str, value: int, label: str, what: str, at: datetime
    ) -> list[Transfer]:
        names = [
            name for name in names if name not in self.books.blocked and self.books.has_room(name, value)
        ]
        if not self._has(pot, value * len(names), at):
            return []
        lines = [
            Line(
                payer=self.books.accounts[pot], payee=self.books.accounts[name], amount=value, label=label, note=what,
                kind=TransferKind.REWARD, key=self.books.next_key(),
            )
            for name in names
        ]  # fmt: skip
        paid = transfer_many(lines=lines, actor=self.books.actor_of(pot), at=at)
        for one, name in zip(paid, names, strict=True):
            self.books.move(pot, name, one.amount)
        if paid and self.chance.below(150) == 0:
            self.diary.note(at + DAY, self._pay_back, paid[0], paid[0].amount, texts.FEW_HOURS)
        return paid

    def _has(self, pot: str, amount: int, at: datetime) -> bool:
        """Whether a pot is there, has not ended, and has so much."""
        account = self.books.accounts.get(pot)
        if account is None or (account.ends_on is not None and account.ends_on < day_of(at)):
            return False
        return self.books.available[pot] >= amount

    def _repay_receipt(self, at: datetime) -> None:
        cook = self.chance.some(self.books.residents, 1)
        amount = self.chance.between(140, 380) * 5
        self._reward_all(cook, self.books.money.pots[0].name, amount, Label.EXPENSES, texts.RECEIPT, at)

    def _give_parcels(self, at: datetime) -> None:
        names = self.chance.some(self.books.residents, 8)
        pot = self.books.money.pots[0].name
        self._reward_all(names, pot, 10_00, Label.BENEFIT_IN_KIND, texts.CHRISTMAS, at)

    # --- Buying --------------------------------------------------------------------------------------------------

    def _buy(self, good: Good, at: datetime) -> None:
        payer, price = self.chance.one(self.books.residents), self.chance.one(good.prices)
        self.bought += 1
        if good.ordered:
            self._order(good, payer, price, at)
            return
        paid = self.books.pay(payer, good.at, price, good.kind, at, label=good.label, note=good.what)
        if paid is None:
            return
        self.turnover[good.at] += price
        if good.kind == TransferKind.PAYMENT and self.bought % 31 == 0:
            self._bring_back(paid, at)

    def _bring_back(self, paid: Transfer, at: datetime) -> None:
        """Some days later the shop gives back what was paid, or a part of it."""
        later = at + self.chance.between(1, 4) * DAY
        if self.bought % 2 or paid.amount < 2_00:
            self.diary.note(later, self._pay_back, paid, paid.amount, texts.WHOLE_BACK)
        else:
            self.diary.note(later, self._pay_back, paid, paid.amount // 3, texts.PART_BACK)

    def _pay_back(self, paid: Transfer, amount: int, note: str, at: datetime) -> None:
        names = {account.pk: name for name, account in self.books.accounts.items()}
        payer, payee = names[paid.payer_id], names[paid.payee_id]
        if self.books.available[payee] >= amount:
            charge_back(
                transfer=paid, amount=amount, note=note, key=self.books.key("back", paid.key),
                actor=self.books.actor_of(payee), at=at,
            )  # fmt: skip
            self.books.move(payee, payer, amount)

    def _order(self, good: Good, payer: str, price: int, at: datetime) -> None:
        """Reserve now; then it is fetched, in parts or whole, or cancelled, or forgotten until the coins come free."""
        if not self.books.may(payer, good.at, price, at):
            return
        expires_at = at + (14 if good.parts > 1 else 2) * WEEK
        held = reserve(
            payer=self.books.accounts[payer], payee=self.books.accounts[good.at], amount=price, kind=good.kind,
            label=good.label, key=self.books.next_key(),
            expires_at=expires_at, actor=self.books.actor_of(payer), at=at,
        )  # fmt: skip
        self.books.spend(payer, price, at)
        fate = self.chance.below(8)
        if fate == 0:
            self.diary.note(at + 2 * DAY, self._cancel, held, payer)
        elif fate == 1:
            self.diary.note(moment(day_of(expires_at) + DAY, 3), self._free, payer)
        else:
            self._plan_fetching(held, good, at)

    def _plan_fetching(self, held: Reservation, good: Good, at: datetime) -> None:
        part = held.amount // good.parts
        for turn in range(good.parts):
            amount = part if turn < good.parts - 1 else held.amount - turn * part
            fetched = at + (turn * WEEK if good.parts > 1 else self.chance.between(2, 9) * DAY)
            later = timedelta(minutes=self.chance.between(5, 50))
            self.diary.note(fetched + later, self._fetch, held, good, amount)

    def _fetch(self, held: Reservation, good: Good, amount: int, at: datetime) -> None:
        capture(
            reservation=held, amount=amount, note=good.what, key=self.books.key("fetched", held.key, at.isoformat()),
            actor=self.books.actor_of(good.at), at=at,
        )  # fmt: skip
        self.turnover[good.at] += amount
        self.books.available[good.at] += amount

    def _cancel(self, held: Reservation, payer: str, at: datetime) -> None:
        key = self.books.key("cancelled", held.key)
        release(reservation=held, key=key, actor=self.books.actor_of(payer), at=at)
        self.books.available[payer] += held.amount

    def _free(self, payer: str, at: datetime) -> None:
        """The night after nobody came to fetch it."""
        expire_reservations(at=at)
        self.books.read(payer)

    def _buy_supplies(self, at: datetime) -> None:
        if self.books.money.supplies is None:
            return
        pot, shop, about = self.books.money.supplies
        amount = about + self.chance.between(-40, 40) * 10
        if self._has(pot, amount, at):
            paid = self.books.pay(
                pot, shop, amount, TransferKind.PAYMENT, at, label=Label.SALE, note=texts.SUPPLIES
            )
            self.turnover[shop] += amount if paid else 0

    # --- Between neighbours --------------------------------------------------------------------------------------

    def _between_neighbours(self, at: datetime) -> None:
        if self.chance.below(3) == 0:
            self._give(self.chance.one(texts.GIFTS), at)
            return
        what, price = self.chance.one(texts.SALES)
        payer, payee = self.chance.some(self.books.residents, 2)
        self.books.pay(payer, payee, price, TransferKind.PAYMENT, at, label=Label.SALE, note=what)

    def _give(self, note: str, at: datetime) -> None:
        payer, payee = self.chance.some(self.books.residents, 2)
        amount = self.chance.between(2, 6) * 2_50
        self.books.pay(payer, payee, amount, TransferKind.PAYMENT, at, label=Label.GIFT, note=note)
