"""Every kind of page about money, for each of those who use it, with what goes wrong and what is empty."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser.accessible import note, words_of
from tests.browser.people import sign_in, walk_from
from tests.plugins.browser import OpenPage, Site

pytestmark = [
    pytest.mark.once,
    # Wagtail leaves the temporary file of a scaled picture to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

RESIDENT, NEWCOMER, CLUB = "samira@example.org", "lotte@example.org", "hassan@dewiek.example"
SHOP, FUNDER = "gerrit@vandam.example", "olga@deroom.example"
DESK, TREASURER = "karin@havermeer.example", "wim@molenwijk.example"
FINANCE = "/nl/finance/molenwijk/"


class Look:
    """A browser that looks at pages and remembers what is wrong with them."""

    def __init__(self, site: Site, page: Page) -> None:
        self.site, self.page = site, page
        self.wrong: dict[str, list[str]] = {}

    def be(self, email: str, *starts: str, below: tuple[str, ...] = ()) -> None:
        """Become somebody, and look at every kind of page that these addresses lead to."""
        self.page.context.clear_cookies()
        sign_in(self.page, self.site, email)
        for address in walk_from(self.page, self.site, *starts, below=below or starts):
            note(self.page, f"{email} {address}", self.wrong)

    def at(self, *addresses: str) -> None:
        for address in addresses:
            self.page.goto(self.site + address)
            note(self.page, address, self.wrong)

    def press(self, address: str, **filled: str) -> None:
        """Fill in the form there, press its main button and look at what comes."""
        self.page.goto(self.site + address)
        for name, words in filled.items():
            self.page.locator(f'main form [name="{name}"]').fill(words)
        button = self.page.locator("main form:not([action*=logout]) .btn--main").first
        # A click alone does not wait: axe would meet half a page. The till answers in place, all else with a page.
        if button.evaluate("one => Boolean(one.form && one.form.hasAttribute('hx-post'))"):
            with self.page.expect_response(lambda answer: answer.request.method == "POST"):
                button.click()
            self.page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping')")
        else:
            with self.page.expect_navigation():
                button.click()
        note(self.page, f"{address} with {filled}", self.wrong)

    def there(self, selector: str) -> None:
        """What has just been asked for is on the page: a walk past something else would say nothing."""
        expect(self.page.locator(selector).first).to_be_visible()


def address_of(name: str, kind: str = "HOLDER") -> str:
    """The address of somebody's account in Molenwijk."""
    from ledger.models import Account
    from neighbourhoods.models import Neighbourhood

    coin = Neighbourhood.objects.get(slug="molenwijk").coin
    found = Account.objects.filter(coin=coin, kind=kind).select_related("holder")
    return next(one.address for one in found if one.holder.display_name == name)


def seal() -> None:
    call_command("seal_log", "--once", stdout=StringIO())


def look_as_a_resident(look: Look) -> None:
    look.be(RESIDENT, "/nl/wallet/", "/nl/pay/")
    own, shop = (address_of(name) for name in ("Samira Benali", "Fietsenmaker Van Dam"))
    look.at(f"/nl/pay/to/{shop}/", f"/nl/pay/to/{own}/", f"/nl/pay/to/{shop}/?a=1250&m=Band+geplakt")
    look.there(".till__after")
    look.at(f"/nl/wallet/{own}/receive/?amount=4,00&text=Appeltaart", f"/nl/wallet/{own}/requests/?show=ours")
    look.at(f"/nl/wallet/{own}/statement/?q=kangoeroe", f"/nl/wallet/{own}/statement/?from=gisteren")
    look.press(f"/nl/pay/{own}/")
    look.there(".errors")
    look.press(f"/nl/pay/{own}/", to="7KQ4 M2PX 9DTZ")
    look.press(f"/nl/pay/to/{shop}/", amount="9999")
    look.there(".errors")
    look.press(f"/nl/pay/to/{shop}/", amount="12,50")
    look.page.locator('button[value="pay"]').click()
    look.there(".receipt__block")
    note(look.page, "a receipt of this moment", look.wrong)
    look.press(f"/nl/wallet/{own}/requests/ask/?to={shop}")
    look.at("/nl/till/", "/nl/funding/", "/nl/wallet/7KQ4M2PX9DTZ/")


def look_as_a_newcomer(look: Look) -> None:
    look.be(NEWCOMER, "/nl/wallet/", "/nl/pay/", "/nl/till/", "/nl/funding/")


def look_as_a_club(look: Look) -> None:
    look.be(CLUB, "/nl/wallet/", "/nl/pay/")
    pot, resident = address_of("Stichting Buurthuis De Wiek", "POT"), address_of("Samira Benali")
    look.press(f"/nl/pay/{pot}/?to={resident}", amount="")
    look.there(".errors")


def look_as_a_shop(look: Look) -> None:
    look.be(SHOP, "/nl/till/", "/nl/wallet/")
    till = look.page.context.new_page()
    till.goto(look.site + "/nl/till/")
    counter = till.get_by_role("link", name="Toonbank", exact=True).get_attribute("href") or ""
    till.close()
    look.press(counter, amount="")
    look.there(".errors")
    look.press(counter, amount="12,50")
    look.there(".counter__qr svg")
    look.page.locator("form[action$='/cancel/'] button").click()
    look.there(".counter__over")
    note(look.page, "a code that was taken away", look.wrong)
    look.press("/nl/till/")
    look.press(f"/nl/wallet/{address_of('Fietsenmaker Van Dam')}/payouts/", amount="9999")
    look.there(".errors")


def look_as_a_funder(look: Look) -> None:
    look.be(FUNDER, "/nl/funding/")
    look.page.goto(look.site + "/nl/funding/")
    announce = look.page.url.removeprefix(look.site.url) + "announce/zonneveld/"
    look.press(announce)
    look.there(".errors")
    look.page.goto(look.site + announce)
    look.page.locator('[name="payee"]').first.check()
    look.page.locator('[name="amount"]').fill("120")
    look.page.locator("main form .btn--main").click()
    look.there("button[value=confirm]")
    note(look.page, "is this what you announce", look.wrong)


def look_at_the_desk(look: Look, folder: Path) -> None:
    look.be(DESK, "/nl/finance/", FINANCE, below=(FINANCE,))
    look.at(
        FINANCE + "bank/?state=MATCHED", FINANCE + "bank/?state=IGNORED", FINANCE + "accounts/?q=kangoeroe"
    )
    for room in (
        "fundings/announce/",
        "pots/new/",
        "accounts/open/",
        "treasury/",
        "payouts/",
        "bank/",
        "undo/",
    ):
        look.press(FINANCE + room)
    file = folder / "photo.xml"
    file.write_text("no statement")
    look.page.goto(look.site + FINANCE + "bank/")
    look.page.locator("input[type=file]").set_input_files(file)
    look.page.locator("main form .btn--main").click()
    look.there(".errors")
    note(look.page, "a file that is no statement", look.wrong)
    look.be(TREASURER)
    look.at(FINANCE, FINANCE + "payouts/")


def look_as_a_visitor(look: Look, folder: Path) -> None:
    """The proof, and whatever a resident kept of a receipt."""
    seal()
    look.page.goto(look.site + "/nl/wallet/")
    look.page.locator(".st-what").first.click()
    with look.page.expect_download() as download:
        look.page.locator('a[download][href$="proof.json"]').first.click()
    kept = folder / "receipt.json"
    download.value.save_as(kept)
    look.page.context.clear_cookies()
    look.at(
        "/nl/proof/", "/nl/proof/molenwijk/", "/nl/proof/zonneveld/", "/nl/proof/check/", "/nl/proof/nergens/"
    )
    for file, tone in ((kept, "good"), (folder / "photo.xml", "bad")):
        look.page.goto(look.site + "/nl/proof/check/")
        look.page.locator("#proof-file").set_input_files(file)
        look.there(f'[data-part="{tone}"]')
        note(look.page, f"a proof that is {tone}", look.wrong)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_every_kind_of_page_about_money_is_accessible(
    demo_site: Site, open_page: OpenPage, tmp_path: Path, width: int, scheme: str
) -> None:
    # Tall enough that the bar at the bottom covers nothing: axe takes what lies beneath it for too small.
    page = open_page(width=width, height=20_000, color_scheme=scheme, accept_downloads=True)
    look = Look(demo_site, page)
    look.at("/nl/proof/molenwijk/")  # before anything was sealed
    seal()

    look_as_a_newcomer(look)
    look_as_a_club(look)
    look_as_a_shop(look)
    look_as_a_funder(look)
    look_at_the_desk(look, tmp_path)
    look_as_a_resident(look)
    look_as_a_visitor(look, tmp_path)

    assert look.wrong == {}, words_of(look.wrong)
