"""What an organiser writes about a shift: a message to everybody who comes, a name on the list."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.form_keys import derive_key
from marketplace.forms.organising import CameForm, MessageForm
from marketplace.models import Shift
from marketplace.operations.shifts import message_shift
from marketplace.operations.taking_part import come_in
from marketplace.queries.activities import text_of
from marketplace.queries.organising import known_to, roll_of
from marketplace.queries.participations import WITHOUT_PLACE, taken_of
from marketplace.views.organising.base import Desk, at_shift


@at_shift
def shift_message(desk: Desk, shift: Shift) -> HttpResponse:
    """A message to everybody who comes, and what was written before."""
    form = MessageForm(desk.posted)
    if desk.sent(
        form, lambda told: _send(desk, shift, told), _("Your message was sent to everybody who comes.")
    ):
        return redirect("shift_people", shift.ref)
    comes = sum(1 for one in roll_of(shift) if one.state not in WITHOUT_PLACE)
    sent = shift.messages.select_related("author__person_details")
    return desk.show(
        "message", desk.way_to(shift), shift=shift, text=text_of(shift.activity), form=form, comes=comes, sent=sent
    )  # fmt: skip


@at_shift
def shift_add(desk: Desk, shift: Shift) -> HttpResponse:
    """Somebody who came without signing up."""
    known = known_to(shift.activity.organiser, besides=shift)
    form = CameForm(desk.posted, known=known, coin=shift.activity.neighbourhood.coin)
    if desk.sent(form, lambda told: _add(desk, shift, form, told), _("They are on the list.")):
        return redirect("shift_people", shift.ref)
    is_full = taken_of(shift) >= shift.places
    return desk.show(
        "add", desk.way_to(shift), shift=shift, text=text_of(shift.activity), form=form, is_full=is_full
    )


def _send(desk: Desk, shift: Shift, told: dict[str, Any]) -> None:
    key = derive_key(
        scope=f"shift_message_{shift.pk}", owner=desk.person.canonical_id, form_id=told["form_id"]
    )
    message_shift(shift=shift, text=told["text"], language=get_language() or "", key=key, **desk.by())


def _add(desk: Desk, shift: Shift, form: CameForm, told: dict[str, Any]) -> None:
    key = derive_key(scope=f"shift_come_{shift.pk}", owner=desk.person.canonical_id, form_id=told["form_id"])
    come_in(shift=shift, person=form.chosen, key=key, **desk.by())
