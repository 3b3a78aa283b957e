"""Organisations on a market: the board looks and lets them in, and what it decided runs out or is ended.

Being admitted comes with an account in the coin of the neighbourhood: without one there is nothing to buy or sell with.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from ledger.kinds import AccountKind, AccountState
from ledger.operations import open_account
from ledger.queries import accounts_of
from marketplace.models import Admission, Offer
from marketplace.operations.admission_requests import (
    LONGEST,
    AboutMissing,
    AlreadyAsked,
    DisplacementMissing,
    InsuranceUnclear,
    NotForThis,
    NoTradeNumber,
    NotRunning,
    locked,
    parties_of,
    request_admission,
    tell_insurance,
    withdraw_admission,
)
from marketplace.operations.doors import judge_of
from marketplace.operations.standing import locked as locked_offer
from marketplace.operations.written import words_of
from marketplace.states import AdmissionState, OfferState
from people.models import Party

__all__ = [
    "AboutMissing", "AlreadyAsked", "ChecksMissing", "DisplacementMissing", "InsuranceUnclear", "LastDayImpossible",
    "NoTradeNumber", "NotForThis", "NotRunning", "WhyMissing", "admit", "end_admission", "on_decided", "prolong",
    "refuse_admission", "request_admission", "tell_insurance", "withdraw_admission",
]  # fmt: skip

NAMESPACE = UUID("5f3f4a0a-6c0d-5f9e-9b61-0c5a2a6d8e51")
LONGEST_REASON: Final = 500
# An admission is looked at again after two years at the latest: people and insurances change.
FURTHEST: Final = timedelta(days=2 * 366)

Hear = Callable[[Admission, date], None]
_hearers: list[Hear] = []


def on_decided(function: Hear) -> Hear:
    """Have a function called in the transaction in which something is decided about one, with the day."""
    if function not in _hearers:
        _hearers.append(function)
    return function


class ChecksMissing(Refusal):
    """Nobody is let in without a look."""

    code = "admission_checks_missing"
    sentence = _("Write down what you checked, in no more than 1000 characters.")
    field = "checks"


class LastDayImpossible(Refusal):
    """An admission lasts from today to at most two years."""

    code = "admission_last_day"
    sentence = _("Choose a last day from today on, and within two years.")
    field = "until_on"


class WhyMissing(Refusal):
    """Whoever is not let in, or not any more, may know why."""

    code = "admission_reason_missing"
    sentence = _("Write down why, in no more than 500 characters. The organisation reads it.")
    field = "reason"


def admit(
    *, admission: Admission, checks: str, until_on: date, in_area: bool = True, actor: Actor, at: datetime
) -> None:
    """This will let an organisation on the market up to and including a day, and give it an account in the coin when it
    has none. `in_area`: whether it lies in the area of the neighbourhood. The account is not paid out in euros: that is
    for the finance desk to say.

    :raises BoardOnly, OwnMatter: to who does not decide on it.
    :raises ChecksMissing, LastDayImpossible: about what was written.
    :raises MoveRefused: when it is decided already, or taken back.
    """
    member = judge_of(actor, admission.neighbourhood, admission.organisation, at)
    looked_at = words_of(checks, LONGEST, ChecksMissing())
    _check_last_day(until_on, day_of(at))
    with transaction.atomic():
        Party.objects.select_for_update(no_key=True).get(pk=admission.organisation_id)
        decided = {
            "checks": looked_at,
            "until_on": until_on,
            "decided_by_id": member.canonical_id,
            "decided_at": at,
        }
        transition(admission, "admit", actor=actor, at=at, about=parties_of(admission), along=decided)
        _see_to_account(admission, in_area=in_area, actor=actor, at=at)
        tell(admission, day_of(at))


def prolong(*, admission: Admission, checks: str, until_on: date, actor: Actor, at: datetime) -> None:
    """The board looked again, and lets an organisation stay longer, or shorter.

    :raises BoardOnly, OwnMatter, ChecksMissing, LastDayImpossible: as `admit`.
    :raises NotRunning: when it is not admitted.
    """
    member = judge_of(actor, admission.neighbourhood, admission.organisation, at)
    looked_at = words_of(checks, LONGEST, ChecksMissing())
    _check_last_day(until_on, day_of(at))
    with transaction.atomic():
        locked(admission, AdmissionState.ADMITTED)
        Admission.objects.filter(pk=admission.pk).update(
            checks=looked_at, until_on=until_on, decided_by=member.canonical_id, decided_at=at
        )
        record(
            "admission.prolong", subject=admission, actor=actor, at=at, about=parties_of(admission), after=str(until_on)
        )  # fmt: skip
        admission.refresh_from_db()
        tell(admission, day_of(at))


def refuse_admission(*, admission: Admission, reason: str, actor: Actor, at: datetime) -> None:
    """The board does not let an organisation on its market, and says why.

    :raises BoardOnly, OwnMatter: to who does not decide on it.
    :raises WhyMissing: without a reason.
    :raises MoveRefused: when it is decided already, or taken back.
    """
    _close(admission, "refuse", reason, actor, at)


def end_admission(*, admission: Admission, reason: str, actor: Actor, at: datetime) -> None:
    """The board sends an organisation off its market, and says why. What it has there is paused; orders go on.

    :raises BoardOnly, OwnMatter: to who does not decide on it.
    :raises WhyMissing: without a reason.
    :raises MoveRefused: when it is not admitted.
    """
    _close(admission, "end", reason, actor, at)


def _close(admission: Admission, event: str, reason: str, actor: Actor, at: datetime) -> None:
    member = judge_of(actor, admission.neighbourhood, admission.organisation, at)
    why = words_of(reason, LONGEST_REASON, WhyMissing())
    decided = {"decided_by_id": member.canonical_id, "decided_at": at}
    with transaction.atomic():
        transition(
            admission, event, actor=actor, at=at, about=parties_of(admission), reason=why, along=decided
        )
        off_the_market(admission, at)
        tell(admission, day_of(at))


def _check_last_day(until_on: date, today: date) -> None:
    if not today <= until_on <= today + FURTHEST:
        raise LastDayImpossible


def _see_to_account(admission: Admission, *, in_area: bool, actor: Actor, at: datetime) -> None:
    """Under the lock of the organisation: of two neighbourhoods' boards at once each sees what the other opened."""
    coin, organisation = admission.neighbourhood.coin, admission.organisation
    theirs = accounts_of(organisation).filter(coin=coin, kind=AccountKind.HOLDER)
    closed = theirs.filter(state=AccountState.CLOSED).count()
    if theirs.count() > closed:
        return
    open_account(
        coin=coin, kind=AccountKind.HOLDER, holder=organisation, holder_kind=organisation.kind,
        key=uuid5(NAMESPACE, f"{coin.pk} {organisation.pk} {closed}"), actor=actor, at=at, in_area=in_area,
        may_redeem=False,
    )  # fmt: skip


def tell(admission: Admission, on: date) -> None:
    for hear in _hearers:
        hear(admission, on)


def off_the_market(admission: Admission, at: datetime) -> None:
    """What an organisation has on a market is paused when it has no place there any more. Nobody chose that for the
    offer itself, so the system does it, and the mail about the admission tells of it. Orders go on."""
    theirs = Offer.objects.filter(neighbourhood=admission.neighbourhood, provider=admission.organisation)
    for pk in theirs.filter(state=OfferState.PUBLISHED).order_by("pk").values_list("pk", flat=True):
        offer = locked_offer(Offer(pk=pk))
        if offer.state == OfferState.PUBLISHED:
            transition(offer, "pause", actor=Actor.system(), at=at, about=(offer.provider,))
