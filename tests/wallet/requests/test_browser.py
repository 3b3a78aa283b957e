"""Two browsers, payer and payee, and a line that drops between confirming and answering."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.accessible import complaints
from tests.factories.wallet import Place, fund, place
from tests.plugins.browser import OpenPage, Site
from tests.wallet.pay.scene import payments, signed_in

if TYPE_CHECKING:
    from people.models import User

pytestmark = pytest.mark.once


@pytest.fixture
def there(live_site: Site) -> Place:
    made = place()
    fund(made, made.ann, 10_00)
    return made


def browser_of(login: User, site: Site, open_page: OpenPage) -> Page:
    """A phone on which somebody is signed in."""
    page = open_page(locale="en-GB")
    page.context.add_cookies(
        [{"name": "sessionid", "value": signed_in(login).cookies["sessionid"].value, "url": site.url}]
    )
    return page


def drop_the_answer(route: Route) -> None:
    """The server gets the form and does its work; what it answers never comes."""
    route.fetch(max_redirects=0)
    route.abort("connectionfailed")


def test_the_line_drops_after_paying_and_sending_again_shows_the_receipt(
    live_site: Site, there: Place, open_page: OpenPage
) -> None:
    payee = browser_of(there.sjoerd, live_site, open_page)
    payee.goto(live_site + f"/en/wallet/{there.shop.address}/receive/?amount=4.00&text=Soup")
    expect(payee.locator("svg.qr")).to_be_visible()
    link = payee.locator(".receive__link").inner_text()

    payer = browser_of(there.ann_login, live_site, open_page)
    payer.goto(link)
    expect(payer.get_by_role("heading", name="Is this right?")).to_be_visible()
    expect(payer.get_by_role("button", name="Pay 4.00")).to_be_in_viewport()
    confirming = payer.url.partition("?")[0]
    payer.route(confirming, drop_the_answer)
    with pytest.raises(Error), payer.expect_navigation():
        payer.get_by_role("button", name="Pay 4.00").click()
    payer.unroute(confirming)
    assert payments(there) == [(there.ann.pk, there.shop.pk, 4_00)]

    payer.reload()

    expect(payer.get_by_role("heading", name="Paid")).to_be_visible()
    expect(payer.locator(".facts")).to_contain_text("6.00")
    assert payments(there) == [(there.ann.pk, there.shop.pk, 4_00)]
    number = payer.locator(".facts code").inner_text()
    payee.goto(live_site + f"/en/wallet/{there.shop.address}/receipt/{number}/")
    expect(payee.get_by_role("heading", name="Received")).to_be_visible()

    payer.goto(link)
    expect(payer.get_by_text("You paid this just now")).to_be_visible()


def test_who_has_only_a_keyboard_asks_and_pays(live_site: Site, there: Place, open_page: OpenPage) -> None:
    payee = browser_of(there.sjoerd, live_site, open_page)
    payee.goto(live_site + f"/en/wallet/{there.shop.address}/requests/ask/")
    payee.get_by_label("Address").focus()
    payee.keyboard.type(there.ann.address.lower())
    payee.keyboard.press("Enter")
    payee.get_by_label("How much?").focus()
    payee.keyboard.type("4")
    payee.keyboard.press("Enter")
    expect(payee.get_by_text("You asked Ann V. for 4.00.")).to_be_visible()

    payer = browser_of(there.ann_login, live_site, open_page)
    payer.goto(live_site + f"/en/wallet/{there.ann.address}/requests/")
    payer.get_by_role("link", name="Look and pay").focus()
    payer.keyboard.press("Enter")
    button = payer.get_by_role("button", name="Pay 4.00")
    expect(button).to_be_visible()
    for _stop in range(30):
        if button.evaluate("one => one === document.activeElement"):
            break
        payer.keyboard.press("Tab")
    payer.keyboard.press("Enter")

    expect(payer.get_by_role("heading", name="Paid")).to_be_visible()
    assert payments(there) == [(there.ann.pk, there.shop.pk, 4_00)]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_every_page_of_paying_is_accessible(
    live_site: Site, there: Place, open_page: OpenPage, color_scheme: str
) -> None:
    page = open_page(locale="en-GB", color_scheme=color_scheme)
    cookie = signed_in(there.ann_login).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_site.url}])
    ann, shop = there.ann.address, there.shop.address
    for path in (
        f"/en/pay/{ann}/",
        f"/en/pay/{ann}/?to=x",
        f"/en/pay/to/{shop}/",
        f"/en/pay/to/{shop}/?a=1250",
        f"/en/pay/to/{there.cas.address}/",
        f"/en/wallet/{ann}/receive/?amount=4.00&text=Soup",
        f"/en/wallet/{ann}/requests/",
        f"/en/wallet/{ann}/requests/ask/?to={shop}",
    ):
        page.goto(live_site + path)
        assert complaints(page) == [], path
    page.goto(live_site + f"/en/pay/to/{shop}/?a=400")
    assert complaints(page) == []
    page.get_by_role("button", name="Pay 4.00").click()
    expect(page.get_by_role("heading", name="Paid")).to_be_visible()
    assert complaints(page) == []
