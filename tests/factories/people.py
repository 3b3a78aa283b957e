"""Persons, organisations and mandates for tests.

`person("Ann")` gives a login with the person behind it and a verified e-mail address; `child("Kim")` a person
without a login; `organisation("Bakery")` a company that may have an owner; `mandate(...)` an office.
The factory_boy classes beneath write the same rows, for who needs many or needs them crooked.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import factory
from allauth.account.models import EmailAddress

from core.actor import Actor
from people.models import Mandate, OrganisationDetails, Party, PartyKind, PersonDetails, Role, User

LONG_AGO = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
LONG_AGO_ON = date(2026, 1, 1)


class PersonDetailsFactory(factory.django.DjangoModelFactory[PersonDetails]):
    class Meta:
        model = PersonDetails

    given_name = factory.Sequence(lambda number: f"Person{number}")
    family_name = "de Vries"


class OrganisationDetailsFactory(factory.django.DjangoModelFactory[OrganisationDetails]):
    class Meta:
        model = OrganisationDetails

    name = factory.Sequence(lambda number: f"Organisation {number}")


class PartyFactory(factory.django.DjangoModelFactory[Party]):
    """A person, unless a trait says otherwise: PartyFactory(company=True, organisation_details__name="Bakery")."""

    class Meta:
        model = Party
        skip_postgeneration_save = True

    kind = PartyKind.PERSON
    created_at = LONG_AGO

    class Params:
        household = factory.Trait(kind=PartyKind.HOUSEHOLD)
        company = factory.Trait(kind=PartyKind.COMPANY)
        association = factory.Trait(kind=PartyKind.ASSOCIATION)
        institution = factory.Trait(kind=PartyKind.INSTITUTION)
        municipality = factory.Trait(kind=PartyKind.MUNICIPALITY)
        cooperative = factory.Trait(kind=PartyKind.COOPERATIVE)
        neighbourhood = factory.Trait(kind=PartyKind.NEIGHBOURHOOD)

    @factory.post_generation
    def person_details(obj: Party, create: bool, extracted: None, **kwargs: Any) -> None:
        if create and obj.is_person:
            PersonDetailsFactory(party=obj, **kwargs)

    @factory.post_generation
    def organisation_details(obj: Party, create: bool, extracted: None, **kwargs: Any) -> None:
        if create and not obj.is_person:
            OrganisationDetailsFactory(party=obj, **kwargs)


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A login without a password, with its person and a verified e-mail address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    person = factory.SubFactory(PartyFactory)
    date_joined = LONG_AGO
    password = "!"

    class Params:
        staff = factory.Trait(is_staff=True)
        administrator = factory.Trait(is_staff=True, is_superuser=True)

    @factory.post_generation
    def verified_email(obj: User, create: bool, extracted: bool | None, **_kwargs: Any) -> None:
        if create:
            EmailAddress.objects.create(
                user=obj, email=obj.email, primary=True, verified=extracted is not False
            )


class MandateFactory(factory.django.DjangoModelFactory[Mandate]):
    class Meta:
        model = Mandate

    person = factory.SubFactory(PartyFactory)
    principal = factory.SubFactory(PartyFactory, company=True)
    role = Role.OWNER
    from_on = LONG_AGO_ON


def person(name: str = "Ann", *, email: str = "", family_name: str = "de Vries", **user: Any) -> User:
    """A login: person("Ann") is ann@example.org. Further words go to the login (is_staff=True)."""
    return UserFactory.create(
        email=email or f"{name.lower()}@example.org",
        person__person_details__given_name=name,
        person__person_details__family_name=family_name,
        **user,
    )


def child(name: str = "Kim", *, family_name: str = "de Vries", **details: Any) -> Party:
    """A person without a login."""
    details = {f"person_details__{key}": value for key, value in details.items()}
    return PartyFactory.create(
        person_details__given_name=name, person_details__family_name=family_name, **details
    )


def organisation(
    name: str = "Bakery", *, owner: User | Party | None = None, kind: str = PartyKind.COMPANY, **details: Any
) -> Party:
    """A party that is not a person, with an owner if one is given."""
    details = {f"organisation_details__{key}": value for key, value in details.items()}
    party = PartyFactory.create(kind=kind, organisation_details__name=name, **details)
    if owner is not None:
        mandate(person=owner, principal=party)
    return party


def mandate(
    *,
    person: User | Party,
    principal: Party,
    role: str = Role.OWNER,
    from_on: date = LONG_AGO_ON,
    **more: Any,
) -> Mandate:
    """An office, in force since the first of January 2026 unless said otherwise."""
    holder = person.person if isinstance(person, User) else person
    return MandateFactory.create(person=holder, principal=principal, role=role, from_on=from_on, **more)


def actor(user: User, *, principal: Party | None = None) -> Actor:
    """This login acting: for its own person, or for a party that it holds a mandate for."""
    return Actor(user=user, person=user.person, principal=principal or user.person)
