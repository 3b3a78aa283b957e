"""What is waiting for somebody when the visitor arrives: at the counter, in a wallet, at the finance desk."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.clock import day_of
from home.demo import people
from home.demo.load.money.bank import Bank
from home.demo.load.money.books import Books
from home.demo.load.money.diary import DAY, Diary, moment
from home.demo.money import shared as texts
from home.demo.people.offices import DE_ROOM
from ledger.kinds import TransferKind
from ledger.queries import receipt_of, statement
from wallet.operations import chargebacks, tills
from wallet.operations.bank import propose_match
from wallet.operations.fundings import announce
from wallet.operations.payments import pay
from wallet.operations.requests import ask, decline
from wallet.states import BankLineState

if TYPE_CHECKING:
    from ledger.models import Account
    from ledger.queries import Line
    from wallet.models import PaymentRequest, Till

ANNOUNCED, CAME = 750_00, 700_00
TWO_WEEKS = 14 * DAY
CUSTOMERS = (timedelta(minutes=155), timedelta(minutes=64), timedelta(minutes=11))
LATEST_SALES = 40


class OpenMatters:
    """The last day of the story of one neighbourhood."""

    def __init__(self, books: Books, diary: Diary, bank: Bank) -> None:
        self.books, self.diary, self.bank = books, diary, bank

    def plan(self) -> None:
        """Note what happened yesterday, and at the counter this morning."""
        yesterday = day_of(self.books.at) - DAY
        self.diary.note(moment(yesterday, 17, 5), self._bank_has_questions)
        self.diary.note(moment(yesterday, 17, 30), self._undo_a_sale)
        self.diary.note(moment(yesterday, 19), self._ask_neighbours)
        for holder in self.books.money.holders:
            for number, name in enumerate(holder.tills):
                self.diary.note(moment(yesterday, 8, number), self._open_till, holder.name, name)

    # --- The finance desk -----------------------------------------------------------------------------------------

    def _bank_has_questions(self, at: datetime) -> None:
        """A gift that nobody announced, what the bank charges, and one that is less than was announced."""
        on = day_of(at)
        said = [
            self.bank.line(
                on, 75_00, name="J. de Boer", iban="NL20INGB0001234567", text=texts.GIFT_OF_A_STRANGER
            ),
            self.bank.line(on, -9_95, name="", text=texts.BANK_COSTS),
        ]
        if DE_ROOM.name not in self.books.parties:
            self.bank.say(said, at)
            return
        funding = announce(
            funder=self.books.parties[DE_ROOM.name], coin=self.books.place.coin, amount=ANNOUNCED,
            payee=self._pot_of_the_staff(on), purpose=texts.FROM_THE_STAFF,
            expires_on=on + 30 * DAY, key=self.books.key("gift of the staff"), actor=self.books.actors[DE_ROOM.name],
            at=at - 4 * DAY,
        )  # fmt: skip
        said.append(
            self.bank.line(
                on, CAME, name=DE_ROOM.name, iban=self.books.iban_of(DE_ROOM.name), text=f"Actie {funding.reference}"
            )
        )  # fmt: skip
        lines = self.bank.say(said, at)
        (less,) = [line for line in lines if line.amount == CAME and line.state == BankLineState.NEW]
        propose_match(
            line=less, funding=funding, reason=texts.OTHER_AMOUNT, key=self.books.key("match of the staff"),
            actor=self.books.clerk, at=at,
        )  # fmt: skip

    def _pot_of_the_staff(self, on: date) -> Account | None:
        """A pot of De Room that still runs; none means its own account."""
        of_theirs = [pot.name for pot in self.books.money.pots if pot.funder == DE_ROOM.name]
        known = [self.books.accounts[name] for name in of_theirs if name in self.books.accounts]
        running = [pot for pot in known if pot.ends_on is None or pot.ends_on >= on]
        return running[0] if running else None

    def _undo_a_sale(self, at: datetime) -> None:
        """Too much for one person: a second one looks."""
        for sale in self._latest_sales():
            receipt = receipt_of(sale.transfer_id)
            chargebacks.undo_payment(
                treasury=self.bank.treasury, receipt=receipt, amount=receipt.amount, reason=texts.PAID_TWICE,
                key=self.books.key("undone"), actor=self.books.clerk, at=at,
            )  # fmt: skip
            return

    def _latest_sales(self) -> list[Line]:
        """Of a shop, above what one person undoes alone, and not undone yet: those that it could pay back."""
        return [
            line
            for holder in self.books.holders()
            for line in statement(self.books.accounts[holder.name], limit=LATEST_SALES).lines
            if line.kind == TransferKind.PAYMENT
            and line.amount > self.bank.treasury.chargeback_alone
            and not line.charged_back
            and self.books.available[holder.name] >= line.amount
        ]

    # --- Neighbours -------------------------------------------------------------------------------------------------

    def _ask_neighbours(self, at: datetime) -> None:
        """Each of those who can sign in is asked something by a neighbour, and asked one something."""
        named = [one.email for one in people.NAMED if one.email in self.books.residents]
        others = [
            name for name in self.books.residents if name not in named and name not in self.books.blocked
        ]
        for number, name in enumerate(named):
            what, amount = texts.SALES[number % len(texts.SALES)]
            neighbour = others[number % len(others)]
            self._ask(neighbour, name, amount, what, at)
            what, amount = texts.SALES[-1 - number % len(texts.SALES)]
            refused = self._ask(name, others[-1 - number % len(others)], amount, what, at - 3 * DAY)
            decline(
                request=refused, actor=self.books.actors[others[-1 - number % len(others)]], at=at - 2 * DAY
            )

    def _ask(self, payee: str, payer: str, amount: int, what: str, at: datetime) -> PaymentRequest:
        return ask(
            payee=self.books.accounts[payee], payer=self.books.accounts[payer], amount=amount, text=what,
            expires_at=at + TWO_WEEKS, key=self.books.key("asked", payee, payer, what), actor=self.books.actors[payee],
            at=at,
        )  # fmt: skip

    # --- The counter ------------------------------------------------------------------------------------------------

    def _open_till(self, holder: str, name: str, at: datetime) -> None:
        till = tills.open_till(
            account=self.books.accounts[holder], name=name, key=self.books.key("till", holder, name),
            actor=self.books.owners[holder], at=at,
        )  # fmt: skip
        for number, ago in enumerate(CUSTOMERS):
            self.diary.note(self.books.at - ago, self._sell, till, holder, number)

    def _sell(self, till: Till, holder: str, number: int, at: datetime) -> None:
        """The customer scans the code and pays."""
        goods = [good for good in self.books.money.goods if good.at == holder]
        good = goods[number % len(goods)]
        price = min(good.prices)
        payer = next(
            (name for name in self.books.residents[number:] if self.books.may(name, holder, price, at)), None
        )
        if payer is None:
            return
        asked = tills.charge(
            till=till, amount=price, text=good.what, key=self.books.key("charge", till.key, number),
            actor=self.books.owners[holder], at=at,
        )  # fmt: skip
        pay(
            payer=self.books.accounts[payer], payee=self.books.accounts[holder], amount=price, text=good.what,
            key=asked.key, request=asked, actor=self.books.actors[payer], at=at + timedelta(seconds=20), day_limit=None,
        )  # fmt: skip
        self.books.spend(payer, price, at)
        self.books.available[holder] += price
