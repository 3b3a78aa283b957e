"""The ballot in a real browser: by tap and by keyboard with the script, and with the keyboard alone without it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from core import clock
from neighbourhoods.counting import Method
from neighbourhoods.models import BallotBox
from neighbourhoods.states import ElectionState, NominationState
from people.models import User
from tests.browser.accessible import complaints
from tests.factories import democracy
from tests.factories.people import person
from tests.factories.residency import municipality, place
from tests.neighbourhoods.vote_pages.scene import choices_in, signed_in, url
from tests.plugins.browser import OpenPage, Site

pytestmark = pytest.mark.once

NAMES = ("Dirk", "Esra", "Femke", "Gijs")


@pytest.fixture
def ann(live_site: Site) -> User:
    return person("Ann")


@pytest.fixture
def box(live_site: Site, ann: User) -> BallotBox:
    """Four candidates for three seats; voting goes on by the clock of this machine, as the browser has no other."""
    molenwijk, now = place("Molenwijk", of=municipality("Dijkstad")), clock.now()
    moments = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    rules = democracy.policy(molenwijk)
    keys = [str(number) for number in range(1, len(NAMES) + 1)]
    urn = democracy.box(
        molenwijk, [ann], method=Method.STV, options=keys, of=rules, seats=3, opens_at=moments["opens_at"],
        closes_at=moments["closes_at"],
    )  # fmt: skip
    election = democracy.election(
        molenwijk, state=ElectionState.VOTING, policy=rules, box=urn, roll=urn.roll,
        nominations_from=now - timedelta(days=30), nominations_until=now - timedelta(days=10),
        freezes_at=now - timedelta(days=2), **moments,
    )  # fmt: skip
    for number, name in enumerate(NAMES, start=1):
        democracy.nomination(election, person(name), state=NominationState.ON_BALLOT, number=number)
    return urn


def open_ballot(site: Site, open_page: OpenPage, login: User, box: BallotBox, *, script: bool = True) -> Page:
    page = open_page(width=360, height=740, java_script_enabled=script)
    cookie = signed_in(login).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site.url}])
    page.goto(site + url(box))
    return page


def numbers(page: Page) -> dict[str, str]:
    """What stands in the field beside each name."""
    return {
        name: page.get_by_label(f"Number for {name} de Vries").input_value()
        for name in NAMES
        if page.get_by_label(f"Number for {name} de Vries").input_value()
    }


def button(page: Page, deed: str, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(rf"^{deed}\s*: {name}"))


def test_names_are_chosen_by_tap_and_put_in_order_by_up_and_down(
    live_site: Site, open_page: OpenPage, ann: User, box: BallotBox
) -> None:
    page = open_ballot(live_site, open_page, ann, box)
    said = page.locator("[data-rank-say]")

    for name in ("Femke", "Dirk", "Gijs"):
        button(page, "Choose", name).click()
    assert numbers(page) == {"Femke": "1", "Dirk": "2", "Gijs": "3"}
    expect(said).to_have_text("Gijs de Vries is now number 3.")
    assert complaints(page) == []

    up = button(page, "Up", "Gijs")
    up.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert numbers(page) == {"Gijs": "1", "Femke": "2", "Dirk": "3"}
    expect(said).to_have_text("Gijs de Vries is now number 1.")
    expect(up).to_be_focused()  # though the name moved
    page.keyboard.press("Enter")  # at the top already
    assert numbers(page) == {"Gijs": "1", "Femke": "2", "Dirk": "3"}

    button(page, "Take away", "Femke").click()
    assert numbers(page) == {"Gijs": "1", "Dirk": "2"}
    expect(said).to_have_text("Femke de Vries has no number any more.")

    page.get_by_label("Number for Esra").fill("3")
    expect(page.locator("[data-rank-chosen] .ranking__name")).to_have_text(
        ["Gijs de Vries", "Dirk de Vries", "Esra de Vries"]
    )
    page.get_by_role("button", name="Look at my vote").click()
    page.get_by_role("button", name="Cast my vote").click()

    expect(page.locator("h1")).to_contain_text("You have voted")
    assert choices_in(box) == [["4", "1", "2"]]


def test_pressing_twice_sends_the_vote_once_and_shows_the_code(
    live_site: Site, open_page: OpenPage, ann: User, box: BallotBox
) -> None:
    page = open_ballot(live_site, open_page, ann, box)
    page.get_by_label("Number for Esra").fill("1")
    page.get_by_role("button", name="Look at my vote").click()
    page.get_by_label("Give me a receipt code").check()

    page.get_by_role("button", name="Cast my vote").dblclick(no_wait_after=True)

    expect(page.locator(".code-box")).to_be_visible()
    assert choices_in(box) == [["2"]]


def test_without_the_script_the_numbers_are_typed_and_the_keyboard_is_enough(
    live_site: Site, open_page: OpenPage, ann: User, box: BallotBox
) -> None:
    page = open_ballot(live_site, open_page, ann, box, script=False)
    expect(page.locator("[data-rank-choose]").first).to_be_hidden()

    page.get_by_label("Number for Esra").focus()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Is this your vote?")
    page.get_by_role("button", name="Cast my vote").focus()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text("You have voted")
    assert choices_in(box) == [["2"]]
