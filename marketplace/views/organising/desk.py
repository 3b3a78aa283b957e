"""Which desks somebody has, and what waits at one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from marketplace.models import Activity, ActivityText, Admission, Shift
from marketplace.queries.activities import text_of
from marketplace.queries.hours import to_confirm
from marketplace.queries.organising import (
    coming_of,
    disagreements_of,
    insurance_of,
    parties_organised_for,
    running_of,
    to_confirm_at,
)
from marketplace.queries.places import places_of
from marketplace.states import ActivityState
from marketplace.views.organising.base import Desk, at_desk
from people.acting import person_behind
from people.models import PartyKind

SHOWN: Final = 20
SOON: Final = timedelta(days=60)
_Y = ActivityState
DISCS: Final = {
    _Y.DRAFT: "open",
    _Y.SUBMITTED: "open",
    _Y.RETURNED: "no",
    _Y.PUBLISHED: "done",
    _Y.PAUSED: "half",
    _Y.FINISHED: "half",
    _Y.CLOSED: "done",
    _Y.CANCELLED: "no",
}
WRITABLE: Final = frozenset({_Y.DRAFT, _Y.SUBMITTED, _Y.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A shift at its organiser's desk."""

    shift: Shift
    text: ActivityText


@login_required
@never_cache
def organise(request: HttpRequest) -> HttpResponse:
    """Whose desk? Who organises for nobody else is not asked."""
    person, now = person_behind(request), clock.now()
    parties = parties_organised_for(person, clock.day_of(now))
    if len(parties) == 1:
        return redirect("organiser_desk", parties[0].uuid)
    waiting = to_confirm_at(parties, now)
    context = {
        "desks": [(party, waiting.get(party.pk, 0), number == 0) for number, party in enumerate(parties)],
        "crumbs": [(_("Your account"), reverse("account"))],
    }
    return render(request, "marketplace/organising/desks.html", context)


@at_desk
def organiser_desk(desk: Desk) -> HttpResponse:
    """What waits first: hours to confirm, disagreements. Then what comes, and all that runs."""
    waiting = list(to_confirm(desk.party, desk.now)[:SHOWN])
    coming = coming_of(desk.party, desk.now).select_related("activity").prefetch_related("activity__texts")
    disputes = disagreements_of(desk.party).select_related("person__person_details", "shift__activity")
    running = running_of(desk.party).select_related("neighbourhood").prefetch_related("texts")
    activities = [_activity(one) for one in running]
    return desk.show(
        "desk",
        desk.crumbs(),
        shown=SHOWN,
        waiting=[_line(one) for one in waiting],
        disputes=[
            (one, text_of(one.shift.activity))
            for one in disputes.prefetch_related("shift__activity__texts")[:SHOWN]
        ],
        coming=[_line(one) for one in coming[:SHOWN]],
        activities=activities,
        returned=[one for one in activities if one["activity"].state == ActivityState.RETURNED],
        places=places_of(desk.party, desk.today),
        members_url="" if desk.is_own else _members_url(desk),
        insurances=[(one, *_insured(one, desk.today)) for one in insurance_of(desk.party)],
    )


def _members_url(desk: Desk) -> str:
    """Where an organisation says who acts for it; a board does so elsewhere."""
    kind = desk.party.kind
    return "" if kind == PartyKind.NEIGHBOURHOOD else reverse("account_organisation", args=[desk.party.uuid])


def _line(shift: Shift) -> Line:
    return Line(shift=shift, text=text_of(shift.activity))


def _activity(activity: Activity) -> dict[str, Any]:
    """A line about an activity: what is being written leads to its form, the rest to its shifts."""
    state = ActivityState(activity.state)
    return {
        "activity": activity,
        "text": text_of(activity),
        "phase": (DISCS[state], capfirst(activity.get_state_display())),
        "is_written": state in WRITABLE,
        "is_open": state == ActivityState.PUBLISHED,
    }


def _insured(admission: Admission, today: date) -> tuple[str, str]:
    """The disc and the words of the insurance of an organisation in a neighbourhood."""
    until = admission.insured_until_on
    if until is None:
        return "no", _("Insurance not known")
    if until < today:
        return "no", _("Insurance ran out")
    return ("half", _("Insurance runs out soon")) if until <= today + SOON else ("done", _("Insured"))
