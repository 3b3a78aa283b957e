"""What pages of the tree show of taking part: the page about it, the face of an activity, the front of a place."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.faces import face_of
from core import clock
from marketplace.models import ActivitiesPage, ActivityPage
from marketplace.queries.activity_list import ActivityListing, this_week
from marketplace.queries.activity_page import activity_shown
from marketplace.queries.activity_search import ActivitySearch, When
from marketplace.views.activities.rows import own_states, shift_rows
from marketplace.views.activities.shown import Shown
from neighbourhoods.models import Neighbourhood, NeighbourhoodPage
from neighbourhoods.views.decisions import neighbourhood_above

ON_THE_FRONT = 4
ON_THE_PAGE = 6


@face_of(ActivityPage)
def activity_face(page: ActivityPage, request: HttpRequest) -> dict[str, Any]:
    """The whole of the activity. An editor who looks at a draft in the admin sees it as it will be."""
    activity = activity_shown(page.activity.ref)
    if activity is None:
        raise Http404
    shown = Shown(request, activity, page)
    if not shown.may_see and not shown.is_preview:
        raise Http404
    return shown.context()


@face_of(ActivitiesPage)
def activities_face(page: ActivitiesPage, request: HttpRequest) -> dict[str, Any]:
    place = neighbourhood_above(page)
    return {
        **to_do(request, place, ON_THE_PAGE),
        "activity_new_url": reverse("activity_new", args=[place.slug]),
        "take_part_url": reverse("admission_request", args=[place.slug]),
    }


@face_of(NeighbourhoodPage)
def activities_on_front(page: NeighbourhoodPage, request: HttpRequest) -> dict[str, Any]:
    """What begins first, and a lit window for each shift of the coming seven days. Two queries, however many there
    are."""
    place = page.neighbourhood
    number = this_week(place, clock.now()).count()
    return {
        **to_do(request, place, ON_THE_FRONT),
        "lit": number,
        "lit_label": street_words(number),
        "shifts_this_week": number,
    }


def to_do(request: HttpRequest, place: Neighbourhood, number: int) -> dict[str, Any]:
    """The first shifts of the coming seven days, and where all of them are. One query, and one more
    for who is signed in."""
    listing = ActivityListing(ActivitySearch(place=place, when=When.WEEK), clock.now())
    shifts = listing.shifts(number=number)
    return {
        "activity_rows": shift_rows(shifts, at=place, own=own_states(request, shifts)),
        "activities_url": reverse("activities_in", args=[place.slug]),
    }


def street_words(number: int) -> str:
    """What the drawn street says to who cannot see it."""
    if not number:
        return _("A drawn street. No light is on: nothing is planned for the coming seven days.")
    return ngettext(
        "A drawn street. A light is on in %(number)s window: one for each shift of the coming seven days.",
        "A drawn street. Lights are on in %(number)s windows: one for each shift of the coming seven days.",
        number,
    ) % {"number": number}
