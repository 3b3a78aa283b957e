"""The bank of one neighbourhood of the demo: what it books comes in as statements, which the finance desk uploads."""

from __future__ import annotations

from datetime import date, datetime

from core.clock import day_of
from home.demo.bank.writing import SampleLine, SampleStatement, camt053
from home.demo.load.money.books import Books
from wallet.models import BankLine, Treasury
from wallet.operations.bank import bring_in
from wallet.operations.treasury import change_treasury

# Above it a second person looks; low, so that there is something to look at.
PAID_BACK_ALONE = 20_00


class Bank:
    """The account behind a coin. Whose lines they are, the statement says or two persons find out."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.balance = 0
        self.lines = 0

    def open(self, at: datetime) -> Treasury:
        """Say where the euros are."""
        place = self.books.place
        self.treasury = change_treasury(
            neighbourhood=place, account_name=f"Stichting {place.coin.name}", iban=self.books.money.iban, bic="",
            chargeback_alone=PAID_BACK_ALONE, reason="Rekening geopend voor de munt", actor=self.books.clerk, at=at,
        )  # fmt: skip
        return self.treasury

    def line(
        self, on: date, amount: int, *, name: str, iban: str = "", text: str = "", reference: str = ""
    ) -> SampleLine:
        """One line of a day, with a number as a bank gives; `reference` is that of the payment order."""
        self.lines += 1
        return SampleLine(
            number=f"DEMO{on:%Y%m%d}{self.lines:04d}", booked_on=on, amount=amount, name=name, iban=iban, text=text,
            end_to_end_id=reference,
        )  # fmt: skip

    def say(self, lines: list[SampleLine], at: datetime) -> list[BankLine]:
        """Have the desk upload the statement of this day. Gives the lines as they are then, booked or not."""
        on = day_of(at)
        content = camt053(
            [SampleStatement(iban=self.treasury.iban, day=on, lines=lines, opening=self.balance)]
        )
        self.balance += sum(one.amount for one in lines if one.is_booked)
        name = f"{self.books.place.slug}-{on}-{self.lines}.xml"
        bring_in(treasury=self.treasury, name=name, content=content, actor=self.books.clerk, at=at)
        numbers = [one.number for one in lines]
        return list(BankLine.objects.filter(treasury=self.treasury, bank_id__in=numbers).order_by("pk"))
