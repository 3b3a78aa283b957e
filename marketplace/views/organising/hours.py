"""The hours of one person, as their organiser sees them: confirming singly, and a disagreement."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import clock
from core.amounts import format_amount
from marketplace.forms.hours_field import write_hours
from marketplace.forms.organising import AnswerForm, GroupForm, SureForm, what_is_known
from marketplace.models import HoursDispute, Participation
from marketplace.operations.hours import answer, give_in
from marketplace.permissions import HoursSide, confirms_as, may_organise
from marketplace.queries.activities import text_of
from marketplace.queries.hours import TO_CONFIRM
from marketplace.queries.participations import participation_at
from marketplace.rewarding import reward_of
from marketplace.states import ParticipationState
from marketplace.units import per_unit
from marketplace.views.organising.base import Desk
from marketplace.views.organising.group import confirmed
from marketplace.views.organising.people import lacking_in, pot_of
from marketplace.views.organising.telling import offered_by, phase_of_hours, why_it_waits
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Ask
from people.acting import person_behind

_T = ParticipationState
View = Callable[[Desk, Participation], HttpResponse]


def at_hours(view: View) -> Callable[..., HttpResponse]:
    """Open the hours in the path (`<uuid:ref>`) to who organises the activity; 404 for everybody else."""

    @wraps(view)
    def inner(request: HttpRequest, ref: UUID) -> HttpResponse:
        person, one = person_behind(request), participation_at(ref)
        if one is None or not may_organise(person, one.shift.activity.organiser, clock.today()):
            raise Http404
        activity = one.shift.activity
        show_place(request, activity.neighbourhood)
        return view(Desk(request, activity.organiser, person), one)

    return login_required(never_cache(inner))


@at_hours
def organiser_hours(desk: Desk, one: Participation) -> HttpResponse:
    """How it stands with them; what the organiser can still do about it."""
    can = confirms_as(desk.person, one, desk.today) == HoursSide.ORGANISER
    form = GroupForm(desk.posted, people=[one]) if can and _is_ripe(one, desk) else None
    if form is not None and desk.request.method == "POST" and confirmed(desk.request, form, **desk.by()):
        return redirect("shift_people", one.shift.ref)
    return _show(desk, one, form=form, can=can)


@at_hours
def hours_give_in(desk: Desk, one: Participation) -> HttpResponse:
    """The participant is right after all: what they told is paid."""
    form, back = SureForm(desk.posted), reverse("organiser_hours", args=[one.ref])
    if one.state != _T.DISPUTED:
        return redirect(back)
    if desk.sent(
        form,
        lambda _told: give_in(participation=one, **desk.by()),
        _("Settled. The participant hears of it."),
    ):
        return redirect(back)
    amount = format_amount(_told_reward(one), desk.language)
    ask = Ask(
        title=_("Do you confirm what they told?"),
        lead=_("%(name)s then gets %(amount)s, and this is settled.")
        % {"name": one.person.display_name, "amount": amount},
        button=_("Pay %(amount)s") % {"amount": amount},
        back_url=back,
    )
    return desk.show("ask", desk.way_to(one.shift), ask=ask, form=form)


@require_POST
@at_hours
def hours_answer(desk: Desk, one: Participation) -> HttpResponse:
    """What the organiser saw, for the participant and the board to read."""
    form = AnswerForm(desk.posted)
    if desk.sent(
        form, lambda told: answer(participation=one, **told, **desk.by()), _("The board reads what you saw.")
    ):
        return redirect("organiser_hours", one.ref)
    return _show(desk, one, saying=form, can=confirms_as(desk.person, one, desk.today) is not None)


def _show(
    desk: Desk, one: Participation, *, can: bool, form: GroupForm | None = None, saying: Form | None = None
) -> HttpResponse:
    dispute = dispute_of(one)
    is_open = one.state == _T.DISPUTED and dispute is not None
    can_say = is_open and can and dispute is not None and not dispute.organiser_text
    more: dict[str, Any] = {"pot": pot_of(one.shift, form.total)} if form is not None else {}
    return desk.show(
        "hours",
        desk.way_to(one.shift),
        one=one,
        shift=one.shift,
        activity=one.shift.activity,
        coin=one.shift.activity.neighbourhood.coin,
        text=text_of(one.shift.activity),
        phase=phase_of_hours(one),
        known=what_is_known(one) if one.state in TO_CONFIRM and _can_be_there(one, desk) else "",
        is_to_come=one.state in TO_CONFIRM and not _is_ripe(one, desk),
        why=why_it_waits(one),
        is_disputed=is_open,
        per=per_unit(one.unit),
        confirmed_hours=write_hours(one.confirmed) if one.confirmed else "",
        **sides_of(one),
        can=can,
        form=form if form is not None else saying,
        group=form,
        saying=(saying or AnswerForm()) if can_say else None,
        confirm_url=reverse("organiser_hours", args=[one.ref]),
        told_reward=_told_reward(one),
        lacking=lacking_in(one.shift, [one]),
        **more,
    )


def dispute_of(one: Participation) -> HoursDispute | None:
    """The disagreement about these hours, also one that is over."""
    return getattr(one, "dispute", None)


def sides_of(one: Participation) -> dict[str, Any]:
    """What each side says and what the board found, with the hours in words, for `organising/sides.html`."""
    dispute = dispute_of(one)
    if dispute is None:
        return {"dispute": None}
    return {
        "dispute": dispute,
        "offered_by": offered_by(one, dispute),
        "told_hours": write_hours(one.minutes or 0),
        "offered_hours": write_hours(dispute.offered),
        "ruled_hours": write_hours(dispute.ruled or 0),
    }


def _is_ripe(one: Participation, desk: Desk) -> bool:
    return one.state == _T.CLAIMED or (one.state in TO_CONFIRM and desk.now >= one.shift.ends_at)


def _can_be_there(one: Participation, desk: Desk) -> bool:
    """Before a shift nobody is there yet, so nothing is said about it."""
    return one.checked_in_at is not None or desk.now >= one.shift.starts_at


def _told_reward(one: Participation) -> int:
    """What the participant would get by what they told."""
    return max(reward_of(one.value, one.unit, one.minutes or one.shift.minutes), 1)
