"""What an administrator does with somebody's login: shut it, open it again, take away a second step that was lost."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import NotAllowed, Refusal
from people import permissions
from people.models import User
from people.operations.links import ReasonMissing


class NotYourLogin(NotAllowed):
    """Administrators do this, after having made sure who asks."""

    code = "not_your_login"
    sentence = _("Only an administrator of the site can do this.")


class BlockedAlready(Refusal):
    """The login is shut as it is."""

    code = "blocked_already"
    sentence = _("This login is blocked already.")


class NotBlocked(Refusal):
    """The login is open as it is."""

    code = "not_blocked"
    sentence = _("This login is not blocked.")


class NoSecondFactor(Refusal):
    """There is no passkey, code app or recovery code to remove."""

    code = "no_second_factor"
    sentence = _("This login has no second step.")


def block_login(*, user: User, reason: str, actor: Actor, at: datetime) -> None:
    """Shut a login: nobody enters with it, and who is in is put out.

    :raises NotYourLogin: when the actor is no administrator.
    :raises ReasonMissing: without a reason.
    :raises BlockedAlready: when it is shut.
    """
    with transaction.atomic():
        user = _checked(user, reason=reason, actor=actor)
        if not user.is_active:
            raise BlockedAlready
        _switch(user, on=False)
        _put_out(user)
        record("login.block", subject=user, actor=actor, at=at, about=[user.person], reason=reason)


def unblock_login(*, user: User, reason: str, actor: Actor, at: datetime) -> None:
    """Open a login again.

    :raises NotYourLogin: when the actor is no administrator.
    :raises ReasonMissing: without a reason.
    :raises NotBlocked: when it is open.
    """
    with transaction.atomic():
        user = _checked(user, reason=reason, actor=actor)
        if user.is_active:
            raise NotBlocked
        _switch(user, on=True)
        record("login.unblock", subject=user, actor=actor, at=at, about=[user.person], reason=reason)


def reset_second_factor(*, user: User, reason: str, actor: Actor, at: datetime) -> None:
    """Remove all passkeys, the code app and the recovery codes, and end the sessions: they may be in other hands.

    :raises NotYourLogin: when the actor is no administrator.
    :raises ReasonMissing: without a reason.
    :raises NoSecondFactor: when there is nothing to remove.
    """
    with transaction.atomic():
        user = _checked(user, reason=reason, actor=actor)
        removed, _kinds = Authenticator.objects.filter(user=user).delete()
        if not removed:
            raise NoSecondFactor
        _put_out(user)
        record("login.second_factor", subject=user, actor=actor, at=at, about=[user.person], reason=reason)


def _checked(user: User, *, reason: str, actor: Actor) -> User:
    if not permissions.may_run_the_site(actor):
        raise NotYourLogin
    if not reason.strip():
        raise ReasonMissing
    return User.objects.select_for_update(of=("self",)).select_related("person").get(pk=user.pk)


def _switch(user: User, *, on: bool) -> None:
    user.is_active = on
    user.save(update_fields=["is_active"])


def _put_out(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()
