"""Real processes at one moment, and processes that are killed half-way: a value is decided once, and whole."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import datetime
from importlib import import_module
from typing import Any, NoReturn

import pytest

from core.models import AuditEntry
from neighbourhoods.models import (
    BallotBox,
    Decider,
    Neighbourhood,
    Result,
    Roll,
    SeatOffice,
    Subject,
    ValueDecision,
    ValueVersion,
    ValueVote,
)
from neighbourhoods.operations import appeals, elections, values
from people.models import User
from tests.factories import democracy, pots
from tests.factories import values as make
from tests.factories.people import actor, person
from tests.factories.residency import municipality, place, resident, seated
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import CLOSED, DAY, IN_FORCE, NOW, SYSTEM
from tests.plugins.data import Outcome, RealCommits
from tests.racer import hear, say

AT_ONCE = 4


# --- What the processes do --------------------------------------------------------------------------------------------


def advance(now: str) -> int:
    done = elections.advance(now=datetime.fromisoformat(now))
    if done.failed:
        raise AssertionError(done.failed)
    return done.steps


def advance_until(now: str, module: str, name: str) -> None:
    """As the clock does, until it comes to this; there it waits to be killed."""

    def stop(*_args: Any, **_more: Any) -> NoReturn:
        say("here")
        hear()
        raise AssertionError("Nobody killed it.")

    setattr(import_module(module), name, stop)
    elections.advance(now=datetime.fromisoformat(now))


def open_vote(decision: int) -> int:
    return values.open_vote(decision=the(decision), actor=SYSTEM, at=NOW).number


def ask_the_board(decision: int, login: int, amount: int) -> int:
    who = actor(User.objects.get(pk=login))
    vote = values.open_confirmation(decision=the(decision), amount=amount, actor=who, at=CLOSED)
    assert vote.amount is not None
    return vote.amount


def take_effect(decision: int) -> str:
    values.take_effect(decision=the(decision), actor=SYSTEM, at=IN_FORCE)
    return "in force"


def appeal(decision: int, login: int) -> str:
    """At the last moment."""
    who = User.objects.get(pk=login)
    appeals.file_appeal(
        box=deciding.box_of(the(decision)), person=who.person, grounds="Ik kreeg geen stembiljet.", language="nl",
        key=uuid.uuid4(), actor=actor(who), at=CLOSED,
    )  # fmt: skip
    return "appealed"


def the(decision: int) -> ValueDecision:
    return deciding.again(ValueDecision(pk=decision))


# --- Who is there -----------------------------------------------------------------------------------------------------


@pytest.fixture
def molen(real_commits: RealCommits) -> Neighbourhood:
    made = place("Molenwijk", of=municipality("Dijkstad"))
    deciding.rules(made)
    return made


@pytest.fixture
def ann(molen: Neighbourhood) -> User:
    """Lives there and leads the board."""
    login = person("Ann")
    resident(login, molen)
    seated(login, molen, office=SeatOffice.CHAIR)
    return login


def voted(molen: Neighbourhood, ann: User, *, name: str = "Voorlezen", amount: int = 900) -> ValueDecision:
    """Ann named an amount."""
    decision = deciding.heard(make.item(molen, name))
    deciding.chooses(deciding.opened(decision), ann, amount)
    return decision


def tally(outcomes: list[Outcome]) -> Counter[str]:
    return Counter(one.refused or str(one.result) for one in outcomes)


def events() -> Counter[str]:
    found = AuditEntry.objects.filter(event__startswith="value_decision.")
    return Counter(found.values_list("event", flat=True))


# --- At one moment ----------------------------------------------------------------------------------------------------


def test_clocks_that_run_at_the_same_moment_take_each_step_once(
    real_commits: RealCommits, molen: Neighbourhood, ann: User
) -> None:
    decision = deciding.heard(make.item(molen))
    make.worth(decision.item, 800)

    for moment, state in ((NOW, "VOTING"), (CLOSED, "APPEAL"), (IN_FORCE, "IN_FORCE")):
        if state == "APPEAL":
            deciding.chooses(decision.votes.get(), ann, 900)
        real_commits.race(advance, [{"now": moment.isoformat()}] * AT_ONCE)
        # Who met another in the middle of a step leaves the rest to the next time.
        advance(moment.isoformat())
        assert deciding.state(decision) == state

    assert set(events().values()) == {1}
    assert (BallotBox.objects.count(), Result.objects.count(), ValueVersion.objects.count()) == (1, 1, 2)


def test_of_many_who_open_a_vote_one_does(real_commits: RealCommits, molen: Neighbourhood, ann: User) -> None:
    decision = deciding.heard(make.item(molen))

    outcomes = real_commits.race(open_vote, [{"decision": decision.pk}] * AT_ONCE)

    assert tally(outcomes) == {"1": 1, "move_refused": AT_ONCE - 1}
    assert (BallotBox.objects.count(), Roll.objects.count(), ValueVote.objects.count()) == (1, 1, 1)


def test_of_two_amounts_that_are_put_before_the_board_it_gets_one(
    real_commits: RealCommits, molen: Neighbourhood, ann: User
) -> None:
    deciding.rules(molen, Decider.BOTH)
    democracy.policy(molen, Subject.MOTION)
    decision = deciding.closed(voted(molen, ann, amount=1000))

    outcomes = real_commits.race(
        ask_the_board,
        [{"decision": decision.pk, "login": ann.pk, "amount": amount} for amount in (950, 1050)],
    )

    assert sorted(one.refused or "" for one in outcomes) == ["", "confirmation_running"]
    assert decision.votes.count() == 2


def test_a_value_begins_or_an_appeal_is_in_time_and_never_both(
    real_commits: RealCommits, molen: Neighbourhood, ann: User
) -> None:
    decision = deciding.closed(voted(molen, ann))

    began, appealed = real_commits.race_between(
        [(take_effect, {"decision": decision.pk}), (appeal, {"decision": decision.pk, "login": ann.pk})]
    )

    assert (began.result or began.refused, appealed.result or appealed.refused) in {
        ("in force", "no_appeal_now"),
        ("appeals_open", "appealed"),
    }
    assert (ValueVersion.objects.count() == 1) == (began.result == "in force")


def test_one_value_begins_once(real_commits: RealCommits, molen: Neighbourhood, ann: User) -> None:
    decision = deciding.closed(voted(molen, ann))

    outcomes = real_commits.race(take_effect, [{"decision": decision.pk}] * AT_ONCE)

    assert tally(outcomes) == {"in force": 1, "move_refused": AT_ONCE - 1}
    assert ValueVersion.objects.get().amount == 900


def test_of_values_that_need_the_same_money_at_one_moment_one_begins(
    real_commits: RealCommits, molen: Neighbourhood, ann: User
) -> None:
    deciding.rules(molen, cover_months=3)
    pots.pot(molen, amount=300_00)  # each costs 270.00
    decisions = [
        deciding.closed(voted(molen, ann, name=name)) for name in ("Voorlezen", "Soep koken", "Tuinieren")
    ]

    outcomes = real_commits.race(take_effect, [{"decision": one.pk} for one in decisions])

    assert tally(outcomes) == {"in force": 1, "cover_short": 2}


# --- Killed half-way --------------------------------------------------------------------------------------------------

VALUES = "neighbourhoods.operations.values"


@pytest.mark.parametrize(
    ("module", "name", "left"),
    [
        pytest.param("neighbourhoods.operations.ballots.boxes", "mix", "OPEN", id="while the box is closed"),
        pytest.param("neighbourhoods.operations.ballots", "count_box", "CLOSED", id="before the count"),
        pytest.param(f"{VALUES}.voting", "settle", "COUNTED", id="before it is written down"),
        pytest.param(f"{VALUES}.outcome", "guideline_for", "COUNTED", id="while it is written down"),
    ],
)
def test_a_count_that_was_interrupted_is_taken_up_and_comes_to_the_same(
    real_commits: RealCommits, molen: Neighbourhood, ann: User, module: str, name: str, left: str
) -> None:
    decision = voted(molen, ann)
    racer = real_commits.begin(advance_until, {"now": CLOSED.isoformat(), "module": module, "name": name})
    assert racer.said() == "here"
    racer.kill()
    assert (deciding.state(decision), deciding.box_of(decision).state) == ("VOTING", left)
    assert events()["value_decision.decide"] == 0

    deciding.advance(CLOSED + DAY)

    decision = deciding.again(decision)
    assert (decision.state, decision.decided, decision.decided_at) == ("APPEAL", 900, CLOSED + DAY)
    assert (Result.objects.count(), events()["value_decision.decide"]) == (1, 1)


@pytest.mark.parametrize("name", ["check_cover", "transition"])
def test_a_value_begins_whole_or_not_at_all(
    real_commits: RealCommits, molen: Neighbourhood, ann: User, name: str
) -> None:
    decision = voted(molen, ann)
    former = make.worth(decision.item, 800)
    deciding.closed(decision)
    racer = real_commits.begin(
        advance_until, {"now": IN_FORCE.isoformat(), "module": f"{VALUES}.outcome", "name": name}
    )
    assert racer.said() == "here"
    racer.kill()
    assert (deciding.state(decision), deciding.state(former.decision)) == ("APPEAL", "IN_FORCE")
    assert list(ValueVersion.objects.all()) == [former]

    deciding.advance(IN_FORCE + DAY)

    assert (deciding.state(decision), deciding.state(former.decision)) == ("IN_FORCE", "SUPERSEDED")
    assert ValueVersion.objects.exclude(pk=former.pk).get().effective_on == (IN_FORCE + DAY).date()
