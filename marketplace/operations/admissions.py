"""Organisations on a market: they ask, the board looks and decides, and what was decided runs out or is ended.

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
from core.refusals import NotAllowed, Refusal
from ledger.kinds import AccountKind, AccountState
from ledger.operations import open_account
from ledger.queries import accounts_of
from core.states import transition
from marketplace.models import Admission
from marketplace.operations.deciding import impartial_member, words_of
from marketplace.operations.words import check_words
from marketplace.states import AdmissionState
from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.permissions import acting_person, check
from people.models import Party
from people.permissions import may_manage
from people.roles import RESIDENTS_OWN

NAMESPACE = UUID("5f3f4a0a-6c0d-5f9e-9b61-0c5a2a6d8e51")
LONGEST: Final = 1000
LONGEST_INSURANCE: Final = 200
LONGEST_REASON: Final = 500
FURTHEST: Final = timedelta(days=2 * 366)
"""An admission is looked at again after two years at the latest: people and insurances change."""

on_decided: list[Callable[[Admission, str], None]] = []
"""Called in the transaction in which something was decided about an organisation, with the reason that was given."""


class NotForThis(Refusal):
    """Residents take part by living there, the municipality and the neighbourhood by what they are."""

    code = "admission_not_for_this"
    sentence = _("Only organisations ask for this. Residents take part by themselves.")
    field = "organisation"


class NoTradeNumber(Refusal):
    """A company stands in the trade register."""

    code = "admission_no_trade_number"
    sentence = _("First fill in the KvK number of this company, at its details.")
    field = "organisation"


class AlreadyAsked(Refusal):
    """One at a time."""

    code = "admission_already_asked"
    sentence = _("This organisation is admitted already, or has asked for it.")
    field = "organisation"


class AboutMissing(Refusal):
    """The board must know what comes on its market."""

    code = "admission_about_missing"
    sentence = _("Write down what you want to offer or ask, in no more than 1000 characters.")
    field = "about"


class DisplacementMissing(Refusal):
    """Coins may not take away paid work, so the question is answered."""

    code = "admission_displacement_missing"
    sentence = _("Write down whose paid work this is or was, in no more than 1000 characters.")
    field = "displacement"


class InsuranceUnclear(Refusal):
    """An insurance has a name and a last day that is still to come."""

    code = "admission_insurance_unclear"
    sentence = _("Write down the insurance and its last day, which has not passed. Or leave both empty.")
    field = "insurance"


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


def request_admission(
    *,
    neighbourhood: Neighbourhood,
    organisation: Party,
    about: str,
    displacement: str,
    insurance: str = "",
    insured_until_on: date | None = None,
    key: UUID,
    actor: Actor,
    at: datetime,
) -> Admission:
    """This will ask the board to let an organisation on the market. The same key again gives the same request.

    :raises NotAllowed: to who is no owner of it.
    :raises NotForThis, NoTradeNumber, AlreadyAsked: when it cannot ask this.
    :raises AboutMissing, DisplacementMissing, InsuranceUnclear, BlockedWord, ReservedName: about what was written.
    :raises FormUsed: when the form was another's.
    """
    person = _owner(actor, organisation, at)
    told = {
        "about": words_of(about, LONGEST, AboutMissing()),
        "displacement": words_of(displacement, LONGEST, DisplacementMissing()),
        **_insurance(insurance, insured_until_on, day_of(at)),
    }
    _check_may_ask(organisation)
    check_words(
        neighbourhood, *(str(one) for one in told.values()), title=organisation.display_name, party=organisation
    )  # fmt: skip
    with transaction.atomic():
        # Two owners who ask at the same moment: the second sees the request of the first.
        Party.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        if same := Admission.objects.filter(key=key).first():
            return _own(same, neighbourhood, organisation, person)
        if _running(neighbourhood, organisation):
            raise AlreadyAsked
        made = Admission.objects.create(
            neighbourhood=neighbourhood, organisation=organisation, requested_by_id=person.canonical_id,
            requested_at=at, key=key, **told,
        )  # fmt: skip
        record(
            "admission.request", subject=made, actor=actor, at=at, about=[organisation, made.requested_by],
            after=made.state,
        )  # fmt: skip
    return made


def withdraw_admission(*, admission: Admission, actor: Actor, at: datetime) -> None:
    """The organisation takes its request back.

    :raises NotAllowed: to who is no owner of it.
    :raises MoveRefused: when the board decided already.
    """
    _owner(actor, admission.organisation, at)
    transition(admission, "withdraw", actor=actor, at=at, about=_about(admission))


def tell_insurance(
    *, admission: Admission, insurance: str, insured_until_on: date | None, actor: Actor, at: datetime
) -> None:
    """The organisation tells how it is insured, and until when. The board sees it.

    :raises NotAllowed: to who is no owner of it.
    :raises InsuranceUnclear: without a last day, or with one that has passed.
    :raises NotRunning: when the request or the admission is over.
    """
    _owner(actor, admission.organisation, at)
    told = _insurance(insurance, insured_until_on, day_of(at))
    check_words(admission.neighbourhood, insurance, party=admission.organisation)
    with transaction.atomic():
        _locked(admission, AdmissionState.REQUESTED, AdmissionState.ADMITTED)
        Admission.objects.filter(pk=admission.pk).update(**told)
        record("admission.insure", subject=admission, actor=actor, at=at, about=_about(admission))
    admission.refresh_from_db(fields=["insurance", "insured_until_on"])


def admit(
    *, admission: Admission, checks: str, until_on: date, in_area: bool = True, actor: Actor, at: datetime
) -> None:
    """This will let an organisation on the market up to and including a day, and give it an account in the coin when it
    has none. `in_area`: whether it lies in the area of the neighbourhood. The account is not paid out in euros: that is
    for the finance desk to say.

    :raises NotAllowed, OwnMatter: to who does not decide on it.
    :raises ChecksMissing, LastDayImpossible: about what was written.
    :raises MoveRefused: when it is decided already, or taken back.
    """
    member = impartial_member(actor, admission.neighbourhood, admission.organisation, at=at)
    looked_at = words_of(checks, LONGEST, ChecksMissing())
    _check_last_day(until_on, day_of(at))
    with transaction.atomic():
        Party.objects.select_for_update(no_key=True).get(pk=admission.organisation_id)
        decided = {"checks": looked_at, "until_on": until_on, "decided_by_id": member.canonical_id, "decided_at": at}
        transition(admission, "admit", actor=actor, at=at, about=_about(admission), along=decided)
        _see_to_account(admission, in_area=in_area, actor=actor, at=at)
        _tell(admission)


def prolong(*, admission: Admission, checks: str, until_on: date, actor: Actor, at: datetime) -> None:
    """The board looked again, and lets an organisation stay longer, or shorter.

    :raises NotAllowed, OwnMatter, ChecksMissing, LastDayImpossible: as `admit`.
    :raises NotRunning: when it is not admitted.
    """
    member = impartial_member(actor, admission.neighbourhood, admission.organisation, at=at)
    looked_at = words_of(checks, LONGEST, ChecksMissing())
    _check_last_day(until_on, day_of(at))
    with transaction.atomic():
        _locked(admission, AdmissionState.ADMITTED)
        Admission.objects.filter(pk=admission.pk).update(
            checks=looked_at, until_on=until_on, decided_by=member.canonical_id, decided_at=at
        )
        record(
            "admission.prolong", subject=admission, actor=actor, at=at, about=_about(admission), after=str(until_on)
        )  # fmt: skip
        admission.refresh_from_db()
        _tell(admission)


def refuse_admission(*, admission: Admission, reason: str, actor: Actor, at: datetime) -> None:
    """The board does not let an organisation on its market, and says why.

    :raises NotAllowed, OwnMatter: to who does not decide on it.
    :raises WhyMissing: without a reason.
    :raises MoveRefused: when it is decided already, or taken back.
    """
    _close(admission, "refuse", reason, actor, at)


def end_admission(*, admission: Admission, reason: str, actor: Actor, at: datetime) -> None:
    """The board sends an organisation off its market, and says why. What it has there is paused; orders go on.

    :raises NotAllowed, OwnMatter: to who does not decide on it.
    :raises WhyMissing: without a reason.
    :raises MoveRefused: when it is not admitted.
    """
    _close(admission, "end", reason, actor, at)


class NotRunning(Refusal):
    """There is nothing to change any more."""

    code = "admission_not_running"
    sentence = _("This admission is over. The organisation can ask anew.")


def _close(admission: Admission, event: str, reason: str, actor: Actor, at: datetime) -> None:
    member = impartial_member(actor, admission.neighbourhood, admission.organisation, at=at)
    why = words_of(reason, LONGEST_REASON, WhyMissing())
    decided = {"decided_by_id": member.canonical_id, "decided_at": at}
    with transaction.atomic():
        transition(admission, event, actor=actor, at=at, about=_about(admission), reason=why, along=decided)
        _tell(admission, why)


def _owner(actor: Actor, organisation: Party, at: datetime) -> Party:
    """:raises NotAllowed: to who does not manage this organisation."""
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    check(may_manage(person, organisation, day_of(at)))
    return person


def _check_may_ask(organisation: Party) -> None:
    if organisation.kind not in RESIDENTS_OWN:
        raise NotForThis
    details = organisation.details
    if organisation.kind == "COMPANY" and not getattr(details, "kvk_number", ""):
        raise NoTradeNumber


def _insurance(insurance: str, until: date | None, today: date) -> dict[str, str | date | None]:
    told = insurance.strip()
    if len(told) > LONGEST_INSURANCE or bool(told) != bool(until) or (until is not None and until < today):
        raise InsuranceUnclear
    return {"insurance": told, "insured_until_on": until}


def _check_last_day(until_on: date, today: date) -> None:
    if not today <= until_on <= today + FURTHEST:
        raise LastDayImpossible


def _running(neighbourhood: Neighbourhood, organisation: Party) -> bool:
    asked = Admission.objects.filter(neighbourhood=neighbourhood, organisation=organisation)
    return asked.filter(state__in=[AdmissionState.REQUESTED, AdmissionState.ADMITTED]).exists()


def _own(same: Admission, neighbourhood: Neighbourhood, organisation: Party, person: Party) -> Admission:
    theirs = (same.neighbourhood_id, same.organisation_id, same.requested_by.canonical_id)
    if theirs != (neighbourhood.pk, organisation.pk, person.canonical_id):
        raise FormUsed
    return same


def _locked(admission: Admission, *states: str) -> Admission:
    """:raises NotRunning: when it is in none of these states."""
    found = Admission.objects.select_for_update(no_key=True).get(pk=admission.pk)
    if found.state not in states:
        raise NotRunning
    return found


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


def _about(admission: Admission) -> tuple[Party, ...]:
    return (admission.organisation, admission.requested_by)


def _tell(admission: Admission, reason: str = "") -> None:
    for told in on_decided:
        told(admission, reason)
