"""Questions about persons and their offices. A person who is known twice is one person in every answer."""

from __future__ import annotations

from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from people.models import Invitation, Mandate, Party, PartyKind, Role, User

NAMES = ("principal__organisation_details", "principal__person_details")
HOLDERS = ("person__person_details",)


def canonical(person: Party) -> Party:
    """The person that counts: the one that this number is linked to, or itself."""
    return person.same_person_as or person


def numbers_of(person: Party) -> QuerySet[Party]:
    """All numbers under which this person is known, the canonical one among them."""
    return Party.objects.filter(
        Q(pk=person.canonical_id) | Q(same_person_as_id=person.canonical_id)
    ).order_by("pk")


def is_same_person(one: Party, other: Party) -> bool:
    return one.canonical_id == other.canonical_id


def mandates_of(person: Party, on: date) -> QuerySet[Mandate]:
    """The offices that a person holds on a day, with the parties they are held for."""
    return (
        Mandate.objects.in_force(on)
        .held_by(person)
        .select_related("principal", *NAMES)
        .order_by("principal_id", "pk")
    )


def principals_of(person: Party, on: date) -> QuerySet[Party]:
    """The parties that a person may act for on a day, each once, without the person itself."""
    held = Mandate.objects.in_force(on).held_by(person)
    return Party.objects.filter(pk__in=held.values("principal_id")).with_names().order_by("pk")


def mandates_for(principal: Party) -> QuerySet[Mandate]:
    """Every office ever held for a party, newest first, with who holds it."""
    return (
        Mandate.objects.filter(principal=principal)
        .select_related("person", *HOLDERS)
        .order_by("-from_on", "-pk")
    )


def household_of(person: Party, on: date, *, besides: Party | None = None) -> Party | None:
    """The household that a person belongs to on a day, not counting one of them."""
    held = Mandate.objects.in_force(on).held_by(person).filter(
        principal__kind=PartyKind.HOUSEHOLD, role__in=[Role.OWNER, Role.MEMBER]
    )  # fmt: skip
    if besides is not None:
        held = held.exclude(principal=besides)
    return Party.objects.filter(pk__in=held.values("principal_id")).with_names().order_by("pk").first()


def open_invitations_of(principal: Party, at: datetime) -> QuerySet[Invitation]:
    """Invitations that nobody answered yet, as whoever sent them sees them: the address that was typed, no name."""
    return Invitation.objects.open(at).filter(principal=principal).order_by("pk")


def invitations_to(user: User, at: datetime) -> QuerySet[Invitation]:
    """Invitations to an address of which this login proved that it is theirs."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).values("email")
    return (
        Invitation.objects.open(at)
        .filter(email__in=addresses)
        .select_related("principal", "invited_by__person_details", *NAMES)
        .order_by("pk")
    )
