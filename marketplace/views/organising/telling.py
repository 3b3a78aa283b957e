"""How far the hours of somebody are, in words and with a disc, as who organises and the board read it.

Why a payment waits is not told where that would tell about the person: how much they earn elsewhere, their age, whether
they receive a benefit.
"""

from __future__ import annotations

from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.clock import day_of
from marketplace.models import Held, HoursDispute, Participation
from marketplace.permissions import is_close, may_organise
from marketplace.queries.hours import WAITS_FOR_PAYMENT
from marketplace.states import ParticipationState
from neighbourhoods.permissions import seat_in_force

Phase = tuple[str, str]
_T = ParticipationState

DISCS: Final = {
    _T.WAITING: "open",
    _T.SIGNED_UP: "open",
    _T.CHECKED_IN: "half",
    _T.CLAIMED: "half",
    _T.CONFIRMED: "half",
    _T.BLOCKED_BY_CAP: "half",
    _T.DISPUTED: "half",
    _T.PAID: "done",
    _T.WAIVED: "done",
    _T.REJECTED: "no",
    _T.WITHDRAWN: "no",
    _T.NO_SHOW: "no",
}


def phase_of_hours(one: Participation) -> Phase:
    """The disc, and what the organiser and the board may know."""
    if one.state in {_T.CONFIRMED, _T.BLOCKED_BY_CAP}:
        return "half", pgettext("taking part", "Confirmed, paid later")
    if one.state == _T.WAIVED:
        return "done", pgettext("taking part", "Done")
    return DISCS[ParticipationState(one.state)], capfirst(one.get_state_display())


def offered_by(one: Participation, dispute: HoursDispute) -> str:
    """Whose word it is that somebody was there for less: the organiser's, or that of the board member who confirmed
    the hours because the organiser did not."""
    activity, said, on = one.shift.activity, dispute.opened_by, day_of(dispute.opened_at)
    is_of_board = (
        not is_close(said, one.person, on)
        and not may_organise(said, activity.organiser, on)
        and seat_in_force(said, activity.neighbourhood, on) is not None
    )
    return (
        _("%(name)s of the board") % {"name": said.display_name}
        if is_of_board
        else activity.organiser.display_name
    )


def why_it_waits(one: Participation) -> str:
    """Why confirmed hours are not paid yet, as far as it is the organiser's business."""
    if one.state not in WAITS_FOR_PAYMENT:
        return ""
    if one.state == _T.CONFIRMED and one.held == Held.POT:
        return _("The pot has too little. It is paid as soon as there are coins in it.")
    # One sentence for all the rest: told apart, what is left would tell of a maximum, and that of a benefit.
    return _("The payment waits. The participant knows why.")
