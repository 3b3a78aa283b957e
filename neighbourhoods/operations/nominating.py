"""Nominating a neighbour by e-mail address: whoever nominates learns nothing about the address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import Refusal
from neighbourhoods.models import Election, Nomination
from neighbourhoods.operations.elections import nominate
from neighbourhoods.operations.elections.candidates import (
    MOST_MADE,
    AlreadyNominated,
    IsPollingOfficer,
    NotAResidentHere,
    NotNow,
    TooManyNominations,
    TooYoung,
)
from neighbourhoods.permissions import check, is_self
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.states import ElectionState
from people.models import Party, User

# What says something about who has the address: whether they live here, how old they are, whether somebody else asked.
# How many were really asked says it too: the limit that people hear of counts what they typed.
TELLING = (NotAResidentHere, IsPollingOfficer, TooYoung, AlreadyNominated, TooManyNominations)


Nominated = Callable[[Nomination, User], None]
_nominated: list[Nominated] = []


def on_nominated(function: Nominated) -> Nominated:
    """Have a function told who was nominated, with the login that is written to, as the last step of the deed."""
    if function not in _nominated:
        _nominated.append(function)
    return function


class OwnAddress(Refusal):
    """One's own address: standing is a page of its own."""

    code = "own_address"
    sentence = _("This is your own address. You can stand yourself, without being nominated.")
    field = "email"


def nominate_by_address(
    *, election: Election, email: str, by: Party, language: str, actor: Actor, at: datetime
) -> None:
    """This will put forward whoever signs in with an address, when they can stand. It answers the same when they
    cannot, and when nobody signs in with it: of anything else one could make a list of who lives here.

    :raises NotAllowed: to anybody but `by`.
    :raises NotNow: outside the days of nominations.
    :raises NotAResidentHere: when `by` does not live there.
    :raises TooManyNominations: when `by` typed as many addresses as one person can nominate, known or not.
    :raises OwnAddress: for one's own.
    """
    check(is_self(actor, by))
    if election.state != ElectionState.NOMINATIONS or at >= election.nominations_until:
        raise NotNow
    if not lives_in(by, election.neighbourhood):
        raise NotAResidentHere(neighbourhood=election.neighbourhood.name)
    _count_attempt(election, by, at)
    login = _login_at(email)
    if login is None:
        return
    if login.person.canonical_id == by.canonical_id:
        raise OwnAddress
    try:
        with transaction.atomic():
            made = nominate(
                election=election, candidate=login.person, by=by, language=language, actor=actor, at=at
            )
            for tell in _nominated:
                tell(made, login)
    except TELLING:
        return


def _count_attempt(election: Election, by: Party, at: datetime) -> None:
    """Every address counts, before it is looked up: a limit that only some of them reach tells which those are.

    :raises TooManyNominations:
    """
    key = f"nominating:{election.pk}:{by.canonical_id}"
    left = (election.nominations_until - at).total_seconds()
    cache.add(key, 0, left)
    typed = cache.incr(key)
    cache.touch(key, left)  # some caches begin their own, short time anew with each number
    if typed > MOST_MADE:
        raise TooManyNominations(number=MOST_MADE)


def _login_at(email: str) -> User | None:
    """Who proved that they read mail at this address."""
    proven = EmailAddress.objects.filter(email__iexact=email.strip(), verified=True, user__is_active=True)
    found = proven.select_related("user__person__person_details").order_by("pk").first()
    login: User | None = found.user if found else None
    return login
