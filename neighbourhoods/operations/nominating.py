"""Nominating a neighbour by e-mail address: whoever nominates learns nothing about the address."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import Refusal
from neighbourhoods.models import Election
from neighbourhoods.operations.elections import nominate
from neighbourhoods.operations.elections.candidates import (
    AlreadyNominated,
    IsPollingOfficer,
    NotAResidentHere,
    NotNow,
    TooYoung,
)
from neighbourhoods.permissions import check, is_self
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.states import ElectionState
from people.models import Party

# What says something about who has the address: whether they live here, how old they are, whether somebody else asked.
TELLING = (NotAResidentHere, IsPollingOfficer, TooYoung, AlreadyNominated)


class OwnAddress(Refusal):
    """One's own address: standing is a page of its own."""

    code = "own_address"
    sentence = _("This is your own address. You can stand yourself, without being nominated.")
    field = "email"


def nominate_by_address(
    *, election: Election, email: str, by: Party, language: str, actor: Actor, at: datetime
) -> None:
    """This will put forward whoever signs in with an address, when they can stand. It answers the same when they cannot,
    or when nobody signs in with it: a list of who lives here could be made of anything else.

    :raises NotAllowed: to anybody but `by`.
    :raises NotNow: outside the days of nominations.
    :raises NotAResidentHere: when `by` does not live there.
    :raises OwnAddress: for one's own.
    :raises TooManyNominations: when `by` nominated as many as one person can.
    """
    check(is_self(actor, by))
    if election.state != ElectionState.NOMINATIONS or at >= election.nominations_until:
        raise NotNow
    if not lives_in(by, election.neighbourhood):
        raise NotAResidentHere(neighbourhood=election.neighbourhood.name)
    candidate = _person_at(email)
    if candidate is None:
        return
    if candidate.canonical_id == by.canonical_id:
        raise OwnAddress
    try:
        nominate(election=election, candidate=candidate, by=by, language=language, actor=actor, at=at)
    except TELLING:
        return


def _person_at(email: str) -> Party | None:
    """Who proved that they read mail at this address."""
    proven = EmailAddress.objects.filter(email__iexact=email.strip(), verified=True, user__is_active=True)
    found = proven.select_related("user__person__person_details").order_by("pk").first()
    person: Party | None = found.user.person if found else None
    return person
