"""Every kind of page about activities, for each of those who use it, with what goes wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.door_links import link_on_screen
from marketplace.models import Activity, Participation, Shift
from marketplace.states import ActivityState
from tests.browser.accessible import words_of
from tests.browser.test_voting_accessibility import Look
from tests.plugins.browser import OpenPage, Site

pytestmark = [
    pytest.mark.once,
    # Wagtail leaves the temporary file of a scaled picture to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

RESIDENT, PARENT, NEAR = "samira@example.org", "ana@example.org", "joop@example.org"
ORGANISER, CHAIR, OFFICIAL = "corrie@dewiek.example", "mohamed@sluiskade.example", "karin@havermeer.example"
MARKET = "/nl/market/"
LIST, MINE, EARNING, WORK = (f"{MARKET}{room}/" for room in ("activities", "mine", "earning", "work"))


def parts_of(email: str) -> list[str]:
    """One participation of somebody in each state."""
    mine = Participation.objects.filter(person__login__email=email).order_by("pk")
    return [f"{MINE}{ref}/" for ref in dict(mine.values_list("state", "ref")).values()]


def look_as_a_visitor(look: Look) -> None:
    look.walk(f"{LIST}in/molenwijk/", f"{LIST}in/molenwijk/?q=bestaat+niet", LIST, below=(LIST,))


def look_as_a_resident(look: Look) -> None:
    look.be(RESIDENT, MINE, WORK, EARNING, *parts_of(RESIDENT), below=(MINE, WORK, EARNING))
    post = f"{MARKET}post/in/molenwijk/"
    look.at(post, f"{MINE}door/nonsense/")
    look.wrongly(post)
    soon = Shift.objects.filter(participations__person__login__email=RESIDENT, starts_at__gt=timezone.now())[
        0
    ]
    look.at(f"{MINE}door/{link_on_screen(soon, timezone.now())}/")


def look_as_others_who_take_part(look: Look) -> None:
    look.be(NEAR, EARNING, *parts_of(NEAR), below=(EARNING,))
    look.be(PARENT, f"{MINE}children/", *parts_of(PARENT), below=(f"{MINE}children/",))


def look_as_an_organiser(look: Look) -> None:
    desk = (f"{MARKET}organise/", f"{MARKET}post/")
    look.be(ORGANISER, desk[0], below=desk)
    past = Shift.objects.filter(activity__organiser__organisation_details__name__contains="De Wiek")
    over = past.filter(ends_at__lt=timezone.now() - timedelta(days=3)).order_by("-starts_at")[0]
    look.at(f"{desk[0]}shift/{over.ref}/", f"{desk[0]}shift/{over.ref}/paper/")
    opened = Activity.objects.filter(state=ActivityState.PUBLISHED, texts__title="Koffie schenken").get()
    look.at(f"{desk[1]}{opened.ref}/", f"{desk[1]}{opened.ref}/shifts/")


def look_as_a_board(look: Look) -> None:
    look.be(CHAIR, f"{MARKET}hours/sluiskade/", below=(f"{MARKET}hours/sluiskade/",))


def look_as_a_municipality(look: Look) -> None:
    look.be(OFFICIAL, EARNING, below=(EARNING,))


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_every_kind_of_page_about_activities_is_accessible(
    demo_site: Site, open_page: OpenPage, width: int, scheme: str
) -> None:
    # Tall enough that the bar at the bottom covers nothing: axe takes what lies beneath it for too small.
    look = Look(demo_site, open_page(width=width, height=20_000, color_scheme=scheme))

    look_as_a_visitor(look)
    look_as_a_resident(look)
    look_as_others_who_take_part(look)
    look_as_an_organiser(look)
    look_as_a_board(look)
    look_as_a_municipality(look)

    assert look.wrong == {}, words_of(look.wrong)
