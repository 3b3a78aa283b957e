"""A euro comes in, goes round as a coin and leaves as a euro: in the browsers of those who do it, in Dutch.

After each step the ledger adds up and the sealed log is what it says.
"""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import sign_in
from tests.plugins.browser import OpenPage, Site

pytestmark = [
    pytest.mark.once,
    # Wagtail leaves the temporary file of a scaled picture to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

DESK, TREASURER = "karin@havermeer.example", "wim@molenwijk.example"
CLUB, RESIDENT, SHOP = "hassan@dewiek.example", "samira@example.org", "gerrit@vandam.example"
POT = "Meehelpen in Molenwijk"
FINANCE = "/nl/finance/molenwijk/"


class Story:
    """Five people, each in a browser of their own; each step is what one of them does, or two."""

    def __init__(self, site: Site, open_page: OpenPage, folder: Path) -> None:
        self.site, self.open_page, self.folder = site, open_page, folder
        self.pages: dict[str, Page] = {}

    def of(self, email: str, width: int = 1280, height: int = 900) -> Page:
        """The browser of this person, who signs in once."""
        if email not in self.pages:
            self.pages[email] = self.open_page(width=width, height=height, accept_downloads=True)
            sign_in(self.pages[email], self.site, email)
        return self.pages[email]

    def go(self, email: str, address: str, **size: int) -> Page:
        page = self.of(email, **size)
        page.goto(self.site + address)
        return page

    def money_is_announced(self) -> None:
        """The municipality fills the pot; its own desk announces it."""
        karin = self.go(DESK, FINANCE + "fundings/announce/")
        karin.get_by_label("Wie geeft het geld?").fill("Havermeer")
        karin.get_by_label(POT).check()
        karin.get_by_label("Hoeveel euro?").fill("120,00")
        press(karin, "Verder")
        press(karin, "Kondig 120,00 euro aan")

        expect(karin.locator("main")).to_contain_text("SCMOLENMUNT")
        self.announced = karin.url

    def the_bank_statement_brings_it(self) -> None:
        before = self.the_pot_has()
        self.bring_in_a_statement()

        assert self.the_pot_has() >= before + 120_00
        karin = self.pages[DESK]
        karin.goto(self.announced)
        expect(karin.locator("main")).to_contain_text("binnen")

    def the_club_pays_a_resident(self) -> None:
        samira = self.go(RESIDENT, "/nl/wallet/", width=390, height=844)
        had = amount_in(samira.locator(".wallet__n"))
        address = samira.locator(".wallet-address").inner_text()
        hassan = self.go(CLUB, "/nl/pay/")
        hassan.get_by_role("link", name=POT).click()
        hassan.get_by_label("Adres").fill(address)
        press(hassan, "Verder")
        hassan.get_by_label("Hoeveel?").fill("20")
        hassan.get_by_label("Waarvoor?").fill("Soep, vier middagen")
        hassan.get_by_label("vrijwilligersvergoeding").check()
        press(hassan, "Kijk het na")
        press(hassan, "Betaal 20,00")

        expect(hassan.locator("h1")).to_contain_text("Betaald")
        samira.reload()
        assert amount_in(samira.locator(".wallet__n")) == had + 20_00

    def the_resident_pays_at_the_till(self) -> None:
        gerrit = self.go(SHOP, "/nl/till/")
        gerrit.get_by_role("link", name="Toonbank", exact=True).click()
        gerrit.get_by_label("Hoeveel moet er betaald worden?").fill("12,50")
        gerrit.keyboard.press("Enter")
        expect(gerrit.locator(".counter__qr svg")).to_be_visible()
        gerrit.evaluate("window.stayed = true")

        samira = self.go(RESIDENT, f"/nl/pay/request/{gerrit.url.rstrip('/').rpartition('/')[2]}/")
        press(samira, "Betaal 12,50")

        expect(samira.locator("h1")).to_contain_text("Betaald")
        expect(gerrit.locator("h1")).to_contain_text("Betaald")
        expect(gerrit.locator("h1")).to_contain_text("12,50 door Samira")
        assert gerrit.evaluate("window.stayed")

    def the_shop_asks_for_euros(self) -> None:
        gerrit = self.go(SHOP, "/nl/wallet/")
        if gerrit.get_by_role("link", name="Fietsenmaker Van Dam").count():
            gerrit.get_by_role("link", name="Fietsenmaker Van Dam").first.click()
        gerrit.get_by_role("link", name="Uitbetalingen in euro’s").click()
        gerrit.get_by_label("Bedrag").fill("12,50")
        press(gerrit, "Vraag deze uitbetaling aan")

        expect(gerrit.locator(".row").first).to_contain_text("12,50")
        expect(gerrit.locator(".row").first).to_contain_text("aangevraagd")

    def two_persons_send_it_to_the_bank(self) -> None:
        karin = self.go(DESK, FINANCE + "payouts/")
        waiting = karin.locator("#approve_payouts .row").filter(has_text="12,50").filter(has_text="Van Dam")
        waiting.get_by_role("checkbox").check()
        press(karin, "Keur goed wat ik koos")

        wim = self.go(TREASURER, FINANCE + "payouts/")
        press(wim, "Maak het bestand voor de bank")
        with wim.expect_download() as download:
            wim.get_by_role("link", name="Download het bestand").click()
        content = Path(download.value.path()).read_text()
        assert "pain.001" in content
        assert '<InstdAmt Ccy="EUR">12.50</InstdAmt>' in content
        press(wim, "Ik heb het naar de bank gestuurd")
        expect(wim.get_by_text("Genoteerd: het bestand is naar de bank.")).to_be_visible()

    def the_bank_has_paid(self) -> None:
        self.bring_in_a_statement()

        gerrit = self.pages[SHOP]
        gerrit.reload()
        expect(gerrit.locator(".row").first).to_contain_text("betaald")

    def bring_in_a_statement(self) -> None:
        """The bank's file of this moment, from the demo's own bank."""
        karin = self.go(DESK, FINANCE + "bank/")
        with karin.expect_download() as download:
            karin.get_by_role("link", name="CAMT.053").click()
        file = self.folder / download.value.suggested_filename
        download.value.save_as(file)
        karin.locator('input[type="file"]').set_input_files(file)
        press(karin, "Lees dit afschrift in")
        expect(karin).to_have_url(re.compile("/bank/statement/"))

    def the_pot_has(self) -> int:
        pots = self.go(DESK, FINANCE + "pots/")
        return amount_in(pots.locator(".row").filter(has_text=POT).locator(".row__price"))


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()


def amount_in(place: Locator) -> int:
    """The amount that stands there, in minor units."""
    found = re.search(r"[0-9.]+,[0-9]{2}", place.inner_text())
    assert found
    return int(re.sub("[.,]", "", found.group()))


def all_is_well() -> None:
    """What anybody can ask: does it add up, and is it what was sealed?"""
    call_command("seal_log", "--once", stdout=StringIO())
    call_command("check_ledger", stdout=StringIO())
    call_command("verify_log", stdout=StringIO())


def test_a_euro_comes_in_goes_round_and_leaves_again(
    demo_site: Site, open_page: OpenPage, tmp_path: Path
) -> None:
    story = Story(demo_site, open_page, tmp_path)

    for step in (
        story.money_is_announced, story.the_bank_statement_brings_it, story.the_club_pays_a_resident,
        story.the_resident_pays_at_the_till, story.the_shop_asks_for_euros, story.two_persons_send_it_to_the_bank,
        story.the_bank_has_paid,
    ):  # fmt: skip
        step()
        all_is_well()
