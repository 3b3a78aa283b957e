"""Who acts: for somebody who buys and sells, or for the board."""

from __future__ import annotations

from datetime import datetime

from core.actor import Actor
from core.clock import day_of
from core.refusals import NotAllowed
from marketplace.permissions import NotYourTrade, OwnMatter, has_stake, may_trade, may_write
from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations.meetings.doors import member_of
from neighbourhoods.permissions import acting_person
from people.models import Party


def person_of(actor: Actor) -> Party:
    """:raises NotAllowed: to the system, which buys and sells nothing."""
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    return person


def trader_of(actor: Actor, party: Party, at: datetime) -> Party:
    """The person who acts for a party on the market.

    :raises NotYourTrade: to who does not.
    """
    person = person_of(actor)
    if not may_trade(person, party, day_of(at)):
        raise NotYourTrade(name=party.display_name)
    return person


def writer_of(actor: Actor, party: Party, at: datetime) -> Party:
    """The person who drafts what a party offers: who trades for it, or its editor.

    :raises NotYourTrade: to who does not.
    """
    person = person_of(actor)
    if not may_write(person, party, day_of(at)):
        raise NotYourTrade(name=party.display_name)
    return person


def judge_of(actor: Actor, neighbourhood: Neighbourhood, party: Party, at: datetime) -> Party:
    """The board member who decides on something of this party.

    :raises BoardOnly: to whoever has no seat, the system too.
    :raises OwnMatter: to who has an interest.
    """
    person = member_of(actor, neighbourhood, at)
    if has_stake(person, party, day_of(at)):
        raise OwnMatter
    return person
