"""From a request to the actor behind it."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest

from core.actor import Actor
from people.models import Party, User


def user_of(request: HttpRequest) -> User:
    """The login behind a request that a guard has let in.

    :raises Http404: without a login (the guard of the view is missing).
    """
    if not request.user.is_authenticated:
        raise Http404
    return cast("User", cast("AbstractBaseUser", request.user))


def person_behind(request: HttpRequest) -> Party:
    return user_of(request).person


def actor_of(request: HttpRequest, *, principal: Party | None = None) -> Actor:
    """The actor of a request: for themself, or for a party (the operation checks the mandate)."""
    user = user_of(request)
    return Actor(user=user, person=user.person, principal=principal or user.person)
