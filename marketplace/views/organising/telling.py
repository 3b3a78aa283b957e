"""How far the hours of somebody are, in words and with a disc, as who organises and the board read it.

Why a payment waits is not told where that would tell about the person: how much they earn elsewhere, their age, whether
they receive a benefit.
"""

from __future__ import annotations

from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.models import Held, Participation
from marketplace.states import ParticipationState

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
    _T.REJECTED: "no",
    _T.WITHDRAWN: "no",
    _T.NO_SHOW: "no",
}


def phase_of_hours(one: Participation) -> Phase:
    """The disc, and what the organiser and the board may know."""
    if one.state in {_T.CONFIRMED, _T.BLOCKED_BY_CAP}:
        return "half", pgettext("taking part", "Confirmed, paid later")
    return DISCS[ParticipationState(one.state)], capfirst(one.get_state_display())


def why_it_waits(one: Participation) -> str:
    """Why confirmed hours are not paid yet, as far as it is the organiser's business."""
    if one.state == _T.BLOCKED_BY_CAP:
        return _("The payment waits. The participant knows why.")
    if one.state != _T.CONFIRMED:
        return ""
    return {
        Held.POT: _("The pot has too little. It is paid as soon as there are coins in it."),
        Held.YEAR: _("The municipality has not set the maximum amounts of this year yet."),
        Held.ACCOUNT: _("The participant has no wallet in this coin yet."),
    }.get(Held(one.held), _("The payment waits. The participant knows why."))
