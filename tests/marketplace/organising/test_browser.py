"""The organiser's desk and the board's hours in a real browser: without scripts, and clean for who cannot see them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from core import clock as site_clock
from marketplace.models import Participation, Shift
from marketplace.operations.hours import contest
from people.models import User
from tests.browser.accessible import note, words_of
from tests.factories.activities import Season, activity, season, shift, takes_part
from tests.factories.people import actor
from tests.plugins.browser import OpenPage, Site

pytestmark = pytest.mark.once

HOUR = timedelta(hours=1)
DESK = (
    "organiser_desk", "organiser_months", "organiser_pots", "organiser_volunteers", "conduct_certificates",
)  # fmt: skip


@pytest.fixture(autouse=True)
def clock() -> None:
    """A browser has the clock of its machine, and no other."""


@pytest.fixture(autouse=True)
def _one_step(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False


class Desk:
    """A club with a shift that is over, one that goes on, one that comes, and a disagreement."""

    def __init__(self) -> None:
        self.there: Season = season()
        self.now: datetime = site_clock.now().replace(second=0, microsecond=0)
        coffee = activity(self.there, asks_conduct_certificate=False)
        ann, ben = self.there.ann.person, self.there.ben.person
        self.over: Shift = shift(coffee, self.now - 5 * HOUR, places=6)
        takes_part(self.over, ann, "CLAIMED")
        takes_part(self.over, ben, "CHECKED_IN")
        takes_part(self.over, self.there.olaf.person, "CLAIMED")
        self.busy: Shift = shift(coffee, self.now - HOUR)
        takes_part(self.busy, ann, "CHECKED_IN")
        takes_part(self.busy, ben)
        self.comes: Shift = shift(coffee, self.now + 40 * HOUR, places=1, host="Corrie")
        takes_part(self.comes, ann)
        takes_part(self.comes, ben, "WAITING")
        self.disputed: Participation = takes_part(shift(coffee, self.now - 50 * HOUR), ann, "CLAIMED")
        contest(
            participation=self.disputed, minutes=60, reason="Ging om drie uur weg.", actor=actor(self.there.olaf),
            at=self.now,
        )  # fmt: skip
        late = shift(coffee, self.now - 300 * HOUR, escalated_at=self.now - 48 * HOUR)
        takes_part(late, ben, "CLAIMED")
        self.late = late

    def pages(self) -> dict[str, tuple[User, str]]:
        """Everything that an organiser and a board can open, by name."""
        olaf, bea, slug = self.there.olaf, self.there.bea, self.there.neighbourhood.slug
        club = self.there.club.uuid
        found = {
            name: (olaf, reverse(name, args=[club]))
            for name in DESK
        }  # fmt: skip
        found |= {
            f"over {name}": (olaf, reverse(name, args=[self.over.ref]))
            for name in ("shift_people", "shift_add")
        }
        found |= {
            f"busy {name}": (olaf, reverse(name, args=[self.busy.ref]))
            for name in ("shift_people", "shift_door", "shift_paper", "shift_message", "shift_door_new")
        }
        found |= {
            "organise": (olaf, reverse("organise")),
            "comes": (olaf, reverse("shift_people", args=[self.comes.ref])),
            "hours": (olaf, reverse("organiser_hours", args=[self.disputed.ref])),
            "board_hours": (bea, reverse("board_hours", args=[slug])),
            "board_shift": (bea, reverse("board_shift", args=[slug, self.late.ref])),
            "board_rule": (bea, reverse("board_rule", args=[slug, self.disputed.ref])),
        }
        return found


def signed_in(page: Page, site: Site, login: User) -> Page:
    client = Client()
    client.force_login(login)
    name = site_settings.SESSION_COOKIE_NAME
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(site)}])
    return page


@pytest.mark.parametrize(
    "how",
    [{"width": 320}, {"width": 1280}, {"width": 390, "color_scheme": "dark"}],
    ids=["phone", "wide", "dark"],
)
def test_every_page_is_clean_for_who_cannot_see_it(
    live_site: Site, open_page: OpenPage, how: dict[str, Any]
) -> None:
    desk = Desk()
    wrong: dict[str, list[str]] = {}
    page = open_page(**how)

    for name, (login, url) in desk.pages().items():
        signed_in(page, live_site, login).goto(live_site + url)
        note(page, name, wrong)

    assert words_of(wrong) == ""


def test_a_shift_is_confirmed_on_a_phone_without_scripts(live_site: Site, open_page: OpenPage) -> None:
    desk = Desk()
    page = signed_in(open_page(width=360, java_script_enabled=False), live_site, desk.there.olaf)
    page.goto(live_site + reverse("shift_people", args=[desk.over.ref]))

    page.get_by_role("checkbox", name=desk.there.ben.person.display_name).uncheck()
    page.get_by_role("button", name="Betaal 36,00").or_(page.get_by_role("button", name="Pay 36")).click()
    page.locator("form .btn--main").click()

    expect(page.locator(".notice--good")).to_be_visible()
    states = Participation.objects.filter(shift=desk.over).order_by("person").values_list("state", flat=True)
    assert sorted(states) == ["CLAIMED", "NO_SHOW", "PAID"]
