"""What is open for me: votes, nominations, the roll, a call to support."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.elections import Deed, Open, open_for
from neighbourhoods.queries.residency import neighbourhood_of
from neighbourhoods.queries.titles import title_of
from neighbourhoods.queries.voting import decisions_page, voted_in
from neighbourhoods.views.open_now import url_of_ballot, words_of_proxy
from people.acting import person_behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing to do, as the timetable shows it."""

    title: str
    deed: str
    url: str
    until: datetime | None
    language: str


@login_required
@require_safe
@never_cache
def votes(request: HttpRequest) -> HttpResponse:
    """What I can do now, and what I have done already."""
    person, now = person_behind(request), clock.now()
    rows = [_row(one) for one in open_for(person, now)]
    home = neighbourhood_of(person)
    context = {
        "rows": rows,
        "voted": [(title_of(box), box) for box in voted_in(person, now)],
        "home": home,
        "decisions_url": _decisions_url(home, request) if home else "",
    }
    return render(request, "neighbourhoods/vote/votes.html", context)


# What stands for each deed but a vote by proxy, which names who gave it.
WORDS: dict[Deed, Callable[[], str]] = {
    Deed.VOTE: lambda: _("You can vote"),
    Deed.ACCEPT: lambda: _("You were put forward as a candidate. Do you accept?"),
    Deed.NOMINATE: lambda: _("Stand, or put somebody forward"),
    Deed.LOOK_AT_ROLL: lambda: _("You are not on the roll. Look whether that is right"),
    Deed.SUPPORT: lambda: _("Do you support this?"),
}


def _row(one: Open) -> Row:
    title, language = (
        (one.title, one.proposal.language) if one.proposal else (one.title, settings.LANGUAGE_CODE)
    )
    if one.box is not None:
        title, language = title_of(one.box)
    deed = words_of_proxy(one.proxy) if one.proxy else WORDS[one.deed]()
    return Row(title=title, deed=deed, url=_url(one), until=one.until, language=language)


def _url(one: Open) -> str:
    if one.box is not None:
        return url_of_ballot(one)
    if one.deed == Deed.LOOK_AT_ROLL and one.election:
        return reverse("election_roll", args=[one.election.ref])
    if one.election is not None:
        return reverse("election_nominations", args=[one.election.ref])
    return reverse("recall", args=[one.proposal.neighbourhood.slug]) if one.proposal else reverse("votes")


def _decisions_url(home: Neighbourhood, request: HttpRequest) -> str:
    page = decisions_page(home, get_language() or settings.LANGUAGE_CODE)
    return (page.get_url(request) if page else "") or ""
