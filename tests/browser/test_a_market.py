"""A shop puts something on the market, the board lets it, a resident orders it, gets it and pays: in Dutch, on a phone,
without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ledger.queries import balance_of
from marketplace.models import Offer, Order
from marketplace.queries.accounts import account_for
from marketplace.states import OfferState, OrderState
from people.models import Party
from tests.browser.people import sign_in, sign_out
from tests.plugins.browser import OpenPage, Site

pytestmark = [
    pytest.mark.once,
    # Wagtail leaves the temporary file of a scaled picture to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

SHOP, CHAIR, BUYER = "gerrit@vandam.example", "tineke@molenwijk.example", "samira@example.org"
PHONE = {"width": 360, "height": 780, "java_script_enabled": False}
TITLE, PRICE = "Ketting smeren en spannen", 3_50


def the_offer() -> Offer:
    return Offer.objects.select_related("neighbourhood__coin", "provider").order_by("-pk")[0]


def the_order() -> Order:
    return Order.objects.select_related("buyer", "seller").order_by("-pk")[0]


def has(party: Party) -> tuple[int, int]:
    account = account_for(party, the_offer().neighbourhood.coin)
    assert account is not None
    found = balance_of(account)
    return found.balance, found.reserved


def test_what_a_shop_offers_is_ordered_and_paid_on_a_phone_without_javascript(
    demo_site: Site, open_page: OpenPage
) -> None:
    page = open_page(**PHONE)
    sign_in(page, demo_site, SHOP)
    gerrit_offers(page, demo_site)
    sign_out(page, demo_site)
    sign_in(page, demo_site, CHAIR)
    tineke_lets_it_on_the_market(page, demo_site)
    sign_out(page, demo_site)
    sign_in(page, demo_site, BUYER)
    before = has(buyer := Party.objects.get(login__email=BUYER))
    samira_finds_and_orders_it(page, demo_site)
    assert has(buyer) == (before[0], before[1] + PRICE)
    sign_out(page, demo_site)
    sign_in(page, demo_site, SHOP)
    seller = has(the_order().seller)
    gerrit_delivers(page, demo_site)
    assert has(the_order().seller) == seller  # not before she says so
    sign_out(page, demo_site)
    sign_in(page, demo_site, BUYER)
    samira_confirms(page, demo_site)

    assert (the_order().state, the_order().paid) == (OrderState.CONFIRMED, PRICE)
    assert has(buyer) == (before[0] - PRICE, before[1])
    assert has(the_order().seller) == (seller[0] + PRICE, seller[1])


def gerrit_offers(page: Page, site: Site) -> None:
    """From the market to the form, with one slip on the way."""
    page.goto(site + "/nl/market/offers/new/molenwijk/?direction=SUPPLY")
    page.locator("input[name=title]").fill(TITLE)
    page.locator("textarea[name=summary]").fill("Terwijl je wacht.")
    page.locator("select[name=kind]").select_option("SERVICE")
    page.locator("select[name=category]").select_option("fietsen")
    page.get_by_role("button", name="Plaats mijn aanbod").click()
    expect(page.locator(".errors")).to_be_visible()  # no price yet, and not said in whose name
    page.get_by_label("Fietsenmaker Van Dam").check()
    page.locator("input[name=amount]").fill("3,50")
    page.get_by_role("button", name="Plaats mijn aanbod").click()
    expect(page.locator("main")).to_contain_text(TITLE)
    assert (the_offer().state, the_offer().price) == (OfferState.SUBMITTED, PRICE)


def tineke_lets_it_on_the_market(page: Page, site: Site) -> None:
    page.goto(site + "/nl/market/board/molenwijk/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Zet het op de markt").click()
    assert the_offer().state == OfferState.PUBLISHED


def samira_finds_and_orders_it(page: Page, site: Site) -> None:
    page.goto(site + "/nl/market/in/molenwijk/")
    page.locator("input[name=q]").first.fill("ketting")
    page.get_by_role("button", name="Zoek").first.click()
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".panel")).to_contain_text("3,50")
    page.get_by_role("link", name="Bestel voor 3,50").click()
    page.get_by_role("button", name="Bestel voor 3,50").click()
    expect(page.locator("h1")).to_contain_text(TITLE)
    assert the_order().state == OrderState.PLACED


def gerrit_delivers(page: Page, site: Site) -> None:
    page.goto(site + f"/nl/market/orders/{the_order().ref}/")
    page.get_by_role("button", name="Neem deze bestelling aan").click()
    page.get_by_role("link", name="Het is geleverd").or_(
        page.get_by_role("button", name="Het is geleverd")
    ).first.click()
    if the_order().state == OrderState.ACCEPTED:  # asked once more
        page.get_by_role("button", name="Het is geleverd").click()
    assert the_order().state == OrderState.DELIVERED


def samira_confirms(page: Page, site: Site) -> None:
    page.goto(site + "/nl/market/orders/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Alles klopt: betaal 3,50").click()
    expect(page.locator("main")).to_contain_text("3,50")
