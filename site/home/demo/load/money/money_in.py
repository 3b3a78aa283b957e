"""Money in: who announces it for which pot, and what the bank says then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from home.demo.load.money.bank import Bank
from home.demo.load.money.books import Books
from home.demo.load.money.diary import DAY, Diary, moment
from home.demo.money import Gift, Pot, Then
from home.demo.money import shared as texts
from ledger.operations import expire_fundings
from wallet.operations.bank import decide_match, propose_match
from wallet.operations.fundings import announce, withdraw

if TYPE_CHECKING:
    from ledger.models import Funding
    from wallet.models import BankLine


class MoneyIn:
    """The gifts to the pots of one neighbourhood."""

    def __init__(self, books: Books, diary: Diary, bank: Bank) -> None:
        self.books, self.diary, self.bank = books, diary, bank

    def plan(self) -> None:
        """Note when pots open and gifts are announced."""
        for pot in self.books.money.pots:
            if {pot.holder, pot.funder} <= set(self.books.parties):
                self.diary.note(moment(self.books.day(pot.opens), 9, 30), self.books.open_pot, pot)
                for number, gift in enumerate(pot.gifts):
                    self.diary.note(moment(self.books.day(gift.day), 11), self._announce, pot, gift, number)

    def _announce(self, pot: Pot, gift: Gift, number: int, at: datetime) -> None:
        funding = announce(
            coin=self.books.place.coin, funder=self.books.parties[pot.funder], payee=self.books.accounts[pot.name],
            amount=gift.amount, purpose=gift.purpose, expires_on=(at + 30 * DAY).date(),
            key=self.books.key("gift", pot.name, number), actor=self.books.actors[pot.funder], at=at,
        )  # fmt: skip
        if gift.then in {Then.RECEIVED, Then.RETURNED}:
            self.diary.note(at + 3 * DAY, self._arrive, funding, pot, gift)
        elif gift.then is Then.CANCELLED:
            self.diary.note(at + 9 * DAY, self._cancel, funding, pot.funder)
        elif gift.then is Then.EXPIRED:
            self.diary.note(moment(funding.expires_on + DAY, 3), self._expire)

    def _cancel(self, funding: Funding, funder: str, at: datetime) -> None:
        withdraw(funding=funding, actor=self.books.actors[funder], at=at)

    def _expire(self, at: datetime) -> None:
        expire_fundings(at=at)

    def _arrive(self, funding: Funding, pot: Pot, gift: Gift, at: datetime) -> None:
        amount = gift.arrived or gift.amount
        said = self.bank.line(
            at.date(), amount, name=pot.funder, iban=self.books.iban_of(pot.funder),
            text=f"{gift.purpose} {funding.reference}",
        )  # fmt: skip
        (line,) = self.bank.say([said], at)
        if amount != gift.amount:
            self._agree_by_hand(line, funding, at)
        self.books.read(pot.name)
        if gift.then is Then.RETURNED:
            self.diary.note(at + 2 * DAY, self._return, funding, pot, amount)

    def _agree_by_hand(self, line: BankLine, funding: Funding, at: datetime) -> None:
        """Another amount came than was announced: one says that it is this, the other agrees."""
        proposed = propose_match(
            line=line, funding=funding, reason=texts.OTHER_AMOUNT, key=self.books.key("match", funding.key),
            actor=self.books.clerk, at=at + timedelta(hours=1),
        )  # fmt: skip
        decide_match(match=proposed, event="approve", actor=self.books.treasurer, at=at + timedelta(hours=5))

    def _return(self, funding: Funding, pot: Pot, amount: int, at: datetime) -> None:
        funding.refresh_from_db()
        said = self.bank.line(
            at.date(),
            -amount,
            name=pot.funder,
            iban=self.books.iban_of(pot.funder),
            text=texts.PAID_BY_MISTAKE,
        )
        (line,) = self.bank.say([said], at)
        proposed = propose_match(
            line=line, funding=funding, reason=texts.PAID_BY_MISTAKE, key=self.books.key("return", funding.key),
            actor=self.books.clerk, at=at,
        )  # fmt: skip
        decide_match(
            match=proposed, event="approve", actor=self.books.treasurer, at=at + timedelta(minutes=40)
        )
        self.books.read(pot.name)
