"""The market in a real browser: quicker with scripts, whole without them, and clean for who cannot see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core import clock
from tests.browser.accessible import complaints
from tests.factories.market import Market, demand, market, supply
from tests.marketplace.browse.scene import draw
from tests.plugins.browser import OpenPage, Site

pytestmark = pytest.mark.once

HERE = "/nl/market/in/molenwijk/"


@pytest.fixture(autouse=True)
def _now() -> None:
    """A browser has the clock of its machine, and no other."""


@pytest.fixture
def there(live_site: Site) -> Market:
    made = market()
    draw(made.neighbourhood, "WK123401", 52.30)
    now = clock.now()
    long = {"until_on": now.date() + timedelta(days=90)}
    supply(made, "Band plakken", at=now, terms=long, latitude=52.30, longitude=4.90)
    demand(made, "Hond uitlaten", at=now, terms=long)
    return made


def titles(page: Page) -> list[str]:
    return page.locator("#market-found .row__title").all_inner_texts()


def test_a_search_replaces_the_list_and_goes_back(
    live_site: Site, there: Market, open_page: OpenPage
) -> None:
    page = open_page(width=1280)
    page.goto(live_site + HERE)
    page.evaluate("window.isTheSamePage = true")

    page.locator("#q").fill("band")
    page.locator("#q").press("Enter")
    expect(page.locator("#market-found .row__title")).to_have_count(1)

    assert page.evaluate("window.isTheSamePage")
    assert page.url == live_site + f"{HERE}?q=band"
    page.locator("#market-tabs a").nth(2).click()
    expect(page.locator("#market-found .row__title")).to_have_count(0)
    assert page.url == live_site + f"{HERE}?q=band&direction=demand"
    assert page.locator("#market-tabs [aria-current]").count() == 1
    page.go_back()
    expect(page.locator("#market-found .row__title")).to_have_count(1)
    assert page.locator("#q").input_value() == "band"


def test_without_scripts_everything_has_an_address(
    live_site: Site, there: Market, open_page: OpenPage
) -> None:
    page = open_page(width=360, java_script_enabled=False)
    page.goto(live_site + HERE)

    page.locator("#market-filters summary").click()
    page.locator("input[name=kind]").first.check()
    page.locator("#max").fill("5")
    page.locator(".filters__body button").click()

    assert titles(page) == ["Hond uitlaten"]
    page.locator(".market__chosen a").last.click()
    assert sorted(titles(page)) == ["Band plakken", "Hond uitlaten"]


@pytest.mark.parametrize(
    "address", [HERE, f"{HERE}?view=map", f"{HERE}?q=band&kind=service&foo=1&sort=x", "/nl/market/"]
)
@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_clean_for_who_cannot_see_it(
    live_site: Site, there: Market, open_page: OpenPage, address: str, width: int
) -> None:
    page = open_page(width=width)
    page.goto(live_site + address)

    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
