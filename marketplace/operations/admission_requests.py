"""Organisations that want to take part in a market: what they ask the board, and what they tell it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import transition
from marketplace.models import Admission
from marketplace.operations.words import check_words
from marketplace.operations.written import words_of
from marketplace.states import AdmissionState
from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.permissions import acting_person, check
from people.models import Party, PartyKind
from people.permissions import may_manage
from people.roles import RESIDENTS_OWN

LONGEST: Final = 1000
LONGEST_INSURANCE: Final = 200


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


class NotRunning(Refusal):
    """There is nothing to change any more."""

    code = "admission_not_running"
    sentence = _("This admission is over. The organisation can ask anew.")


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
    :raises AboutMissing, DisplacementMissing, InsuranceUnclear, BlockedWord: about what was written.
    :raises FormUsed: when the form was another's.
    """
    person = _owner(actor, organisation, at)
    told = {
        "about": words_of(about, LONGEST, AboutMissing()),
        "displacement": words_of(displacement, LONGEST, DisplacementMissing()),
        **_insurance(insurance, insured_until_on, day_of(at)),
    }
    _check_may_ask(organisation)
    check_words(neighbourhood, about, displacement, insurance, party=organisation)
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
    transition(admission, "withdraw", actor=actor, at=at, about=parties_of(admission))


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
        locked(admission, AdmissionState.REQUESTED, AdmissionState.ADMITTED)
        Admission.objects.filter(pk=admission.pk).update(**told)
        record("admission.insure", subject=admission, actor=actor, at=at, about=parties_of(admission))
    admission.refresh_from_db(fields=["insurance", "insured_until_on"])


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
    if organisation.kind == PartyKind.COMPANY and not getattr(details, "kvk_number", ""):
        raise NoTradeNumber


def _insurance(insurance: str, until: date | None, today: date) -> dict[str, str | date | None]:
    told = insurance.strip()
    if len(told) > LONGEST_INSURANCE or bool(told) != bool(until) or (until is not None and until < today):
        raise InsuranceUnclear
    return {"insurance": told, "insured_until_on": until}


def _running(neighbourhood: Neighbourhood, organisation: Party) -> bool:
    asked = Admission.objects.filter(neighbourhood=neighbourhood, organisation=organisation)
    return asked.filter(state__in=[AdmissionState.REQUESTED, AdmissionState.ADMITTED]).exists()


def _own(same: Admission, neighbourhood: Neighbourhood, organisation: Party, person: Party) -> Admission:
    theirs = (same.neighbourhood_id, same.organisation_id, same.requested_by.canonical_id)
    if theirs != (neighbourhood.pk, organisation.pk, person.canonical_id):
        raise FormUsed
    return same


def locked(admission: Admission, *states: str) -> Admission:
    """:raises NotRunning: when it is in none of these states."""
    found = Admission.objects.select_for_update(no_key=True).get(pk=admission.pk)
    if found.state not in states:
        raise NotRunning
    return found


def parties_of(admission: Admission) -> tuple[Party, ...]:
    return (admission.organisation, admission.requested_by)
