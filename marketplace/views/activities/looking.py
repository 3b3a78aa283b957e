"""The list of activities: one of a neighbourhood, and one of all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import clock
from marketplace.queries.activities import coming
from neighbourhoods.models import Neighbourhood
from neighbourhoods.shown import show_place


@require_safe
def activities(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What can be done in the days to come."""
    place = get_object_or_404(Neighbourhood.objects.select_related("coin"), slug=slug) if slug else None
    shifts = coming(clock.now())
    if place:
        show_place(request, place)
        shifts = shifts.filter(activity__neighbourhood=place)
    return render(request, "marketplace/activities/activities.html", {"neighbourhood": place, "shifts": shifts[:20]})
