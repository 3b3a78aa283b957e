"""What a clerk does for a person who stands at the desk."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from neighbourhoods.models import Attestation, Neighbourhood, Residency
from neighbourhoods.operations.residency import request_residency
from neighbourhoods.permissions import check, is_self, may_serve, may_serve_person
from neighbourhoods.queries.residency import residency_of
from people.models import Party
from people.operations.hooks import keeps_birthday
from people.operations.persons import add_person, correct_birthday


def enrol_at_desk(
    *,
    given_name: str,
    family_name: str,
    born_on: date,
    language: str,
    neighbourhood: Neighbourhood,
    street: str,
    house_number: str,
    postcode: str,
    town: str,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
) -> Residency:
    """Make a person known who has no login, and ask for them to be enrolled. The same key again makes nobody twice.

    Whether they live there is said apart, by `attest_at_desk`, after the clerk has seen who it is.

    :raises NotAllowed: to anybody but a clerk of the municipality.
    :raises NameMissing: without a name.
    :raises PostcodeRefused: when the postcode cannot be one.
    """
    check(may_serve(actor, neighbourhood.municipality, day_of(at)))
    with transaction.atomic():
        # The second of two equal forms waits here for the first.
        Party.objects.select_for_update(no_key=True).get(pk=neighbourhood.party_id)
        made = Residency.objects.filter(
            key=key, neighbourhood__municipality=neighbourhood.municipality
        ).first()
        if made:
            return made
        person = add_person(
            given_name=given_name,
            family_name=family_name,
            born_on=born_on,
            language=language,
            actor=actor,
            at=at,
        )
        return request_residency(
            person=person, neighbourhood=neighbourhood, attestation=Attestation.CLERK, street=street,
            house_number=house_number, postcode=postcode, town=town, key=key, actor=actor, at=at,
        )  # fmt: skip


def correct_birthday_at_desk(
    *, person: Party, born_on: date, reason: str, actor: Actor, at: datetime
) -> None:
    """Write down another date of birth of somebody whose papers the clerk has seen.

    :raises NotAllowed: when the municipality does not know this person, or it is the clerk.
    :raises BornThen: for a day in the future, or before 1900. :raises PersonErased: of who was forgotten.
    """
    check(may_serve_person(actor, person, day_of(at)) and not is_self(actor, person))
    correct_birthday(party=person, born_on=born_on, reason=reason, actor=actor, at=at)


@keeps_birthday
def is_known_at_desk(person: Party) -> bool:
    """Of who lives somewhere the municipality knows when they were born: a clerk changes it."""
    return residency_of(person) is not None


def note_reading(*, persons: list[Party], actor: Actor, at: datetime) -> None:
    """Write down that a clerk has looked at what is known of these people, who can see that for themselves."""
    with transaction.atomic():
        for person in persons:
            record("person.viewed", subject=person, actor=actor, at=at, about=[person])
