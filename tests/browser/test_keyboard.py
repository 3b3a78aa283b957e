"""A whole payment with the keyboard alone: whoever cannot use a mouse sees at every step where they are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import sign_in
from tests.plugins.browser import OpenPage, Site

pytestmark = pytest.mark.once

PAYER = "hassan@dewiek.example"
MOST_TABS = 60

# What is wrong with where the keyboard is: empty when it can be seen, marked and whole, above the bar at the bottom.
LOST = """() => {
  const here = document.activeElement, bar = document.querySelector('.tabbar');
  if (!here || here === document.body) return 'nowhere';
  const box = here.getBoundingClientRect(), words = (here.textContent || here.name).trim().slice(0, 40);
  const covers = bar && !bar.contains(here) && getComputedStyle(bar).display !== 'none';
  const end = covers ? bar.getBoundingClientRect().top : window.innerHeight;
  // A large field need not fit: a browser shows the line where one types.
  const bottom = here.tagName === 'TEXTAREA' ? box.top + 48 : box.bottom;
  if (box.top < -0.5 || bottom > end + 0.5) return `${words}: out of sight`;
  const marks = [here, here.closest('label'), here.closest('.row')].filter(Boolean).map(e => getComputedStyle(e));
  const marked = marks.some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2);
  return marked ? '' : `${words}: not marked`;
}"""


class Keyboard:
    """Somebody who has a keyboard alone."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lost: list[str] = []

    def to(self, place: Locator) -> None:
        """Tab until this has the focus."""
        for _ in range(MOST_TABS):
            if place.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            if said := self.page.evaluate(LOST):
                self.lost.append(f"{self.page.url} {said}")
        pytest.fail(f"{place} cannot be reached with Tab.")

    def enter(self, place: Locator) -> None:
        self.to(place)
        self.page.keyboard.press("Enter")

    def type(self, place: Locator, words: str) -> None:
        self.to(place)
        self.page.keyboard.type(words)


def test_a_payment_is_made_with_the_keyboard_alone(demo_site: Site, open_page: OpenPage) -> None:
    page = open_page(width=390, height=844)
    sign_in(page, demo_site, PAYER)
    keyboard = Keyboard(page)
    page.goto(demo_site + "/nl/pay/")

    keyboard.enter(page.locator("main").get_by_role("link", name="Hassan El Amrani"))
    expect(page.locator("h1")).to_have_text("Wie wil je betalen?")
    keyboard.enter(page.locator(".payees a").first)
    expect(page.locator("h1")).to_have_text("Hoeveel wil je betalen?")
    keyboard.type(page.get_by_label("Hoeveel?"), "4,25")
    keyboard.type(page.get_by_label("Waarvoor?"), "Appeltaart")
    keyboard.enter(page.get_by_role("button", name="Kijk het na"))
    keyboard.enter(page.get_by_role("button", name="Betaal 4,25"))

    expect(page.locator("h1")).to_contain_text("Betaald")
    expect(page.locator(".receipt__block")).to_contain_text("4,25")
    keyboard.to(page.get_by_role("link", name="Naar je portemonnee"))
    assert keyboard.lost == []
