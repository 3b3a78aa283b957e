"""Every kind of page, small and wide, by day and by night: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.accessible import note, words_of
from tests.browser.people import sign_in, walk_from
from tests.plugins.browser import OpenPage, Site

pytestmark = [
    pytest.mark.once,
    # Wagtail leaves the temporary file of a scaled picture to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

PLACE = "/nl/havermeer/molenwijk/"
YELLOW = "/nl/havermeer/zonneveld/"

# Every page type, the pages of an account, and the desk; each once.
ANYBODY = [
    "/nl/",
    "/en/",
    "/nl/havermeer/",
    PLACE,
    YELLOW,
    "/en/havermeer/sluiskade/",
    PLACE + "nieuws/",
    PLACE + "over-de-munt/",
    "/nl/privacy/",
    "/nl/toegankelijkheid/",
    "/nl/search/?q=koffie",
    "/nl/search/?q=kangoeroe",
    "/nl/demo/",
    "/nl/account/login/",
    "/nl/account/login/code/",
    "/nl/account/signup/",
    "/nl/nergens/",
]
# Who sees which pages: from these, links lead to all others of theirs.
ACCOUNT, DESK = ("/nl/account/",), ("/nl/desk/",)
OWN = {
    "samira@example.org": (["/nl/account/", "/nl/account/privacy/erase/", "/nl/account/logout/"], ACCOUNT),
    "hassan@dewiek.example": (["/nl/account/organisations/"], ("/nl/account/organisations/",)),
    "noor@example.org": (
        ["/nl/account/residency/", "/nl/account/residency/code/"],
        ("/nl/account/residency/",),
    ),
    "tineke@molenwijk.example": (
        ["/nl/account/residency/"],
        ("/nl/account/residency/", "/nl/account/seats/"),
    ),
    "els@havermeer.example": (["/nl/desk/", "/nl/desk/residencies/", "/nl/desk/persons/?q=joop"], DESK),
}


def address_of_two(page: Page, site: Site) -> str:
    """The page on which a clerk says that the first two people found are one."""
    page.goto(site + "/nl/desk/persons/?q=veen")
    links = page.locator("main .row__title a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    other = links[1].rstrip("/").rpartition("/")[2]
    return f"{links[0]}same-as/{other}/"


def look_at_a_refused_form(page: Page, site: Site, wrong: dict[str, list[str]]) -> None:
    """A form without the cookie that belongs to it is refused."""
    page.goto(site + "/nl/account/login/")
    page.context.clear_cookies()
    page.locator("main form input[type=email]").first.fill("ann@example.org")
    page.locator("main form .btn--main").first.click()
    note(page, "a form that is refused", wrong)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible(
    demo_site: Site, open_page: OpenPage, width: int, scheme: str
) -> None:
    # Tall enough that the bar at the bottom covers nothing: axe takes what lies beneath it for too small.
    page = open_page(width=width, height=20_000, color_scheme=scheme)
    wrong: dict[str, list[str]] = {}

    def look(addresses: list[str]) -> None:
        for address in addresses:
            page.goto(demo_site + address)
            note(page, address, wrong)

    look(ANYBODY)
    page.goto(demo_site + PLACE)
    look([page.locator(".section .row__title a, .news h3 a").first.get_attribute("href") or "/"])
    look_at_a_refused_form(page, demo_site, wrong)
    for email, (starts, below) in OWN.items():
        page.context.clear_cookies()
        sign_in(page, demo_site, email)
        for address in walk_from(page, demo_site, *starts, below=below):
            note(page, address, wrong)
    look([address_of_two(page, demo_site)])

    assert wrong == {}, words_of(wrong)
