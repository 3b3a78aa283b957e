from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command

from core.actor import Actor
from core.audit import lines_about
from people.models import Invitation, Party, PartyKind, Role, User
from people.operations import persons
from people.operations.invitations import invite
from people.operations.unproven import forget_unverified
from tests.factories.people import actor, mandate, organisation

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


@pytest.mark.parametrize("born_on", [date(1899, 12, 31), date(2026, 3, 3)])
def test_nobody_was_born_before_1900_or_tomorrow(ann: User, born_on: date) -> None:
    with pytest.raises(persons.BornThen) as refused:
        persons.add_person(given_name="Kim", family_name="", born_on=born_on, actor=SYSTEM, at=AT)

    assert (refused.value.field, Party.objects.filter(person_details__given_name="Kim").exists()) == (
        "born_on",
        False,
    )


def sign_up(name: str, at: datetime = AT) -> User:
    return persons.register_person(
        email="dirk@example.org", given_name=name, family_name="", actor=SYSTEM, at=at
    )


def test_a_sign_up_that_nobody_proved_is_forgotten_after_three_days(ann: User) -> None:
    person = sign_up("Dirk").person
    host = organisation("Bakery", owner=ann)
    sent = invite(principal=host, email="dirk@example.org", role=Role.OPERATOR, actor=actor(ann), at=AT)

    assert forget_unverified(actor=SYSTEM, at=AT + timedelta(days=3)) == 0
    assert forget_unverified(actor=SYSTEM, at=AT + timedelta(days=3, seconds=1)) == 1

    person.refresh_from_db()
    assert (person.erased_at is not None, person.person_details.full_name) == (True, "")
    assert list(User.objects.all()) == [ann]
    assert not EmailAddress.objects.filter(email="dirk@example.org").exists()
    assert list(Invitation.objects.all()) == [sent]


def test_whoever_proved_signed_in_or_is_pointed_at_is_not_forgotten(ann: User) -> None:
    late = AT + timedelta(days=30)
    user = sign_up("Dirk")
    office = mandate(person=user, principal=organisation("Bakery", owner=ann), role=Role.OPERATOR)
    assert forget_unverified(actor=SYSTEM, at=late) == 0

    office.delete()
    User.objects.filter(pk=user.pk).update(last_login=AT)
    assert forget_unverified(actor=SYSTEM, at=late) == 0

    User.objects.filter(pk=user.pk).update(last_login=None)
    EmailAddress.objects.filter(user=user).update(verified=True)
    assert forget_unverified(actor=SYSTEM, at=late) == 0
    EmailAddress.objects.filter(user=user).update(verified=False)
    assert forget_unverified(actor=SYSTEM, at=late) == 1


def test_the_newcomer_s_name_counts_when_the_first_never_proved_the_address(db: None) -> None:
    first = sign_up("Trap").person

    dirk = sign_up("Dirk", AT + timedelta(hours=1))

    first.refresh_from_db()
    assert (User.objects.get(), dirk.person.display_name) == (dirk, "Dirk")
    assert first.erased_at == AT + timedelta(hours=1)


def test_the_nightly_command_says_what_it_forgot(db: None) -> None:
    sign_up("Dirk")
    out = StringIO()

    call_command("forget_unverified", stdout=out)

    assert out.getvalue() == "1 sign-ups and 0 invitations forgotten.\n"
