"""How the people of these tests come to a decision about a value, from the end of the consultation on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from core.actor import Actor
from neighbourhoods.models import (
    BallotBox,
    Decider,
    Neighbourhood,
    ValueDecision,
    ValuedItem,
    ValueGuideline,
    ValueVersion,
    ValueVote,
)
from neighbourhoods.operations import ballots, elections, values
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.queries.value_votes import last_vote
from people.models import User
from tests.factories import democracy
from tests.factories import values as make
from tests.factories.people import actor

SYSTEM = Actor.system()
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NOW = democracy.VOTING
# With the policies of these tests: ten days to vote, and as many for the board.
CLOSED = NOW + 10 * DAY
APPEALED = CLOSED + 14 * DAY
IN_FORCE = CLOSED + 15 * DAY


def rules(neighbourhood: Neighbourhood, decider: str = Decider.RESIDENTS, **more: Any) -> None:
    """How values are decided there from now on, without asking whether there is money for it."""
    make.value_policy(neighbourhood, decider, **{"cover_months": 0, **more})


def heard(about: ValuedItem, **more: Any) -> ValueDecision:
    """Everybody could react until now. Residents choose from 4.00 to 16.00 in steps of half a coin."""
    bounds = {} if more.get("is_ending") else {"low": 400, "high": 1600, "step": 50}
    found = make.value_decision(
        about,
        state="CONSULTATION",
        at=NOW - 30 * DAY,
        **{"admitted_at": NOW - 20 * DAY, "consulted_until": NOW, "volume": 10, **bounds, **more},
    )
    return again(found)


def opened(decision: ValueDecision, *, at: datetime = NOW, **more: Any) -> ValueVote:
    """The clock opens the vote, unless somebody else does."""
    return values.open_vote(decision=decision, **{"actor": SYSTEM, "at": at, **more})


def chooses(vote: ValueVote, who: User, choice: Any, *, at: datetime = NOW) -> None:
    """A secret ballot: an amount in minor units, None for blank, or {"1": "no"}."""
    ballots.cast(
        box=vote.box, person=who.person, choice=choice, wants_receipt=False, form_hash=form_hash(vote.box),
        actor=actor(who), at=at,
    )  # fmt: skip


def says(vote: ValueVote, who: User, answer: str, reason: str = "", *, at: datetime = NOW) -> None:
    """A vote with a name."""
    ballots.record_vote(
        box=vote.box, person=who.person, choice={"1": answer}, reason=reason, actor=actor(who), at=at
    )


def closed(decision: ValueDecision, *, at: datetime = CLOSED, by: User | None = None) -> ValueDecision:
    values.close_vote(decision=decision, actor=actor(by) if by else SYSTEM, at=at)
    return again(decision)


def before_the_board(about: ValuedItem, voters: dict[User, Any], **more: Any) -> ValueDecision:
    """The residents chose; the board is asked to confirm it."""
    decision = heard(about, **more)
    vote = opened(decision)
    for who, choice in voters.items():
        chooses(vote, who, choice)
    return closed(decision)


def answers(
    decision: ValueDecision, amount: int | None, by: User, *, at: datetime = CLOSED, **more: Any
) -> ValueVote:
    """A leader of the board puts an amount before it."""
    return values.open_confirmation(decision=decision, amount=amount, actor=actor(by), at=at, **more)


def decided(about: ValuedItem, amount: int, by: User, *, at: datetime = NOW) -> ValueDecision:
    """One resident's amount, open to appeal from ten days later."""
    decision = heard(about, consulted_until=at)
    chooses(opened(decision, at=at), by, amount, at=at)
    return closed(decision, at=at + 10 * DAY)


def guideline(item: ValuedItem, low: int, high: int, **more: object) -> ValueGuideline:
    """Between which amounts the municipality wants it, since long ago."""
    return ValueGuideline.objects.create(
        municipality=item.neighbourhood.municipality, low=low, high=high,
        **{"category": item.category, "unit": item.unit, "version": 1, "from_on": make.BEFORE, "made_at": NOW, **more},
    )  # fmt: skip


def begins(decision: ValueDecision, at: datetime = IN_FORCE) -> ValueVersion:
    """As the clock does on its first day."""
    return values.take_effect(decision=decision, actor=SYSTEM, at=at)


def advance(now: datetime) -> elections.Advanced:
    done = elections.advance(now=now)
    assert not done.failed
    return done


def again(decision: ValueDecision) -> ValueDecision:
    """As it is in the database now."""
    along = ("neighbourhood__municipality", "neighbourhood__coin", "item", "policy", "proposed_by")
    return ValueDecision.objects.select_related(*along).get(pk=decision.pk)


def state(decision: ValueDecision) -> str:
    return again(decision).state


def box_of(decision: ValueDecision) -> BallotBox:
    vote = last_vote(decision)
    assert vote is not None
    return vote.box
