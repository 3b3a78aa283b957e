"""The door of a shift: the code that checks people in and its number, on a screen and on paper."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from content.drawing import qr
from marketplace.door_links import CLOSES_AFTER, OPENS_BEFORE, link_on_paper, link_on_screen
from marketplace.forms.organising import SureForm
from marketplace.models import Shift
from marketplace.operations.shifts import new_door
from marketplace.queries.activities import text_of
from marketplace.queries.hours import TO_CONFIRM
from marketplace.queries.organising import roll_of
from marketplace.queries.participations import WITHOUT_PLACE
from marketplace.states import ParticipationState, ShiftState
from marketplace.views.organising.base import Desk, at_shift
from marketplace.views.organising.group import in_turn
from neighbourhoods.views.boardroom.base import Ask

RENEWED_EVERY: Final = 240  # seconds: a code lasts ten minutes, so whoever began with one can still use it
BLANK_LINES: Final = 6  # on paper, for who comes without having signed up
STILL: Final = "still"


@at_shift
def shift_door(desk: Desk, shift: Shift) -> HttpResponse:
    """For a screen at the door: a code that is new every four minutes, and the number. The page asks for itself again
    by a header, not by a script; it stays as it is for who asked so (`?still`)."""
    opens, closes = shift.starts_at - OPENS_BEFORE, shift.ends_at + CLOSES_AFTER
    is_open = shift.state == ShiftState.OPEN and opens <= desk.now <= closes
    is_still = STILL in desk.request.GET
    rows = [one for one in roll_of(shift) if one.state not in WITHOUT_PLACE]
    answer = desk.show(
        "door",
        desk.way_to(shift),
        shift=shift,
        activity=shift.activity,
        text=text_of(shift.activity),
        code=_code(desk, link_on_screen(shift, desk.now)) if is_open else "",
        is_open=is_open,
        is_early=desk.now < opens,
        opens=opens,
        is_still=is_still,
        came=sum(1 for one in rows if one.checked_in_at),
        comes=len(rows),
    )
    if is_open and not is_still:
        answer["Refresh"] = str(RENEWED_EVERY)
    return answer


@at_shift
def shift_door_new(desk: Desk, shift: Shift) -> HttpResponse:
    """Another number and other codes: what was photographed is worth nothing any more."""
    form = SureForm(desk.posted)
    back = reverse("shift_door", args=[shift.ref])
    done = _("There is a new number. Codes on paper from before open nothing any more.")
    if desk.sent(form, lambda _told: new_door(shift=shift, **desk.by()), done):
        return redirect(back)
    ask = Ask(
        title=_("A new number at the door?"),
        lead=_("Do this when somebody used the number or a code who was not there."),
        note=_("Codes that you printed open nothing any more. Print them again."),
        button=_("Make a new number"),
        back_url=back,
    )
    return desk.show("ask", desk.way_to(shift), ask=ask, form=form)


@at_shift
def shift_paper(desk: Desk, shift: Shift) -> HttpResponse:
    """The list on paper with boxes, and a sheet with the code to hang at the door. What is filled in on it is entered
    later on the page of who comes."""
    rows = roll_of(shift)
    return desk.show(
        "paper",
        desk.way_to(shift),
        shift=shift,
        activity=shift.activity,
        text=text_of(shift.activity),
        rows=[one for one in rows if one.state in TO_CONFIRM],
        waiting=in_turn([one for one in rows if one.state == ParticipationState.WAITING]),
        blank=range(BLANK_LINES),
        code=_code(desk, link_on_paper(shift)),
        opens=shift.starts_at - OPENS_BEFORE,
        printed_at=desk.now,
    )


def _code(desk: Desk, token: str) -> Any:
    """The drawing of a link that a participant opens with the camera of a phone."""
    url = desk.request.build_absolute_uri(reverse("check_in", args=[token]))
    return qr.drawing(qr.link(url), _("QR code to check in"))
