"""Somebody asks to be enrolled in a neighbourhood; the request is withdrawn or refused."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from stdnum.nl import postcode as dutch_postcode

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import Attestation, Neighbourhood, Residency
from neighbourhoods.operations.residency.leave import forget_address
from neighbourhoods.permissions import check, is_self, may_serve
from neighbourhoods.queries.residency import request_of, residency_of
from people.models import Party
from people.validators import validate_postcode

# From so many days before the last day a resident may ask anew, so that nobody loses a vote by a letter in the post.
RENEWAL = timedelta(days=60)


class AlreadyRequested(Refusal):
    """One request at a time: also under a second number."""

    code = "already_requested"
    sentence = _("You already asked to be enrolled in %(neighbourhood)s. Withdraw that request first.")


class AlreadyResident(Refusal):
    """The person lives there already, and not in the last weeks of the residency."""

    code = "already_resident"
    sentence = _("You are already enrolled in %(neighbourhood)s.")
    field = "neighbourhood"


class PostcodeRefused(Refusal):
    """Not a Dutch postcode."""

    code = "postcode"
    sentence = _("A postcode has four digits and two letters, for example 1234 AB.")
    field = "postcode"


class AddressIncomplete(Refusal):
    """A letter needs a whole address."""

    code = "address_incomplete"
    sentence = _("Enter your street, house number, postcode and town.")
    field = "street"


class FormUsed(Refusal):
    """The form's key belongs to the request of somebody else."""

    code = "form_used"
    sentence = _("This form is out of date. Open the page again.")


class ReasonMissing(Refusal):
    """Whoever is refused may know why."""

    code = "reason_missing"
    sentence = _("Write down why.")
    field = "reason"


def request_residency(
    *,
    person: Party,
    neighbourhood: Neighbourhood,
    attestation: str,
    street: str,
    house_number: str,
    postcode: str,
    town: str,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
) -> Residency:
    """Ask to be enrolled. The same key again returns the request that it made.

    :raises AlreadyRequested: when a request is open, in whichever neighbourhood.
    :raises AlreadyResident: when the person lives there and the residency does not end soon.
    :raises PostcodeRefused: when the postcode cannot be one.
    :raises AddressIncomplete: when a part of the address is missing.
    :raises NotAllowed: to anybody but the person and a clerk of the municipality.
    """
    check(is_self(actor, person) or may_serve(actor, neighbourhood.municipality, day_of(at)))
    address = _address(street=street, house_number=house_number, postcode=postcode, town=town)
    with transaction.atomic():
        canonical = Party.objects.select_for_update(no_key=True).get(pk=person.canonical_id)
        made = _made_before(key, canonical)
        if made:
            return made
        _check_free(canonical, neighbourhood, at)
        residency = _write(
            Residency(
                person=canonical, neighbourhood=neighbourhood, attestation=Attestation(attestation),
                requested_at=at, key=key, **address,
            )
        )  # fmt: skip
        record(
            "residency.request",
            subject=residency,
            actor=actor,
            at=at,
            about=[canonical],
            after=residency.state,
        )
    return residency


def withdraw_request(*, residency: Residency, actor: Actor, at: datetime) -> Residency:
    """The person does not want it any more. The address goes at once.

    :raises MoveRefused: when it was dealt with already.
    :raises NotYours: to anybody but the person.
    """
    return _close(residency, "withdraw", actor=actor, at=at)


def refuse_request(*, residency: Residency, reason: str, actor: Actor, at: datetime) -> Residency:
    """A clerk does not enrol this person, and says why. The address goes at once.

    :raises ReasonMissing: without a reason.
    :raises NotAllowed: to anybody but a clerk of the municipality.
    :raises OwnMatter: to the person itself.
    :raises MoveRefused: when it was dealt with already.
    """
    if not reason.strip():
        raise ReasonMissing
    check(may_serve(actor, residency.neighbourhood.municipality, day_of(at)))
    return _close(residency, "refuse", actor=actor, at=at, reason=reason.strip())


def _close(residency: Residency, event: str, *, actor: Actor, at: datetime, reason: str = "") -> Residency:
    with transaction.atomic():
        transition(residency, event, actor=actor, at=at, about=(residency.person,), reason=reason)
        forget_address(residency, at=at)
    residency.refresh_from_db()
    return residency


def _address(*, street: str, house_number: str, postcode: str, town: str) -> dict[str, str]:
    """The address as it is kept: "1234ab" becomes "1234 AB"."""
    try:
        validate_postcode(postcode)
    except ValidationError as error:
        raise PostcodeRefused from error
    address = {"street": street.strip(), "house_number": house_number.strip(), "town": town.strip()}
    if not all(address.values()):
        raise AddressIncomplete
    return {**address, "postcode": dutch_postcode.validate(postcode)}


def _made_before(key: uuid.UUID, person: Party) -> Residency | None:
    made = Residency.objects.filter(key=key).select_related("person", "neighbourhood").first()
    if made and made.person_id != person.pk:
        raise FormUsed
    return made


def _check_free(person: Party, neighbourhood: Neighbourhood, at: datetime) -> None:
    asked = request_of(person)
    if asked:
        raise AlreadyRequested(neighbourhood=asked.neighbourhood.name)
    lives = residency_of(person)
    if lives and lives.neighbourhood_id == neighbourhood.pk and not _ends_soon(lives, at):
        raise AlreadyResident(neighbourhood=neighbourhood.name)


def _ends_soon(residency: Residency, at: datetime) -> bool:
    return residency.until_on is not None and residency.until_on - day_of(at) <= RENEWAL


def _write(residency: Residency) -> Residency:
    """Two forms at the same moment: the database lets one pass, the other hears the same sentence."""
    try:
        with transaction.atomic():
            residency.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyRequested(neighbourhood=residency.neighbourhood.name) from error
    return residency
