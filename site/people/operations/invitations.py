"""Offering an office to an e-mail address. Whoever invites learns nothing about the address but the answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.models import AuditEntry
from core.refusals import Refusal
from people import permissions
from people.models import Invitation, Mandate, Party, PartyKind, Role, User
from people.operations.mandates import EndsBeforeItBegins, NotYourMandate, RoleDoesNotFit, award_mandate
from people.operations.organisations import AlreadyInHousehold
from people.queries import household_of, invitations_to, numbers_of

GOOD_FOR = timedelta(days=30)
MOST_AT_ONCE = 20
# Withdrawn ones count too: the mail has gone.
DAY = timedelta(days=1)
MOST_A_DAY = 30
MOST_A_DAY_TO_ONE_ADDRESS = 3


class InvitedAlready(Refusal):
    """The same office was offered to the same address, and nobody answered yet."""

    code = "invited_already"
    sentence = _("You have sent this invitation already.")
    field = "email"


class TooManyInvitations(Refusal):
    """A party has no more than twenty open invitations, so that nobody mails a town."""

    code = "too_many_invitations"
    sentence = _("There are many open invitations. Wait for an answer, or withdraw one.")


class InvitedTooOften(Refusal):
    """A person sends thirty invitations a day, and an address gets three: nobody has us mail a stranger all day.

    The sentence is the same for both, so that it tells nothing about the address.
    """

    code = "invited_too_often"
    sentence = _("You cannot send this invitation today. Try again tomorrow.")


class InvitationVoid(Refusal):
    """Whoever invited no longer owns the party."""

    code = "invitation_void"
    sentence = _("This invitation no longer holds.")


class NotInvited(Refusal):
    """There is no such invitation to an address of this login: withdrawn, lapsed, answered, or never there."""

    code = "not_invited"
    sentence = _("This invitation no longer holds. Ask for a new one.")


def invite(
    *,
    principal: Party,
    email: str,
    role: str,
    actor: Actor,
    at: datetime,
    until_on: date | None = None,
    day_limit: int | None = None,
) -> Invitation:
    """Offer an office to whoever owns an e-mail address. Answers the same whether or not anybody does.

    :raises NotYourMandate: when the actor does not own the party.
    :raises RoleDoesNotFit: when the kind of party has no such office.
    :raises EndsBeforeItBegins: for a last day in the past.
    :raises InvitedAlready: when the same was offered and not answered.
    :raises TooManyInvitations: above twenty open ones.
    :raises InvitedTooOften: above thirty a day by this person, or three a day to this address.
    """
    acting = permissions.person_of(actor)
    if acting is None or not permissions.may_manage(acting, principal, day_of(at)):
        raise NotYourMandate
    if not permissions.role_fits(role, principal):
        raise RoleDoesNotFit
    if until_on and until_on < day_of(at):
        raise EndsBeforeItBegins
    email = email.strip().lower()
    with transaction.atomic():
        _lock(principal.pk, acting.canonical_id)
        forget_lapsed(at=at)
        standing = Invitation.objects.open(at).filter(principal=principal)
        if standing.filter(email=email, role=role).exists():
            raise InvitedAlready
        if standing.count() >= MOST_AT_ONCE:
            raise TooManyInvitations
        _check_today(acting, principal, email, role, at)
        invitation = Invitation.objects.create(
            principal=principal, email=email, role=role, until_on=until_on, day_limit=day_limit, invited_by=acting,
            made_at=at, expires_at=at + GOOD_FOR,
        )  # fmt: skip
        record("invitation.send", subject=invitation, actor=actor, at=at, about=[principal], after=role)
    return invitation


def _lock(*parties: int) -> None:
    """In the order of their numbers, so that no two wait for each other."""
    list(Party.objects.select_for_update().filter(pk__in=set(parties)).order_by("pk"))


def _check_today(acting: Party, principal: Party, email: str, role: str, at: datetime) -> None:
    sent = AuditEntry.objects.filter(event="invitation.send", at__gt=at - DAY)
    if sent.filter(acted_by__in=numbers_of(acting).values("pk")).count() >= MOST_A_DAY:
        raise InvitedTooOften
    got = Invitation.objects.filter(email=email)
    if got.filter(made_at__gt=at - DAY).count() >= MOST_A_DAY_TO_ONE_ADDRESS:
        raise InvitedTooOften
    if got.filter(principal=principal, role=role).exists():
        raise InvitedTooOften  # the same was withdrawn today


def accept_invitation(*, invitation: Invitation, user: User, actor: Actor, at: datetime) -> Mandate:
    """Take the office, by the authority of whoever invited, who must own the party still.

    :raises NotInvited: when it is not for an address of this login, or no longer holds.
    :raises InvitationVoid: when whoever invited no longer owns the party.
    :raises AlreadyInHousehold: when it is a household and the person is in another.
    :raises Refusal: whatever awarding the office refuses.
    """
    with transaction.atomic():
        invitation = _mine(invitation, user, at)
        _lock(invitation.principal_id, user.person.canonical_id)
        _check_acceptance(invitation, user.person, day_of(at))
        host = Actor(user=None, person=invitation.invited_by, principal=invitation.principal)
        mandate = award_mandate(
            person=user.person, principal=invitation.principal, role=invitation.role, from_on=day_of(at),
            until_on=invitation.until_on, day_limit=invitation.day_limit, actor=host, at=at,
        )  # fmt: skip
        record(
            "invitation.accept",
            subject=invitation,
            actor=actor,
            at=at,
            about=[user.person, invitation.principal],
        )
        invitation.delete()
    return mandate


def _check_acceptance(invitation: Invitation, person: Party, today: date) -> None:
    home = invitation.principal
    if not permissions.may_manage(invitation.invited_by, home, today):
        raise InvitationVoid
    joins = home.kind == PartyKind.HOUSEHOLD and invitation.role != Role.HELPER
    if joins and household_of(person, today, besides=home):
        raise AlreadyInHousehold


def decline_invitation(*, invitation: Invitation, user: User, actor: Actor, at: datetime) -> None:
    """Say no. The row goes; whoever invited sees only that it is no longer open.

    :raises NotInvited: when it is not for an address of this login, or no longer holds.
    """
    with transaction.atomic():
        invitation = _mine(invitation, user, at)
        record("invitation.decline", subject=invitation, actor=actor, at=at, about=[user.person])
        invitation.delete()


def withdraw_invitation(*, invitation: Invitation, actor: Actor, at: datetime) -> None:
    """Take an offer back. Its row goes a day after it was made: until then it counts for how much was sent.

    :raises NotYourMandate: when the actor does not own the party.
    """
    if not permissions.may_act_on(actor, invitation.principal, day_of(at)):
        raise NotYourMandate
    with transaction.atomic():
        record("invitation.withdraw", subject=invitation, actor=actor, at=at, about=[invitation.principal])
        Invitation.objects.open(at).filter(pk=invitation.pk).update(expires_at=at)
        forget_lapsed(at=at)


def forget_lapsed(*, at: datetime) -> int:
    """Remove the invitations that can no longer be accepted and were not sent today; answers how many."""
    return Invitation.objects.filter(expires_at__lte=at, made_at__lte=at - DAY).delete()[0]


def _mine(invitation: Invitation, user: User, at: datetime) -> Invitation:
    found = invitations_to(user, at).filter(pk=invitation.pk).select_for_update(of=("self",)).first()
    if found is None:
        raise NotInvited
    return found
