"""Every kind of page about values, for each of those who use it, with what goes wrong."""

from __future__ import annotations

import pytest

from neighbourhoods.models import ValueDecision
from neighbourhoods.states import ValueState
from tests.browser.accessible import words_of
from tests.browser.test_voting_accessibility import Look
from tests.plugins.browser import OpenPage, Site

pytestmark = [
    pytest.mark.once,
    # Wagtail leaves the temporary file of a scaled picture to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

RESIDENT, CHAIR, OFFICIAL = "fatma@example.org", "mohamed@sluiskade.example", "karin@havermeer.example"
PLACE, ROOM = "/nl/havermeer/sluiskade/", "/nl/vote/board/sluiskade/values/"


def one_in(state: str) -> str:
    """The address of a decision in Sluiskade that is so far."""
    found = ValueDecision.objects.filter(neighbourhood__slug="sluiskade", state=state).order_by("pk")[0]
    return f"/nl/vote/values/{found.ref}/"


def states_seen() -> list[str]:
    """How far the decisions of Sluiskade are, but for drafts."""
    here = ValueDecision.objects.filter(neighbourhood__slug="sluiskade").exclude(state=ValueState.DRAFT)
    return sorted(set(here.values_list("state", flat=True)))


def look_as_a_resident(look: Look) -> None:
    look.be(RESIDENT, PLACE + "prijslijst/", below=("/nl/vote/prices/",))
    propose = "/nl/vote/values/propose/sluiskade/"
    look.at(PLACE + "prijslijst/?q=bestaat+niet", propose)
    look.wrongly(propose)
    look.at(*map(one_in, states_seen()))
    look.page.goto(look.site + one_in(ValueState.CONSULTATION))
    look.send("a reaction without words", "main form[action*=react] button")
    look.there(".errors")


def look_as_a_board(look: Look) -> None:
    look.be(CHAIR, ROOM, below=(ROOM,))
    found = ValueDecision.objects.filter(neighbourhood__slug="sluiskade", state=ValueState.AWAITING_BOARD)[0]
    confirm = f"{ROOM}{found.ref}/confirm/"
    look.wrongly(confirm, amount="900,00")


def look_as_a_municipality(look: Look) -> None:
    look.be(OFFICIAL, "/nl/vote/guidelines/", below=("/nl/vote/guidelines/",))


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_every_kind_of_page_about_values_is_accessible(
    demo_site: Site, open_page: OpenPage, width: int, scheme: str
) -> None:
    # Tall enough that the bar at the bottom covers nothing: axe takes what lies beneath it for too small.
    look = Look(demo_site, open_page(width=width, height=20_000, color_scheme=scheme))

    look_as_a_resident(look)
    look_as_a_board(look)
    look_as_a_municipality(look)

    assert look.wrong == {}, words_of(look.wrong)
