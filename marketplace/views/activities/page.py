"""One activity, for everybody."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.queries.activities import activity_at, text_of
from neighbourhoods.shown import show_place


@require_safe
def activity(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What it is, what it earns, and when it can be done."""
    found = activity_at(ref)
    if found is None or found.published_at is None:
        raise Http404
    show_place(request, found.neighbourhood)
    return render(request, "marketplace/activities/activity.html", {"activity": found, "text": text_of(found)})
