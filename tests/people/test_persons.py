from __future__ import annotations

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress

from core.actor import Actor
from core.audit import lines_about
from people.models import Party, PartyKind, User
from people.operations import persons
from tests.factories.people import actor

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SYSTEM = Actor.system()

pytestmark = pytest.mark.django_db


def test_registering_makes_a_person_and_a_login_without_a_password() -> None:
    user = persons.register_person(
        email=" Dirk@Example.org ", given_name="Dirk ", family_name="Bos", actor=SYSTEM, at=AT
    )

    assert user.email == "dirk@example.org"
    assert user.person.kind == PartyKind.PERSON
    assert user.person.display_name == "Dirk Bos"
    assert user.date_joined == AT
    assert not user.has_usable_password()
    assert list(EmailAddress.objects.values_list("email", "primary", "verified")) == [
        ("dirk@example.org", True, False)
    ]
    assert [line.event for line in lines_about(user.person)] == ["person.register"]


def test_an_address_that_is_known_is_refused_and_leaves_nothing_behind(ann: User) -> None:
    with pytest.raises(persons.EmailTaken):
        persons.register_person(
            email="ANN@example.org", given_name="Cas", family_name="", actor=SYSTEM, at=AT
        )

    assert Party.objects.count() == 1


def test_a_verified_second_address_of_somebody_is_refused_too(ann: User) -> None:
    EmailAddress.objects.create(user=ann, email="other@example.org", verified=True)

    with pytest.raises(persons.EmailTaken):
        persons.register_person(
            email="other@example.org", given_name="Cas", family_name="", actor=SYSTEM, at=AT
        )


def test_somebody_without_a_login_is_known_by_name(ann: User) -> None:
    kim = persons.add_person(given_name="Kim", family_name="", actor=actor(ann), at=AT)

    assert kim.display_name == "Kim"
    assert not User.objects.filter(person=kim).exists()


def test_a_person_without_any_name_is_refused() -> None:
    with pytest.raises(persons.NameMissing):
        persons.add_person(given_name=" ", family_name="", actor=SYSTEM, at=AT)
