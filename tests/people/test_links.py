from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.actor import Actor
from core.audit import lines_about
from people.models import Party, PartyKind, Role, User
from people.operations import links
from people.operations.privacy import NotYourData, download_of, erase_person
from people.queries import numbers_of
from tests.factories.people import actor, child, mandate, organisation, person

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def clerk(db: None) -> User:
    login = person("Clara")
    mandate(person=login, principal=organisation("Town", kind=PartyKind.MUNICIPALITY), role=Role.CLERK)
    return login


def link(duplicate: Party, same_as: Party, by: Actor, reason: str = "Same passport") -> None:
    links.link_same_person(duplicate=duplicate, same_as=same_as, reason=reason, actor=by, at=AT)


def test_a_clerk_links_a_duplicate_and_says_why(ann: User, clerk: User) -> None:
    second = child("Ann")

    link(second, ann.person, actor(clerk))

    second.refresh_from_db()
    assert second.canonical_id == ann.person_id
    assert list(numbers_of(ann.person)) == [ann.person, second]
    assert [line.note.text for line in lines_about(ann.person)] == ["Same passport"]


def test_a_link_to_a_linked_number_leads_to_the_person(ann: User, clerk: User) -> None:
    second, third = child("Ann"), child("Anna")
    link(second, ann.person, actor(clerk))

    link(third, second, actor(clerk))

    third.refresh_from_db()
    assert third.same_person_as == ann.person


def test_whoever_was_linked_to_the_duplicate_moves_along(ann: User, clerk: User) -> None:
    second, third = child("Ann"), child("Anna")
    link(third, second, actor(clerk))

    link(second, ann.person, actor(clerk))

    third.refresh_from_db()
    assert third.same_person_as == ann.person
    assert not Party.objects.filter(same_person_as__same_person_as__isnull=False).exists()


def test_a_circle_is_refused(ann: User, clerk: User) -> None:
    second = child("Ann")
    link(second, ann.person, actor(clerk))

    with pytest.raises(links.SamePersonAlready):
        link(ann.person, second, actor(clerk))
    with pytest.raises(links.SamePersonAlready):
        link(ann.person, ann.person, actor(clerk))


def test_a_duplicate_of_one_person_does_not_become_one_of_another(ann: User, ben: User, clerk: User) -> None:
    second = child("Ann")
    link(second, ann.person, actor(clerk))

    with pytest.raises(links.LinkedElsewhere):
        link(second, ben.person, actor(clerk))


def test_a_reason_is_required(ann: User, clerk: User) -> None:
    with pytest.raises(links.ReasonMissing):
        link(child("Ann"), ann.person, actor(clerk), reason="  ")


def test_residents_and_owners_link_nobody(ann: User, ben: User) -> None:
    organisation("Bakery", owner=ben)

    with pytest.raises(links.NotForYou):
        link(child("Ann"), ann.person, actor(ben))


def test_the_clerk_does_not_link_themself_in_either_direction(ann: User, clerk: User) -> None:
    with pytest.raises(links.InYourOwnInterest):
        link(clerk.person, ann.person, actor(clerk))
    with pytest.raises(links.InYourOwnInterest):
        link(ann.person, clerk.person, actor(clerk))


def test_organisations_and_erased_people_are_not_linked(ann: User, clerk: User) -> None:
    gone = child("Gone")
    Party.objects.filter(pk=gone.pk).update(erased_at=AT)

    with pytest.raises(links.NotTwoPersons):
        link(organisation("Bakery"), ann.person, actor(clerk))
    with pytest.raises(links.NotTwoPersons):
        link(gone, ann.person, actor(clerk))


def test_a_link_is_undone_with_a_reason(ann: User, clerk: User) -> None:
    second = child("Ann")
    link(second, ann.person, actor(clerk))

    links.unlink_person(person=second, reason="Twins", actor=actor(clerk), at=AT)

    second.refresh_from_db()
    assert second.same_person_as is None
    with pytest.raises(links.NotLinked):
        links.unlink_person(person=second, reason="Twins", actor=actor(clerk), at=AT)


def test_two_who_both_sign_in_are_not_linked_whoever_asks(ann: User, ben: User, clerk: User) -> None:
    for by in (actor(clerk), Actor.system()):
        with pytest.raises(links.BothHaveLogins):
            link(ben.person, ann.person, by)
    third = child("Ben")
    link(third, ben.person, actor(clerk))
    with pytest.raises(links.BothHaveLogins):
        link(ann.person, third, actor(clerk))

    User.objects.filter(pk=ben.pk).update(is_active=False)
    link(ben.person, ann.person, actor(clerk))
    ben.person.refresh_from_db()
    assert ben.person.canonical_id == ann.person_id


def test_two_of_different_households_are_not_linked(ann: User, clerk: User) -> None:
    second = child("Ann")
    organisation("One", kind=PartyKind.HOUSEHOLD, owner=ann)
    organisation("Other", kind=PartyKind.HOUSEHOLD, owner=second)

    with pytest.raises(links.TwoHouseholds):
        link(second, ann.person, actor(clerk))


def linked_logins(ann: User, ben: User) -> tuple[User, User]:
    """As an import or an older version may have left them."""
    Party.objects.filter(pk=ben.person_id).update(same_person_as=ann.person_id)
    return User.objects.get(pk=ann.pk), User.objects.get(pk=ben.pk)


@pytest.mark.parametrize("who", [0, 1])
def test_a_download_shows_nothing_of_another_login(ann: User, ben: User, who: int) -> None:
    pair = linked_logins(ann, ben)
    mine, other = pair[who], pair[1 - who]

    data = str(download_of(person=mine.person))

    assert mine.email in data
    assert other.email not in data
    assert other.person.display_name not in data


@pytest.mark.parametrize("who", [0, 1])
def test_erasing_one_login_leaves_the_other(ann: User, ben: User, who: int) -> None:
    pair = linked_logins(ann, ben)
    mine, other = pair[who], pair[1 - who]
    bakery = organisation("Bakery", owner=other)
    with pytest.raises(NotYourData):
        erase_person(person=other.person, actor=actor(mine), at=AT)

    erase_person(person=mine.person, actor=actor(mine), at=AT)

    left = Party.objects.get(pk=other.person_id)
    assert list(User.objects.filter(pk__in=[ann.pk, ben.pk])) == [other]
    assert (left.erased_at, left.same_person_as_id, left.display_name) == (
        None,
        None,
        other.person.display_name,
    )
    assert left.mandates.get().principal == bakery
    assert left.mandates.get().until_on is None
