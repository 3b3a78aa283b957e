from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from people.models import Invitation, Mandate, Party, PartyKind, Role, User
from people.operations import invitations
from people.operations.mandates import NotYourMandate, RoleDoesNotFit
from people.operations.organisations import AlreadyInHousehold, found_household
from people.permissions import holds
from people.queries import invitations_to
from tests.factories.people import actor, organisation, person

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture
def bakery(ann: User) -> Party:
    return organisation("Bakery", owner=ann)


def invite(bakery: Party, by: User, email: str = "ben@example.org", role: str = Role.OPERATOR) -> Invitation:
    return invitations.invite(principal=bakery, email=email, role=role, actor=actor(by), at=AT)


def test_who_is_invited_decides(ann: User, ben: User, bakery: Party) -> None:
    sent = invite(bakery, ann)
    assert not holds(ben.person, bakery, [Role.OPERATOR], TODAY)

    made = invitations.accept_invitation(invitation=sent, user=ben, actor=actor(ben), at=AT)

    assert (made.person, made.role, made.awarded_by) == (ben.person, Role.OPERATOR, ann.person)
    assert not Invitation.objects.exists()


def test_an_unknown_address_gets_the_same_answer_as_a_known_one(ann: User, ben: User, bakery: Party) -> None:
    known, unknown = invite(bakery, ann), invite(bakery, ann, "nobody@example.org")

    assert (known.role, known.expires_at) == (unknown.role, unknown.expires_at)


def test_nobody_takes_anothers_invitation(ann: User, ben: User, cas: User, bakery: Party) -> None:
    sent = invite(bakery, ann)

    for act in (invitations.accept_invitation, invitations.decline_invitation):
        with pytest.raises(invitations.NotInvited):
            act(invitation=sent, user=cas, actor=actor(cas), at=AT)

    assert list(invitations_to(cas, AT)) == []
    assert list(invitations_to(ben, AT)) == [sent]


def test_an_address_that_is_not_proved_gives_no_invitation(ann: User, cas: User, bakery: Party) -> None:
    EmailAddress.objects.create(user=cas, email="ben@example.org", verified=False)
    sent = invite(bakery, ann)

    with pytest.raises(invitations.NotInvited):
        invitations.accept_invitation(invitation=sent, user=cas, actor=actor(cas), at=AT)


def test_only_an_owner_invites(ann: User, cas: User, bakery: Party) -> None:
    with pytest.raises(NotYourMandate):
        invite(bakery, cas)
    with pytest.raises(RoleDoesNotFit):
        invite(bakery, ann, role=Role.CLERK)


def test_an_invitation_falls_with_the_owner_who_sent_it(ann: User, ben: User, bakery: Party) -> None:
    sent = invite(bakery, ann)
    Mandate.objects.filter(person=ann.person).update(until_on=date(2026, 3, 1))

    with pytest.raises(NotYourMandate):
        invitations.accept_invitation(invitation=sent, user=ben, actor=actor(ben), at=AT)


def test_an_invitation_lapses_after_thirty_days(ann: User, ben: User, bakery: Party) -> None:
    sent = invite(bakery, ann)
    later = AT + timedelta(days=30)

    with pytest.raises(invitations.NotInvited):
        invitations.accept_invitation(invitation=sent, user=ben, actor=actor(ben), at=later)
    assert invitations.forget_lapsed(at=later) == 1


def test_the_same_invitation_is_sent_once_and_no_more_than_twenty_stand(ann: User, bakery: Party) -> None:
    invite(bakery, ann)

    with pytest.raises(invitations.InvitedAlready):
        invite(bakery, ann, "BEN@example.org")
    for number in range(19):
        invite(bakery, ann, f"somebody{number}@example.org")
    with pytest.raises(invitations.TooManyInvitations):
        invite(bakery, ann, "one-too-many@example.org")


def test_saying_no_and_taking_back_leave_no_address(ann: User, ben: User, cas: User, bakery: Party) -> None:
    invitations.decline_invitation(invitation=invite(bakery, ann), user=ben, actor=actor(ben), at=AT)
    sent = invite(bakery, ann)

    with pytest.raises(NotYourMandate):
        invitations.withdraw_invitation(invitation=sent, actor=actor(cas), at=AT)
    invitations.withdraw_invitation(invitation=sent, actor=actor(ann), at=AT)

    assert not Invitation.objects.exists()


def test_a_member_of_one_household_does_not_join_another(ann: User, ben: User) -> None:
    home = organisation("Home", kind=PartyKind.HOUSEHOLD, owner=ann)
    found_household(name="Own home", person=ben.person, actor=actor(ben), at=AT)
    sent = invite(home, ann, role=Role.MEMBER)

    with pytest.raises(AlreadyInHousehold):
        invitations.accept_invitation(invitation=sent, user=ben, actor=actor(ben), at=AT)


def test_members_join_a_household_and_only_the_household(ann: User) -> None:
    home = organisation("Home", kind=PartyKind.HOUSEHOLD, owner=ann)
    dirk = person("Dirk")
    sent = invite(home, ann, "dirk@example.org", Role.MEMBER)

    invitations.accept_invitation(invitation=sent, user=dirk, actor=actor(dirk), at=AT)

    assert holds(dirk.person, home, [Role.MEMBER], TODAY)
    assert not holds(dirk.person, home, [Role.OWNER], TODAY)
