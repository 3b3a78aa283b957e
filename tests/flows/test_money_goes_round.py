"""A euro comes in, goes round as a coin and leaves as a euro: told by the pages that people use, in English.

After each step the ledger adds up and the sealed log is what it says.
"""

from __future__ import annotations

from datetime import date
from io import StringIO

import time_machine
from django.core.management import call_command
from pytest_django import Settings

from home.demo.bank.writing import SampleLine, SampleStatement, camt053, mt940
from ledger.queries import backing, balance_of
from people.models import OrganisationDetails
from tests.factories.wallet import AT, Place, place
from tests.flows.visitor import Visitor, file_of
from wallet.models import BankLine, PaymentRequest, Payout
from wallet.states import BankLineState, PayoutState

SHOP_IBAN = "NL02ABNA0123456789"
MUNICIPAL_IBAN = "NL20INGB0001234567"
SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


class Story:
    """The municipality, the treasurer, the club, Ann and the shop: each step is what one of them does."""

    def __init__(self, there: Place) -> None:
        self.there = there
        self.fenna, self.tom = Visitor(there.fenna), Visitor(there.tom)
        self.olaf, self.ann, self.sjoerd = (
            Visitor(login) for login in (there.owner_of_club, there.ann_login, there.sjoerd)
        )
        self.desk = f"/en/finance/{there.neighbourhood.slug}/"

    def the_municipality_announces_money(self) -> None:
        self.fenna.open("/en/funding/").follow("Announce money")
        self.fenna.press("Go on", payee=self.there.pot.address, amount="500.00", purpose="Soup on Thursdays")
        self.fenna.press("Announce 500.00 euros")

        assert self.reference in self.fenna.words.replace(" ", "")
        assert balance_of(self.there.pot).balance == 0

    @property
    def reference(self) -> str:
        funding = self.there.pot.fundings.get()
        return str(funding.reference)

    def it_is_on_the_bank_statement(self) -> None:
        came = SampleLine(
            number="AB12", booked_on=SUNDAY, amount=500_00, name="Municipality", iban=MUNICIPAL_IBAN,
            text=f"Soup {self.reference}",
        )  # fmt: skip
        content = camt053([SampleStatement(iban=self.there.treasury.iban, day=SUNDAY, lines=[came])])
        for _twice in range(2):
            self.tom.open(f"{self.desk}bank/").press("Bring in", file=file_of("sunday.xml", content))

        assert balance_of(self.there.pot).balance == 500_00
        assert self.in_circulation_and_in_reserve == (500_00, 500_00)

    @property
    def in_circulation_and_in_reserve(self) -> tuple[int, int]:
        both = backing(self.there.coin)
        return both.circulation, both.reserve

    def the_club_pays_ann(self) -> None:
        self.olaf.open(f"/en/pay/{self.there.pot.address}/").press("Go on", to=self.there.ann.address)
        self.olaf.press("Look once more", amount="20.00", text="Soup, 3 hours", label="VOLUNTEER_ALLOWANCE")
        self.olaf.press("Pay 20.00")

        assert balance_of(self.there.ann).balance == 20_00
        assert "20.00" in self.ann.open("/en/wallet/").words

    def ann_pays_at_the_till(self) -> None:
        self.sjoerd.open("/en/till/").press("Open", name="Counter")
        self.sjoerd.open("/en/till/").follow("Counter").press("Show the code", amount="12.50", text="Tyre")
        asked = PaymentRequest.objects.get()
        self.ann.open(f"/en/pay/request/{asked.uuid}/").press("Pay 12.50")
        self.sjoerd.open(self.sjoerd.url)

        assert "Paid 12.50 by Ann V." in self.sjoerd.words
        assert balance_of(self.there.ann).balance == 7_50
        assert balance_of(self.there.shop).balance == 12_50

    def the_shop_asks_for_euros(self) -> None:
        self.sjoerd.open(f"/en/wallet/{self.there.shop.address}/payouts/").press("Ask for this payout")

        assert self.payout.amount == 12_50
        assert balance_of(self.there.shop).available == 0

    @property
    def payout(self) -> Payout:
        return Payout.objects.get()

    def two_persons_send_it_to_the_bank(self) -> None:
        chosen = [str(self.payout.pk)]
        self.fenna.open(f"{self.desk}payouts/").press("Approve", payouts=chosen)
        self.tom.open(f"{self.desk}payouts/").press("Make the file for the bank", payouts=chosen)
        first, again = self.tom.download("Download"), self.tom.download("Download")
        self.tom.press("I sent it to the bank")

        assert first == again
        assert self.payout.end_to_end_id.encode() in first
        assert self.payout.state == PayoutState.EXPORTED

    def the_bank_has_paid(self) -> None:
        paid = SampleLine(
            number="AB13", booked_on=MONDAY, amount=-12_50, name="Shop", iban=SHOP_IBAN, text="Payout",
            end_to_end_id=self.payout.end_to_end_id,
        )  # fmt: skip
        content = mt940(
            [SampleStatement(iban=self.there.treasury.iban, day=MONDAY, lines=[paid], opening=500_00)]
        )
        self.fenna.open(f"{self.desk}bank/").press("Bring in", file=file_of("monday.sta", content))

        assert self.payout.state == PayoutState.PAID
        assert set(BankLine.objects.values_list("state", flat=True)) == {BankLineState.MATCHED}
        assert self.in_circulation_and_in_reserve == (487_50, 487_50)
        assert balance_of(self.there.shop).balance == 0


def all_is_well() -> None:
    """What anybody can ask: does it add up, and is it what was sealed?"""
    call_command("seal_log", "--once", stdout=StringIO())
    call_command("check_ledger", stdout=StringIO())
    call_command("verify_log", stdout=StringIO())


@time_machine.travel(AT, tick=False)
def test_a_euro_comes_in_goes_round_and_leaves_again(db: None, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    there = place()
    OrganisationDetails.objects.filter(party=there.shop.holder_id).update(iban=SHOP_IBAN)
    story = Story(there)

    for step in (
        story.the_municipality_announces_money, story.it_is_on_the_bank_statement, story.the_club_pays_ann,
        story.ann_pays_at_the_till, story.the_shop_asks_for_euros, story.two_persons_send_it_to_the_bank,
        story.the_bank_has_paid,
    ):  # fmt: skip
        step()
        all_is_well()
