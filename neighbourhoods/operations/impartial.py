"""Whoever stands in an election does not run it, also when the office came after the candidature."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import Refusal
from neighbourhoods.models import BallotBox, Election
from neighbourhoods.permissions import acting_person
from neighbourhoods.queries.elections import STANDING, nominations_of_person
from people.models import Party


class OfficerStands(Refusal):
    """Whoever stands in an election does not decide who votes in it, nor handle what is voted."""

    code = "officer_stands"
    sentence = _("You stand in this election yourself. Ask a colleague to decide.")


def check_is_no_candidate(actor: Actor, election: Election | None) -> None:
    """:raises OfficerStands: to a candidate. The system stands nowhere, and in a vote of the board nobody does."""
    person = acting_person(actor)
    if person is not None and election is not None:
        check_stands_not(person, election)


def check_stands_not(person: Party, election: Election) -> None:
    """:raises OfficerStands: when this person stands in it. Only to be asked says nothing: others do that to you."""
    if nominations_of_person(election, person).filter(state__in=STANDING).exists():
        raise OfficerStands


def election_of(box: BallotBox) -> Election | None:
    """The election that is held with a ballot box; none when it is a motion that is voted on."""
    return Election.objects.filter(box=box).first()
