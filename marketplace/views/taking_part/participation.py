"""The page of one participation: how far it is, what can be done now, and what the organiser told."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ledger.receipts import receipt_number
from marketplace.forms.taking_part import ClaimForm
from marketplace.queries.conduct import lacks_certificate
from marketplace.states import ActivityState, ParticipationState
from marketplace.units import per_unit
from marketplace.views.organising.telling import offered_by
from marketplace.views.taking_part.base import AtParticipation, at_participation
from marketplace.views.taking_part.deeds_open import deeds_open
from marketplace.views.taking_part.story import (
    DISCS,
    OVER,
    help_for,
    may_sign,
    next_words,
    state_words,
    steps_of,
)
from marketplace.views.taking_part.words import minutes_words, when_words

_S = ParticipationState

WITHOUT_COINS = OVER | {_S.WAIVED}
OF_PAYMENT = frozenset({_S.CONFIRMED, _S.BLOCKED_BY_CAP})
STILL_THERE = frozenset({ActivityState.PUBLISHED, ActivityState.PAUSED, ActivityState.FINISHED})


@at_participation
def participation(at: AtParticipation) -> HttpResponse:
    """Everything about it; hours can be told from here."""
    return participation_page(at, ClaimForm(most=at.shift.minutes))


def participation_page(at: AtParticipation, form: ClaimForm) -> HttpResponse:
    found = at.participation
    dispute = getattr(found, "dispute", None)
    context: dict[str, Any] = {
        "title": at.text.title,
        "status": (DISCS[found.state], state_words(at)),
        "next": next_words(at),
        "help": help_for(at),
        "steps": steps_of(at),
        "deeds": deeds_open(found, at.now),
        "may_sign": may_sign(at),
        "earns": _earns(at),
        "length": minutes_words(found.confirmed or found.minutes or at.shift.minutes),
        "per": per_unit(found.unit),
        "when": when_words(at.shift),
        "dispute": dispute,
        "offered_by": offered_by(found, dispute) if dispute else "",
        "told": minutes_words(found.minutes) if found.minutes else "",
        "messages_about": at.shift.messages.select_related(
            "author__person_details", "author__organisation_details"
        ),
        "receipt_url": _receipt(at),
        "activity_url": reverse("activity", args=[at.activity.ref])
        if at.activity.state in STILL_THERE
        else "",
        "lacks_certificate": found.state == _S.SIGNED_UP and lacks_certificate(at.shift, found.person),
        "takes_url": _free_place(at),
        "form": form,
    }
    return at.show("participation", at.crumbs(), **context)


def _earns(at: AtParticipation) -> str:
    """What stands above the sum; nothing of what came to nothing."""
    state = at.participation.state
    if state in WITHOUT_COINS:
        return ""
    if state == _S.PAID:
        return _("You received")
    if state in OF_PAYMENT:
        return _("You get")
    if state == _S.DISPUTED:
        return _("It is about")
    return _("You would earn") if state == _S.WAITING else _("You earn")


def _free_place(at: AtParticipation) -> str:
    """Where who waits takes a place that came free."""
    if not at.free_place:
        return ""
    address = reverse("sign_up", args=[at.shift.ref])
    return f"{address}?who={at.participation.person.uuid}" if at.is_guardian else address


def _receipt(at: AtParticipation) -> str:
    """The receipt of the payment, on the wallet of the participant; the pages of the wallet are of a floor above."""
    paid = at.participation.transfer
    if paid is None or at.is_guardian:
        return ""
    try:
        return reverse("receipt", args=[paid.payee.address, receipt_number(paid.pk)])
    except NoReverseMatch:
        return ""
