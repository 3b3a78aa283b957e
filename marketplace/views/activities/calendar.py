"""What can be done in a neighbourhood, as a calendar that anybody's phone can follow."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.calendars import CONTENT_TYPE, Entry, calendar_of
from marketplace.models import Activity
from marketplace.queries.listing import MOST
from marketplace.views.activities.looking import looking
from marketplace.views.browse.feeds import for_everybody


@for_everybody
def activities_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The shifts that a search finds, a thousand at most; without a search all that can be done there."""
    here = looking(request, slug)
    shifts = here.listing.found().order_by("starts_at", "pk")
    told = Prefetch("activity", Activity.objects.prefetch_related("texts"))
    entries = [
        Entry(shift=shift, url=request.build_absolute_uri(reverse("activity", args=[shift.activity.ref])))
        for shift in shifts.prefetch_related(told)[:MOST]
    ]
    name = _("Taking part in %(place)s") % {"place": here.place.name if here.place else slug}
    return HttpResponse(calendar_of(entries, name=name, at=here.now), content_type=CONTENT_TYPE)
