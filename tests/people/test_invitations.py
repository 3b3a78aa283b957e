from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from people.mail import send_invitation
from people.models import Invitation, Mandate, Party, PartyKind, Role, User
from people.operations import invitations
from people.operations.mandates import NotYourMandate, RoleDoesNotFit
from people.operations.organisations import AlreadyInHousehold, close_organisation, found_household
from people.permissions import holds
from people.queries import invitations_to
from tests.factories.people import actor, mandate, organisation, person
from tests.plugins.data import RealCommits

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

    with pytest.raises(invitations.InvitationVoid) as refused:
        invitations.accept_invitation(invitation=sent, user=ben, actor=actor(ben), at=AT)

    assert str(refused.value) == "This invitation no longer holds."
    assert not holds(ben.person, bakery, [Role.OPERATOR], TODAY)


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

    assert not Invitation.objects.open(AT).exists()
    assert invitations.forget_lapsed(at=AT + invitations.DAY) == 1
    assert not Invitation.objects.exists()


def test_inviting_and_withdrawing_mails_a_stranger_three_times_a_day_at_most(ann: User) -> None:
    for number in range(3):
        sent = invite(organisation(f"Shop {number}", owner=ann), ann, "stranger@example.org")
        invitations.withdraw_invitation(invitation=sent, actor=actor(ann), at=AT)
    shop = organisation("One more", owner=ann)

    with pytest.raises(invitations.InvitedTooOften):
        invite(shop, ann, "stranger@example.org")

    again = invitations.invite(
        principal=shop,
        email="stranger@example.org",
        role=Role.OWNER,
        actor=actor(ann),
        at=AT + invitations.DAY,
    )
    assert list(Invitation.objects.all()) == [again]


def test_what_was_withdrawn_is_not_sent_again_the_same_day(ann: User, bakery: Party) -> None:
    invitations.withdraw_invitation(invitation=invite(bakery, ann), actor=actor(ann), at=AT)

    with pytest.raises(invitations.InvitedTooOften):
        invite(bakery, ann)


def test_a_person_sends_thirty_invitations_a_day_for_all_their_organisations(ann: User, ben: User) -> None:
    shops = [organisation(f"Shop {number}", owner=ann) for number in range(3)]
    for number in range(30):
        sent = invite(shops[number % 3], ann, f"somebody{number}@example.org")
        invitations.withdraw_invitation(invitation=sent, actor=actor(ann), at=AT)

    with pytest.raises(invitations.InvitedTooOften):
        invite(shops[0], ann, "one-too-many@example.org")
    invite(organisation("Other", owner=ben), ben, "one-too-many@example.org")


def test_closing_an_organisation_does_not_forget_what_it_sent_today(ann: User) -> None:
    for number in range(3):
        shop = organisation(f"Shop {number}", owner=ann)
        invite(shop, ann, "stranger@example.org")
        close_organisation(party=shop, actor=actor(ann), at=AT)

    with pytest.raises(invitations.InvitedTooOften):
        invite(organisation("One more", owner=ann), ann, "stranger@example.org")


def test_the_subject_of_the_mail_holds_no_word_of_the_sender(ann: User) -> None:
    sent = invite(organisation("Belastingdienst: betaal nu", owner=ann), ann)

    send_invitation(sent, url="https://example.org/")

    assert mail.outbox[-1].subject == "Socialcoin: an invitation for you"
    assert "for “Belastingdienst: betaal nu” on Socialcoin" in mail.outbox[-1].body


def test_cas_neither_accepts_nor_turns_down_an_invitation_to_ann(ben: User, ann: User, cas: User) -> None:
    sent = invite(organisation("Shop", owner=ben), ben, "ann@example.org")
    browser = Client()
    browser.force_login(cas)

    with time_machine.travel(AT, tick=False):
        answers = [
            browser.post(reverse("account_answer", args=[sent.pk]), {"answer": answer}).status_code
            for answer in ("yes", "no")
        ]

    assert answers == [404, 404]
    assert Invitation.objects.get() == sent
    assert not Mandate.objects.filter(person=cas.person).exists()


def test_a_mandate_that_ended_yesterday_opens_nothing(ann: User, ben: User, bakery: Party) -> None:
    mandate(person=ben, principal=bakery, role=Role.OWNER, until_on=TODAY)
    browser = Client()
    browser.force_login(ben)
    pages = [
        reverse(name, args=[bakery.uuid])
        for name in ("account_organisation", "account_organisation_change", "account_invite")
    ]

    with time_machine.travel(AT, tick=False) as clock:
        today = [browser.get(page).status_code for page in pages]
        clock.shift(timedelta(days=1))
        tomorrow = [browser.get(page).status_code for page in pages]

    assert (today, tomorrow) == ([200, 200, 200], [404, 404, 404])


def test_a_household_is_handed_over_to_a_member(ann: User, ben: User) -> None:
    home = organisation("Home", kind=PartyKind.HOUSEHOLD, owner=ann)
    mandate(person=ben, principal=home, role=Role.MEMBER)
    sent = invite(home, ann, role=Role.OWNER)

    invitations.accept_invitation(invitation=sent, user=ben, actor=actor(ben), at=AT)

    assert holds(ben.person, home, [Role.OWNER], TODAY)


def accept_in_a_race(invitation: int, login: int) -> None:
    user = User.objects.get(pk=login)
    sent = Invitation.objects.get(pk=invitation)
    invitations.accept_invitation(invitation=sent, user=user, actor=actor(user), at=AT)


def test_of_two_households_accepted_at_the_same_moment_one_is_refused(real_commits: RealCommits) -> None:
    ann, ben, dirk = person("Ann"), person("Ben"), person("Dirk")
    homes = [organisation(who.email, kind=PartyKind.HOUSEHOLD, owner=who) for who in (ann, ben)]
    sent = [invite(home, who, dirk.email, Role.MEMBER) for home, who in zip(homes, (ann, ben), strict=True)]

    outcomes = real_commits.race(accept_in_a_race, [{"invitation": one.pk, "login": dirk.pk} for one in sent])

    assert sorted(str(outcome.refused) for outcome in outcomes) == ["None", "already_in_household"]
    assert Mandate.objects.filter(person=dirk.person).count() == 1


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
