"""What waits for a board about activities: those to approve, hours that nobody confirmed, disagreements about hours.

Where the affairs of others lie a code by mail alone does not open the door.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core import clock
from marketplace.forms.hours_field import write_hours
from marketplace.forms.organising import GroupForm, RulingForm
from marketplace.models import Activity, Participation, Shift
from marketplace.operations.hours import rule
from marketplace.operations.hours.disputes import HEAR_WITHIN
from marketplace.permissions import is_close
from marketplace.queries.activities import shift_at, text_of, waiting_in, with_all
from marketplace.queries.hours import for_the_board
from marketplace.queries.organising import stakes_of, stopped_in
from marketplace.queries.participations import participation_at
from marketplace.rewarding import reward_of
from marketplace.states import ParticipationState
from marketplace.views.board.base import MarketRoom, in_market_room
from marketplace.views.organising.group import can_confirm, confirmed, roll
from marketplace.views.organising.hours import dispute_of, sides_of
from marketplace.views.organising.people import lacking_in, pot_of, row_of
from marketplace.views.organising.telling import phase_of_hours
from neighbourhoods.models import Neighbourhood
from neighbourhoods.models.valued import Unit
from neighbourhoods.views.boardroom.base import Crumbs
from people.middleware import second_step
from people.queries import is_same_person

P = ParamSpec("P")


def in_hours_room(
    view: Callable[Concatenate[MarketRoom, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The room of the board, entered with a second step: somebody's hours lie on the table."""

    @wraps(view)
    def inner(request: HttpRequest, room: MarketRoom, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return second_step(request) or view(room, *args, **kwargs)

    return in_market_room(inner)


@in_market_room
def board_hours(request: HttpRequest, room: MarketRoom) -> HttpResponse:
    """Activities to look at, hours to confirm, disagreements to settle. What a member has to do with themself they see
    without a way in: another member deals with it. The second step is asked once there are hours of somebody."""
    place, on = room.neighbourhood, clock.day_of(room.now)
    own = stakes_of(room.person, on) - {place.party_id}
    waits = for_the_board(place, on)
    shifts = [_shift_line(one, own) for one in _shifts(waits.shifts, waits.leaders)]
    activities = [_activity_line(one, own) for one in with_all(waiting_in(place))]
    disputes = [_dispute_line(one, own) for one in waits.disputes]
    asked = second_step(request) if shifts or disputes else None
    return asked or room.show(
        "hours",
        room.crumbs(),
        number=len(shifts) + len(activities) + len(disputes),
        activities=activities,
        shifts=shifts,
        disputes=disputes,
        stopped=[_activity_line(one, own) for one in with_all(stopped_in(place))],
    )


def number_waiting(place: Neighbourhood, on: date) -> int:
    """How many things wait on that page, for who is on their way to it."""
    waits = for_the_board(place, on)
    return len(_shifts(waits.shifts, waits.leaders)) + len(waits.disputes) + waiting_in(place).count()


@in_hours_room
def board_shift(room: MarketRoom, ref: UUID) -> HttpResponse:
    """The hours of a shift that nobody confirmed in time, or of people who lead the organisation."""
    shift = _shift(room, ref)
    on = clock.day_of(room.now)
    found = roll(shift, room.person, on, for_board=True)
    form = GroupForm(room.posted, people=can_confirm(found, room.now))
    if not form.people and room.request.method != "POST":
        return room.go("board_hours")
    if room.request.method == "POST" and confirmed(room.request, form, **room.by()):
        return room.go("board_hours")
    activity, in_form = shift.activity, {one.pk for one in form.people}
    return room.show(
        "hours_shift",
        way(room),
        shift=shift,
        activity=activity,
        coin=activity.neighbourhood.coin,
        text=text_of(activity),
        form=form,
        others=[row_of(one) for one in found.open if one.pk not in in_form] if shift.escalated_at else [],
        lacking=lacking_in(shift, found.open),
        pot=pot_of(shift, form.total),
        confirm_url=room.url("board_shift", shift.ref),
    )


@in_hours_room
def board_rule(room: MarketRoom, ref: UUID) -> HttpResponse:
    """One disagreement: what each side says, and the board's ruling."""
    one = _disputed(room, ref)
    dispute = dispute_of(one)
    assert dispute is not None  # noqa: S101 - `_disputed` finds none without
    told = one.minutes or one.shift.minutes
    form = RulingForm(room.posted, least=dispute.offered, most=told)
    waits_until = dispute.opened_at + HEAR_WITHIN
    is_heard = bool(dispute.participant_text and dispute.organiser_text) or room.now >= waits_until
    is_open = one.state == ParticipationState.DISPUTED
    done = _("Settled. Both sides hear of it.")
    if is_open and room.sent(form, lambda values: rule(participation=one, **values, **room.by()), done):
        return room.go("board_hours")
    activity = one.shift.activity
    began_it = is_same_person(room.person, dispute.opened_by)
    return room.show(
        "hours_rule",
        way(room),
        one=one,
        shift=one.shift,
        activity=activity,
        coin=activity.neighbourhood.coin,
        text=text_of(activity),
        phase=phase_of_hours(one),
        form=form if is_open and not began_it and (is_heard or form.is_bound) else None,
        began_it=began_it,
        is_open=is_open,
        waits_until=None if is_heard else waits_until,
        least=reward_of(one.value, one.unit, dispute.offered) if dispute.offered else 0,
        most=reward_of(one.value, one.unit, told),
        by_hour=one.unit == Unit.HOUR,
        **sides_of(one),
    )


def way(room: MarketRoom) -> Crumbs:
    """The way back: the room, and this table in it."""
    return room.crumbs((_("Activities and hours"), room.url("board_hours")))


def _shift(room: MarketRoom, ref: UUID) -> Shift:
    """:raises Http404: when there is none, one of another neighbourhood, or of somebody this member has to do with."""
    found = shift_at(ref)
    if found is None or found.activity.neighbourhood_id != room.neighbourhood.pk:
        raise Http404
    if room.has_interest(found.activity.organiser):
        raise Http404
    return found


def _disputed(room: MarketRoom, ref: UUID) -> Participation:
    """:raises Http404: when there is none, one of another neighbourhood, or this member is on one of its sides."""
    found = participation_at(ref)
    if found is None or found.shift.activity.neighbourhood_id != room.neighbourhood.pk:
        raise Http404
    on = clock.day_of(room.now)
    is_side = room.has_interest(found.shift.activity.organiser) or is_close(room.person, found.person, on)
    if dispute_of(found) is None or is_side:
        raise Http404
    return found


def _shifts(late: Any, leaders: Any) -> list[Shift]:
    """The shifts that the board confirms hours of, each once, the one that waits longest first."""
    found = {shift.pk: shift for shift in late}
    for one in leaders:
        found.setdefault(one.shift_id, one.shift)
    return sorted(found.values(), key=lambda shift: (shift.ends_at, shift.pk))


def _shift_line(shift: Shift, own: set[int]) -> dict[str, Any]:
    return {
        "shift": shift,
        "text": text_of(shift.activity),
        "organiser": shift.activity.organiser,
        "is_own": shift.activity.organiser.canonical_id in own,
    }


def _activity_line(activity: Activity, own: set[int]) -> dict[str, Any]:
    return {
        "activity": activity,
        "text": text_of(activity),
        "is_own": activity.organiser.canonical_id in own,
    }


def _dispute_line(one: Participation, own: set[int]) -> dict[str, Any]:
    dispute = dispute_of(one)
    return {
        "one": one,
        "text": text_of(one.shift.activity),
        "is_own": bool({one.shift.activity.organiser.canonical_id, one.person_id} & own),
        "told": write_hours(one.minutes or 0),
        "offered": write_hours(dispute.offered) if dispute else "",
    }
