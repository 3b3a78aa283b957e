"""The polling office: which ones somebody works at, and what waits there."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from core import clock
from neighbourhoods.queries.polling import (
    Matter,
    elections_by_need,
    offices_of,
    open_matters,
    panels_of,
    rules_set_by,
)
from neighbourhoods.views.polling.base import PollingOffice, at_polling_office
from people.acting import person_behind

ROOMS = {
    "objections": "polling_objections", "unanswered": "polling_candidates", "freeze": "polling_election",
    "paper": "polling_paper", "draft": "polling_election", "seats": "polling_seats",
}  # fmt: skip


@login_required
@never_cache
def offices(request: HttpRequest) -> HttpResponse:
    """Where somebody runs elections, rules on appeals or sets the rules; straight on when it is one office."""
    person, today = person_behind(request), clock.today()
    found, panels, places = offices_of(person, today), panels_of(person, today), rules_set_by(person, today)
    if len(found) == 1 and not panels and not places:
        return redirect("polling_office", slug=found[0].slug)
    context = {"offices": found, "panels": panels, "places": places}
    return render(request, "neighbourhoods/polling/polling.html", context)


@at_polling_office
def office(request: HttpRequest, office: PollingOffice) -> HttpResponse:
    """What has to be done now, what holds up an election first."""
    matters = [
        {"title": title_of(matter), "about": matter.about, "url": url_of(matter, office)}
        for matter in open_matters(office.neighbourhood, clock.now())
    ]
    return office.show("office", [], matters=matters, number=len(matters))


@at_polling_office
def elections(request: HttpRequest, office: PollingOffice) -> HttpResponse:
    """Every election of the neighbourhood, those that are going on first."""
    return office.show("elections", office.crumbs(), elections=elections_by_need(office.neighbourhood))


def title_of(matter: Matter) -> str:
    """What waits, in words with its number."""
    number = matter.number
    words = {
        "objections": lambda: ngettext(
            "%(number)s objection to the roll to answer", "%(number)s objections to the roll to answer", number
        ),
        "unanswered": lambda: ngettext(
            "%(number)s person has not said yet whether they stand",
            "%(number)s people have not said yet whether they stand", number,
        ),
        "freeze": lambda: _("Fix the candidates and the roll"),
        "paper": lambda: ngettext(
            "%(number)s paper ballot to enter", "%(number)s paper ballots to enter", number
        ),
        "draft": lambda: _("Finish the draft and announce it"),
        "seats": lambda: ngettext(
            "%(number)s chair of the board is empty", "%(number)s chairs of the board are empty", number
        ),
    }  # fmt: skip
    return str(words[matter.code]()) % {"number": number}


def url_of(matter: Matter, office: PollingOffice) -> str:
    """Where it is dealt with."""
    name = ROOMS[matter.code]
    return office.url(name, matter.election.ref) if matter.election else office.url(name)
