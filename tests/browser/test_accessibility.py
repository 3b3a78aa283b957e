"""Every kind of page, small and wide, by day and by night: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

import pytest

from tests.browser.accessible import complaints
from tests.browser.people import sign_in
from tests.plugins.browser import OpenPage, Site

pytestmark = pytest.mark.once

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
RESIDENT = [
    "/nl/account/",
    "/nl/account/details/",
    "/nl/account/organisations/",
    "/nl/account/privacy/",
    "/nl/account/privacy/erase/",
    "/nl/account/residency/",
    "/nl/account/email/",
    "/nl/account/2fa/",
    "/nl/account/sessions/",
    "/nl/account/logout/",
]
CLERK = ["/nl/desk/", "/nl/desk/residencies/", "/nl/desk/persons/?q=a"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible(
    demo_site: Site, open_page: OpenPage, width: int, scheme: str
) -> None:
    # Tall enough that the bar at the bottom covers nothing: axe takes what lies beneath it for too small.
    page = open_page(width=width, height=9000, color_scheme=scheme)
    wrong: dict[str, list[str]] = {}

    def look(addresses: list[str]) -> None:
        for address in addresses:
            page.goto(demo_site + address)
            if said := complaints(page):
                wrong[address] = said

    look(ANYBODY)
    page.goto(demo_site + PLACE)
    look([page.locator(".section .row__title a, .news h3 a").first.get_attribute("href") or "/"])
    sign_in(page, demo_site, "samira@example.org")
    look(RESIDENT)
    page.context.clear_cookies()
    sign_in(page, demo_site, "els@havermeer.example")
    look(CLERK)

    assert wrong == {}, "\n".join(f"{address}: {words}" for address, said in wrong.items() for words in said)
