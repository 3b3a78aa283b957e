"""What this app adds to somebody's account page: where they live, and the doors that their offices open."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from neighbourhoods.queries.desk import municipalities_served_by
from neighbourhoods.queries.elections import open_for
from neighbourhoods.queries.places import page_of
from neighbourhoods.queries.residency import request_of, residency_of
from neighbourhoods.queries.seats import seats_of
from neighbourhoods.views.open_now import ask_of
from people.acting import person_behind
from people.entries import Entry, on_account_page


@on_account_page
def home_entry(request: HttpRequest) -> Entry:
    """Where the person lives, or what to do about it."""
    person = person_behind(request)
    url = reverse("residency")
    title = _("Where I live")
    if residency := residency_of(person):
        text = _("You are enrolled in %(place)s.") % {"place": residency.neighbourhood.name}
        return Entry(title=title, text=text, url=url, action=_("See your enrolment"))
    if asked := request_of(person):
        text = _("You asked to be enrolled in %(place)s.") % {"place": asked.neighbourhood.name}
        return Entry(title=title, text=text, url=url, action=_("See how far it is"))
    text = _("You are not enrolled in a neighbourhood yet.")
    return Entry(title=title, text=text, url=url, action=_("Enrol in your neighbourhood"))


@on_account_page
def votes_entry(request: HttpRequest) -> Entry | None:
    """What the person can decide about now, what ends first in front."""
    mine = open_for(person_behind(request), clock.now())
    if not mine:
        return None
    ask = ask_of(mine[0])
    text = " ".join([ask.question, *(f"{label}: {value}." for label, value in ask.facts)])
    if len(mine) == 1:
        return Entry(title=_("Decide along"), text=text, url=ask.url, action=ask.action)
    return Entry(title=_("Decide along"), text=text, url=reverse("votes"), action=_("See all that is open"))


@on_account_page
def board_entry(request: HttpRequest) -> Entry | None:
    """The way to the pages, for who sits on a board today."""
    seats = seats_of(person_behind(request)).in_force(clock.today()).select_related("neighbourhood")
    places = [seat.neighbourhood.name for seat in seats]
    if not places:
        return None
    front = page_of(seats[0].neighbourhood, settings.LANGUAGE_CODE)
    url = reverse("wagtailadmin_explore", args=[front.pk]) if front else reverse("wagtailadmin_home")
    text = _("You are on the board of %(places)s. You write its pages.") % {"places": ", ".join(places)}
    return Entry(title=_("The board"), text=text, url=url, action=_("Go to the pages"))


@on_account_page
def desk_entry(request: HttpRequest) -> Entry | None:
    """The way to the desk, for a clerk."""
    names = [party.display_name for party in municipalities_served_by(person_behind(request), clock.today())]
    if not names:
        return None
    text = _("You serve the residents of %(places)s.") % {"places": ", ".join(names)}
    return Entry(title=_("The desk"), text=text, url=reverse("desk"), action=_("Go to the desk"))
