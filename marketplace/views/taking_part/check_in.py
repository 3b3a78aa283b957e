"""Saying that one is there: by the code at the door, or by its number. Made to be done with one thumb, in a doorway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.clock import day_of
from core.refusals import Refusal
from marketplace.door_links import shift_of
from marketplace.forms.taking_part import DoorForm, PinForm
from marketplace.models import Participation, Shift
from marketplace.operations.taking_part import check_in_by_link, check_in_by_pin
from marketplace.queries.activities import shift_at, text_of
from marketplace.queries.guardians import children_of
from marketplace.queries.participations import WITHOUT_PLACE
from marketplace.states import ParticipationState
from marketplace.views.taking_part.base import AtParticipation, at_participation, is_done
from marketplace.views.taking_part.deeds_open import deeds_open
from marketplace.views.taking_part.words import clock_words, when_words
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Ask
from people.acting import actor_of, person_behind
from people.models import Party

REFUSED = 409


@dataclass(frozen=True)
class Doorway:
    """Somebody with a code that opens the check-in of a shift."""

    request: HttpRequest
    token: str
    shift: Shift
    person: Party
    now: datetime

    def expected(self) -> list[Participation]:
        """Who of them and the children whom they guard has a place in this shift."""
        people = [self.person, *children_of(self.person, day_of(self.now))]
        found = self.shift.participations.exclude(state__in=WITHOUT_PLACE).select_related(
            "person__person_details"
        )
        numbers = {one.canonical_id for one in people}
        theirs = Q(person__in=numbers) | Q(person__same_person_as__in=numbers)
        return list(found.filter(theirs).order_by("pk"))


@login_required
@never_cache
def check_in(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the code at the door. Looking at it changes nothing: there is one button."""
    now = clock.now()
    try:
        shift = shift_of(token, now)
    except Refusal as refusal:
        return _closed(request, str(refusal))
    door = Doorway(request, token, _whole(shift), person_behind(request), now)
    show_place(request, door.shift.activity.neighbourhood)
    expected = door.expected()
    if not expected:
        return _closed(
            request, _("You are not signed up for this. Ask at the door whether you can still join."), door
        )
    form = DoorForm(request.POST or None, people=[(str(one.ref), _name(door, one)) for one in expected])
    if request.method == "POST" and is_done(form, lambda values: _come_in(door, expected, values)):
        return _inside(door, next(one for one in expected if str(one.ref) == form.cleaned_data["who"]))
    return _page(door, expected, form)


def _whole(shift: Shift) -> Shift:
    """With its activity and words."""
    return shift_at(shift.ref) or shift


def _name(door: Doorway, found: Participation) -> str:
    return "" if found.person.canonical_id == door.person.canonical_id else found.person.display_name


def _come_in(door: Doorway, expected: list[Participation], values: dict[str, Any]) -> None:
    found = next(one for one in expected if str(one.ref) == values["who"])
    check_in_by_link(token=door.token, person=found.person, actor=actor_of(door.request), at=door.now)


def _inside(door: Doorway, found: Participation) -> HttpResponse:
    messages.success(door.request, welcome_words(_name(door, found), door.now))
    return redirect("participation", found.ref)


def welcome_words(name: str, now: datetime) -> str:
    said = {"hour": clock_words(now), "name": name}
    return _("%(name)s is there, %(hour)s.") % said if name else _("You are there, %(hour)s.") % said


def _page(door: Doorway, expected: list[Participation], form: DoorForm) -> HttpResponse:
    """Who still has to come in, a button each; who is in already, is told."""
    waiting = [one for one in expected if one.state == ParticipationState.SIGNED_UP]
    context: dict[str, Any] = {
        "form": form,
        "waiting": [(one, _name(door, one)) for one in waiting],
        "inside": [(one, _name(door, one)) for one in expected if one not in waiting],
        "shift": door.shift,
        "text": text_of(door.shift.activity),
        "when": when_words(door.shift),
    }
    return render(door.request, "marketplace/taking_part/door.html", context)


def _closed(request: HttpRequest, why: str, door: Doorway | None = None) -> HttpResponse:
    """A sentence, and the way on; no word of which shift it was unless the code was good."""
    context = {"why": why, "shift": door.shift if door else None}
    return render(request, "marketplace/taking_part/door_closed.html", context, status=REFUSED)


@at_participation
def check_in_pin(at: AtParticipation) -> HttpResponse:
    """The number that hangs at the door, typed in."""
    if "check_in" not in deeds_open(at.participation, at.now):
        messages.info(at.request, _("This was done already, or it can no longer be done."))
        return at.back()
    form = PinForm(at.posted)
    if at.sent(form, lambda values: _by_number(at, values)):
        return at.back(welcome_words(at.acts_for, at.now))
    ask = Ask(
        title=_("Which number is at the door?"), lead=at.text.title, back_url=at.url, button=_("I am there")
    )
    return at.show("pin", at.crumbs(deep=True), ask=ask, form=form)


def _by_number(at: AtParticipation, values: dict[str, Any]) -> None:
    check_in_by_pin(participation=at.participation, pin=values["pin"], **at.by())
