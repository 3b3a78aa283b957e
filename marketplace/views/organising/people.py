"""Who comes to a shift: checking in on the list, and confirming the hours of all of them at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from marketplace.door_links import CLOSES_AFTER, OPENS_BEFORE
from marketplace.forms.hours_field import write_hours
from marketplace.forms.organising import GroupForm, what_is_known
from marketplace.models import Participation, Shift
from marketplace.operations.taking_part import check_in_on_list
from marketplace.operations.taking_part.listing import LISTED_WITHIN
from marketplace.queries.activities import text_of
from marketplace.queries.conduct import certificates_of
from marketplace.queries.hours import TO_CONFIRM
from marketplace.states import ParticipationState, ShiftState
from marketplace.views.organising.base import Desk, at_shift
from marketplace.views.organising.group import Roll, can_confirm, confirmed, in_turn, roll
from marketplace.views.organising.telling import phase_of_hours, why_it_waits


@at_shift
def shift_people(desk: Desk, shift: Shift) -> HttpResponse:
    """Who comes, or came; once it is over, one list to confirm the hours of all of them."""
    found = roll(shift, desk.person, desk.today)
    return _show(desk, found, GroupForm(people=can_confirm(found, desk.now)))


@at_shift
def shift_confirm(desk: Desk, shift: Shift) -> HttpResponse:
    """Confirm the whole group, with exceptions: everybody who can be paid is."""
    if desk.request.method != "POST":
        return redirect("shift_people", shift.ref)
    found = roll(shift, desk.person, desk.today)
    form = GroupForm(desk.posted, people=can_confirm(found, desk.now))
    if confirmed(desk.request, form, **desk.by()):
        return redirect("shift_people", shift.ref)
    return _show(desk, found, form)


@require_POST
@at_shift
def shift_here(desk: Desk, shift: Shift) -> HttpResponse:
    """Somebody is there: the organiser ticks them off."""
    found = roll(shift, desk.person, desk.today)
    chosen = next((one for one in found.open if one.ref.hex == desk.request.POST.get("who")), None)
    if chosen is None:
        messages.info(desk.request, _("Somebody changed this list meanwhile. Look again."))
    else:
        done = _("%(name)s is there.") % {"name": chosen.person.display_name}
        desk.do(lambda: check_in_on_list(participation=chosen, **desk.by()), done)
    return redirect("shift_people", shift.ref)


def _show(desk: Desk, found: Roll, form: GroupForm) -> HttpResponse:
    shift, now = found.shift, desk.now
    opens, is_open = shift.starts_at - OPENS_BEFORE, shift.state == ShiftState.OPEN
    lacking = lacking_in(shift, found.open)
    in_form = {one.pk for one in form.people}
    return desk.show(
        "people",
        desk.way(),
        shift=shift,
        activity=shift.activity,
        coin=shift.activity.neighbourhood.coin,
        text=text_of(shift.activity),
        roll=found,
        rows=[row_of(one, lacking) for one in found.open if one.pk not in in_form],
        settled=[row_of(one) for one in found.settled],
        waiting=in_turn(found.waiting),
        gone=found.gone,
        lacking=lacking,
        form=form,
        confirm_url=reverse("shift_confirm", args=[shift.ref]),
        pot=pot_of(shift, form.total),
        is_open=is_open,
        is_over=now >= shift.ends_at,
        is_near=is_open and opens <= now <= shift.ends_at + CLOSES_AFTER,
        has_begun=now >= shift.starts_at,
        can_add=is_open and opens <= now <= shift.ends_at + LISTED_WITHIN,
    )


def pot_of(shift: Shift, total: int) -> dict[str, Any] | None:
    """The pot that pays: its name, what is in it, and whether that is enough."""
    pot = shift.activity.pot
    if pot is None:
        return None
    return {"name": pot.label, "available": pot.available, "is_short": pot.available < total}


def row_of(one: Participation, lacking: Collection[int] = ()) -> dict[str, Any]:
    """What a line tells of somebody."""
    return {
        "one": one,
        "phase": phase_of_hours(one),
        "known": what_is_known(one) if one.state in TO_CONFIRM else "",
        "hours": write_hours(one.confirmed) if one.confirmed else "",
        "why": why_it_waits(one),
        "lacks": one.person_id in lacking,
        "can_check_in": one.state == ParticipationState.SIGNED_UP,
    }


def lacking_in(shift: Shift, people: Sequence[Participation]) -> set[int]:
    """The numbers of who has shown no certificate of conduct that holds on the day, when the activity asks for one."""
    if not shift.activity.asks_conduct_certificate:
        return set()
    on = clock.day_of(shift.starts_at)
    seen = certificates_of(shift.activity.organiser).filter(until_on__gte=on)
    return {one.person_id for one in people} - set(seen.values_list("person", flat=True))
