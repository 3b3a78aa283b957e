"""One's own shifts in the calendar of one's phone: a secret address that it reads by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from marketplace.calendars import CONTENT_TYPE, Entry, calendar_of
from marketplace.forms.taking_part import SureForm
from marketplace.models import CalendarFeed, Participation
from marketplace.operations.feeds import new_feed
from marketplace.queries.participations import participations_of, with_all
from marketplace.states import ParticipationState, ShiftState
from marketplace.views.taking_part.base import is_done
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party

_S = ParticipationState

KEPT: Final = timedelta(days=30)  # past shifts stay in a calendar for a month


@require_safe
@never_cache
def my_calendar(request: HttpRequest, token: UUID) -> HttpResponse:
    """The calendar itself. Whoever has the address reads it: a phone cannot sign in."""
    feed = CalendarFeed.objects.filter(token=token).select_related("person").first()
    if feed is None:
        raise Http404
    now = clock.now()
    text = calendar_of(entries_of(request, feed.person, now), name=_("My activities"), at=now)
    answer = HttpResponse(text, content_type=CONTENT_TYPE)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def entries_of(request: HttpRequest, person: Party, now: datetime) -> Iterator[Entry]:
    """What somebody takes part in or waits for, and what was called off: that has to be struck through."""
    shown = ~Q(state=_S.WITHDRAWN) | Q(shift__state=ShiftState.CANCELLED)
    found = with_all(participations_of(person).filter(shown, shift__ends_at__gt=now - KEPT))
    for one in found:
        is_waiting = one.state == _S.WAITING
        yield Entry(
            shift=one.shift, is_tentative=is_waiting, is_off=one.state == _S.WITHDRAWN,
            notes=(_("You are on the waiting list."),) if is_waiting else (),
            url=request.build_absolute_uri(_page_of(one)),
        )  # fmt: skip


def _page_of(found: Participation) -> str:
    return reverse("participation", args=[found.ref])


@login_required
@never_cache
def my_calendar_link(request: HttpRequest) -> HttpResponse:
    """The address to give to a phone; a new one ends the old one."""
    person = person_behind(request)
    form = SureForm(posted(request))
    if request.method == "POST" and is_done(
        form, lambda _values: new_feed(person=person, actor=actor_of(request), at=clock.now())
    ):
        messages.success(request, _("This is your address. An earlier one no longer works."))
        return redirect("my_calendar_link")
    feed = CalendarFeed.objects.filter(person=person.canonical_id).first()
    address = request.build_absolute_uri(reverse("my_calendar", args=[feed.token])) if feed else ""
    context: dict[str, Any] = {
        "address": address,
        "phone_address": f"webcal://{address.partition('://')[2]}",  # which phones open in their calendar
        "form": form,
        "crumbs": [(_("Your activities"), reverse("my_activities"))],
    }
    return render(request, "marketplace/taking_part/calendar.html", context)
