"""Who acts for the board in a decision about a value: nobody who has an interest in it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from neighbourhoods.models import ValueDecision
from neighbourhoods.operations.ballots import HasInterest
from neighbourhoods.operations.meetings.doors import LeadersOnly, member_of
from neighbourhoods.queries.value_leaders import leads_about
from neighbourhoods.queries.values import has_interest
from people.models import Party


class LeaderHasInterest(HasInterest):
    """What is put to the vote steers what comes out of it: who gains or loses by it does not lead there either."""

    code = "leader_has_interest"
    sentence = _(
        "You have an interest in this, so you do not decide about it. Ask another member of the board."
    )


def leader_about(actor: Actor, decision: ValueDecision, at: datetime) -> Party:
    """The chair or the secretary who acts in this decision; any other member when both have an interest in it.

    :raises BoardOnly: to whoever is not on the board.
    :raises HasInterest: to who has an interest in it.
    :raises LeadersOnly: to the other members, while a chair or secretary without one can.
    """
    person = member_of(actor, decision.neighbourhood, at)
    if has_interest(decision, person, day_of(at)):
        raise LeaderHasInterest
    if not leads_about(decision, person, day_of(at)):
        raise LeadersOnly
    return person
