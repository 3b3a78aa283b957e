"""What can be done in a neighbourhood, as a calendar that anybody's phone can follow."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import clock
from marketplace.calendars import CONTENT_TYPE, Entry, calendar_of
from marketplace.queries.activities import coming
from neighbourhoods.models import Neighbourhood


@require_safe
def activities_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """All shifts to come, an hour exact."""
    if "\x00" in slug:  # which PostgreSQL takes in no text
        raise Http404
    place = get_object_or_404(Neighbourhood, slug=slug)
    now = clock.now()
    entries = [
        Entry(shift=shift, url=request.build_absolute_uri(reverse("activity", args=[shift.activity.ref])))
        for shift in coming(now).filter(activity__neighbourhood=place).select_related("activity")
    ]
    name = _("Taking part in %(place)s") % {"place": place.name}
    return HttpResponse(calendar_of(entries, name=name, at=now), content_type=CONTENT_TYPE)
