from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from core.actor import Actor
from core.audit import lines_about
from people.models import Mandate, Party, PartyKind, Role, User
from people.operations import mandates
from people.permissions import holds, may_manage
from people.queries import mandates_for, mandates_of, principals_of
from tests.factories.people import actor, child, mandate, organisation, person

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
YESTERDAY = date(2026, 3, 1)


@pytest.fixture
def bakery(ann: User) -> Party:
    return organisation("Bakery", owner=ann)


def award(bakery: Party, to: User | Party, by: User, role: str = Role.OPERATOR, **more: object) -> Mandate:
    words = {"from_on": TODAY, "at": AT, **more}
    holder = to.person if isinstance(to, User) else to
    return mandates.award_mandate(person=holder, principal=bakery, role=role, actor=actor(by), **words)  # type: ignore[arg-type]


def test_an_owner_awards_an_office_and_it_is_recorded_for_both(ann: User, ben: User, bakery: Party) -> None:
    made = award(bakery, ben, ann, day_limit=5000)

    assert (made.person, made.role, made.from_on, made.day_limit) == (ben.person, Role.OPERATOR, TODAY, 5000)
    assert made.awarded_by == ann.person
    assert holds(ben.person, bakery, [Role.OPERATOR], TODAY)
    assert [line.event for line in lines_about(ben.person)] == ["mandate.award"]
    assert [line.event for line in lines_about(bakery)] == ["mandate.award"]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.FINANCE, Role.EDITOR])
def test_whoever_is_not_an_owner_awards_nothing(
    ann: User, ben: User, cas: User, bakery: Party, role: str
) -> None:
    mandate(person=ben, principal=bakery, role=role)

    with pytest.raises(mandates.NotYourMandate):
        award(bakery, cas, ben)
    with pytest.raises(mandates.NotYourMandate):
        award(bakery, ben, cas)


def test_an_owner_of_one_party_awards_nothing_for_another(ann: User, ben: User, bakery: Party) -> None:
    organisation("Garage", owner=ben)

    with pytest.raises(mandates.NotYourMandate):
        award(bakery, person("Dirk"), ben)


def test_an_ended_owner_awards_nothing(ann: User, ben: User, bakery: Party) -> None:
    mandate(person=ben, principal=bakery, until_on=YESTERDAY)

    with pytest.raises(mandates.NotYourMandate):
        award(bakery, person("Dirk"), ben)


def test_nobody_awards_an_office_to_themself_also_not_under_a_second_number(ann: User, bakery: Party) -> None:
    second = child("Ann")
    Party.objects.filter(pk=second.pk).update(same_person_as=ann.person)

    with pytest.raises(mandates.NotToYourself):
        award(bakery, ann, ann, role=Role.FINANCE)
    with pytest.raises(mandates.NotToYourself):
        award(bakery, second, ann, role=Role.FINANCE)


def test_an_owner_under_another_number_is_the_owner(ann: User, ben: User, bakery: Party) -> None:
    second = person("Anna")
    Party.objects.filter(pk=second.person_id).update(same_person_as=ann.person)
    second = User.objects.get(pk=second.pk)

    made = award(bakery, ben, second)

    assert made.awarded_by == second.person
    assert may_manage(second.person, bakery, TODAY)


def test_an_office_for_a_linked_number_is_held_by_the_person(ann: User, ben: User, bakery: Party) -> None:
    second = child("Ben")
    Party.objects.filter(pk=second.pk).update(same_person_as=ben.person)

    made = award(bakery, second, ann)

    assert made.person == ben.person
    assert holds(Party.objects.get(pk=second.pk), bakery, [Role.OPERATOR], TODAY)


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (PartyKind.COMPANY, Role.MEMBER),
        (PartyKind.COMPANY, Role.CLERK),
        (PartyKind.ASSOCIATION, Role.CASE_WORKER),
        (PartyKind.HOUSEHOLD, Role.FINANCE),
        (PartyKind.MUNICIPALITY, Role.MEMBER),
    ],
)
def test_an_office_that_does_not_fit_the_kind_of_party_is_refused(
    ann: User, ben: User, kind: str, role: str
) -> None:
    party = organisation(kind=kind, owner=ann)

    with pytest.raises(mandates.RoleDoesNotFit):
        award(party, ben, ann, role=role)


def test_a_municipality_has_clerks(ann: User, ben: User) -> None:
    town = organisation("Town", kind=PartyKind.MUNICIPALITY, owner=ann)

    assert award(town, ben, ann, role=Role.CLERK).role == Role.CLERK


def test_everybody_may_name_a_helper_for_themself(ann: User, ben: User) -> None:
    made = award(ann.person, ben, ann, role=Role.HELPER)

    assert holds(ben.person, ann.person, [Role.HELPER], TODAY)
    assert made.principal == ann.person


def test_nobody_names_a_helper_for_somebody_else(ann: User, ben: User, cas: User) -> None:
    with pytest.raises(mandates.NotYourMandate):
        award(ann.person, ben, cas, role=Role.HELPER)


@pytest.mark.parametrize(
    ("from_on", "until_on"),
    [(TODAY, None), (date(2026, 4, 1), date(2026, 4, 30)), (date(2026, 4, 30), None)],
)
def test_the_same_office_twice_in_one_time_is_refused(
    ann: User, ben: User, bakery: Party, from_on: date, until_on: date | None
) -> None:
    mandate(
        person=ben,
        principal=bakery,
        role=Role.OPERATOR,
        from_on=date(2026, 3, 15),
        until_on=date(2026, 4, 30),
    )

    with pytest.raises(mandates.MandateOverlaps):
        award(bakery, ben, ann, from_on=from_on, until_on=until_on)


def test_the_same_office_after_the_last_day_is_fine(ann: User, ben: User, bakery: Party) -> None:
    mandate(person=ben, principal=bakery, role=Role.OPERATOR, until_on=YESTERDAY)

    assert award(bakery, ben, ann).from_on == TODAY


def test_days_must_be_possible(ann: User, ben: User, bakery: Party) -> None:
    with pytest.raises(mandates.BeginsInThePast):
        award(bakery, ben, ann, from_on=YESTERDAY)
    with pytest.raises(mandates.EndsBeforeItBegins):
        award(bakery, ben, ann, until_on=YESTERDAY)


def test_only_persons_hold_offices(ann: User, bakery: Party) -> None:
    with pytest.raises(mandates.NotAPerson):
        award(bakery, organisation("Garage"), ann)


def test_an_office_ends_after_its_last_day(ann: User, ben: User, bakery: Party) -> None:
    held = mandate(person=ben, principal=bakery, role=Role.OPERATOR)

    mandates.end_mandate(mandate=held, on=TODAY, actor=actor(ann), at=AT, reason="Moved")

    assert holds(ben.person, bakery, [Role.OPERATOR], TODAY)
    assert not holds(ben.person, bakery, [Role.OPERATOR], date(2026, 3, 3))
    assert [line.note.text for line in lines_about(ben.person)] == ["Moved"]


def test_an_office_that_ends_before_its_first_day_leaves_no_row(ann: User, ben: User, bakery: Party) -> None:
    held = award(bakery, ben, ann)

    mandates.end_mandate(mandate=held, on=YESTERDAY, actor=actor(ann), at=AT)

    assert not holds(ben.person, bakery, [Role.OPERATOR], TODAY)
    assert [line.event for line in lines_about(ben.person)] == ["mandate.end", "mandate.award"]


def test_everybody_lays_down_their_own_office_and_nobody_anothers(
    ann: User, ben: User, cas: User, bakery: Party
) -> None:
    held = mandate(person=ben, principal=bakery, role=Role.OPERATOR)

    with pytest.raises(mandates.NotYourMandate):
        mandates.end_mandate(mandate=held, on=TODAY, actor=actor(cas), at=AT)
    mandates.end_mandate(mandate=held, on=YESTERDAY, actor=actor(ben), at=AT)

    assert not holds(ben.person, bakery, [Role.OPERATOR], TODAY)


def test_an_office_that_ended_does_not_end_again(ann: User, ben: User, bakery: Party) -> None:
    held = mandate(person=ben, principal=bakery, role=Role.OPERATOR, until_on=YESTERDAY)

    with pytest.raises(mandates.AlreadyEnded):
        mandates.end_mandate(mandate=held, on=TODAY, actor=actor(ann), at=AT)


def test_the_last_owner_cannot_go_not_even_for_the_system(ann: User, ben: User, bakery: Party) -> None:
    mandate(person=ben, principal=bakery, until_on=date(2026, 12, 31))
    held = Mandate.objects.get(person=ann.person)

    for who in (actor(ann), Actor.system()):
        with pytest.raises(mandates.LastOwner):
            mandates.end_mandate(mandate=held, on=TODAY, actor=who, at=AT)


def test_a_second_number_of_the_owner_is_no_second_owner(ann: User, bakery: Party) -> None:
    second = child("Ann")
    Party.objects.filter(pk=second.pk).update(same_person_as=ann.person)
    mandate(person=second, principal=bakery)
    held = Mandate.objects.get(person=ann.person)

    with pytest.raises(mandates.LastOwner):
        mandates.end_mandate(mandate=held, on=TODAY, actor=actor(ann), at=AT)


def test_an_owner_goes_when_another_stays(ann: User, ben: User, bakery: Party) -> None:
    award(bakery, ben, ann, role=Role.OWNER)
    held = Mandate.objects.get(person=ann.person)

    mandates.end_mandate(mandate=held, on=YESTERDAY, actor=actor(ann), at=AT)

    assert not may_manage(ann.person, bakery, TODAY)
    assert may_manage(ben.person, bakery, TODAY)


def test_the_database_itself_refuses_crooked_days_and_an_office_for_oneself(ann: User, bakery: Party) -> None:
    held = Mandate.objects.filter(person=ann.person)

    with pytest.raises(IntegrityError), transaction.atomic():
        held.update(until_on=date(2025, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        held.update(principal=ann.person)


def test_whom_somebody_may_act_for_is_one_query_however_many_there_are(
    ann: User, bakery: Party, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 3):
        with django_assert_num_queries(1):
            assert len([party.display_name for party in principals_of(ann.person, TODAY)]) == count
        with django_assert_num_queries(1):
            assert len([held.principal.display_name for held in mandates_of(ann.person, TODAY)]) == count
        organisation("Garage", owner=ann)
        organisation("Choir", owner=ann, kind=PartyKind.ASSOCIATION)


def test_who_may_act_for_a_party_is_one_query_however_many_there_are(
    ann: User, bakery: Party, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 3):
        with django_assert_num_queries(1):
            assert len([held.person.display_name for held in mandates_for(bakery)]) == count
        mandate(person=child("Dirk"), principal=bakery, role=Role.OPERATOR)
        mandate(person=child("Eva"), principal=bakery, role=Role.OPERATOR)
