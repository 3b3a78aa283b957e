"""An election of Molenwijk, step by step, as the people of these tests go through it.

Today is 21 November 2026, at noon. With the first policies nominations run from the 22nd to 6 December, the roll is
frozen on the 7th, voting runs from the 8th to the 18th, appeals to 1 January, and the term begins on the 2nd.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from neighbourhoods.models import Election, Neighbourhood, Nomination, Proposal, Subject
from neighbourhoods.operations import ballots, elections
from neighbourhoods.operations.policies import add_first_policies
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.queries.policies import policy_for
from neighbourhoods.states import ElectionState, ProposalState
from people.models import Role, User
from tests.factories.people import actor, mandate, person
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, municipality, place, resident

HOUR = timedelta(hours=1)
WORDS: dict[str, Any] = {
    "statement": "Ik wil een buurt voor iedereen.",
    "interests": "",
    "has_no_interests": True,
}
# Moments of the election that `drafted` makes.
NOMINATING = NOON + 3 * DAY
FREEZES = NOON + 16 * DAY + 9 * HOUR
VOTING = NOON + 20 * DAY
CLOSED = NOON + 28 * DAY
FINAL = NOON + 45 * DAY


def a_place(name: str = "Molenwijk") -> Neighbourhood:
    """A neighbourhood that has written down how it decides."""
    made = place(name, of=municipality("Dijkstad"))
    add_first_policies(made, actor=SYSTEM, at=NOON)
    return made


def officer_of(neighbourhood: Neighbourhood, name: str = "Olga") -> User:
    """Somebody of the polling office."""
    login = person(name)
    mandate(person=login, principal=neighbourhood.party, role=Role.POLLING)
    return login


def residents(neighbourhood: Neighbourhood, *names: str) -> list[User]:
    logins = [person(name) for name in names]
    for login in logins:
        resident(login, neighbourhood)
    return logins


def dates(neighbourhood: Neighbourhood, *, seats: int = 2, **more: Any) -> elections.ElectionDates:
    policy = policy_for(neighbourhood, Subject.ELECTION)
    made = elections.suggest_dates(policy, title="Bestuur 2027", seats=seats, from_on=TODAY + DAY)
    return replace(made, **more)


def drafted(neighbourhood: Neighbourhood, *, by: User | None = None, **more: Any) -> Election:
    return elections.draft_election(
        neighbourhood=neighbourhood, values=dates(neighbourhood, **more), key=uuid.uuid4(),
        actor=actor(by) if by else SYSTEM, at=NOON,
    )  # fmt: skip


def announced(neighbourhood: Neighbourhood, **more: Any) -> Election:
    election = drafted(neighbourhood, **more)
    elections.announce(election=election, actor=SYSTEM, at=NOON)
    return election


def nominating(neighbourhood: Neighbourhood, **more: Any) -> Election:
    """An election in which people can stand."""
    election = announced(neighbourhood, **more)
    elections.open_nominations(election=election, actor=SYSTEM, at=election.nominations_from)
    return election


def stands(election: Election, who: User, *, at: datetime = NOMINATING, **words: Any) -> Nomination:
    return elections.stand(
        election=election, person=who.person, actor=actor(who), at=at, **{**WORDS, **words}
    )


def standing(election: Election, candidates: Iterable[User]) -> list[Nomination]:
    return [stands(election, who) for who in candidates]


def frozen(election: Election, candidates: Iterable[User]) -> Election:
    """These stand, and it is fixed."""
    standing(election, candidates)
    elections.freeze(election=election, actor=SYSTEM, at=FREEZES)
    return again(election)


def voting(election: Election, candidates: Iterable[User]) -> Election:
    """These stand, and people vote."""
    opens(frozen(election, candidates))
    return again(election)


def opens(election: Election) -> None:
    """Voting begins, on time."""
    advance(again(election).opens_at)


def number_of(election: Election, who: User) -> str:
    """The key of a candidate on the ballot."""
    return str(election.nominations.get(candidate_id=who.person.canonical_id).number)


def ranks(election: Election, voter: User, *candidates: User) -> None:
    """The voter puts these candidates in this order."""
    put_in(election, voter, [number_of(election, one) for one in candidates])


def put_in(election: Election, voter: User, choice: Any) -> None:
    box = again(election).box
    assert box is not None
    ballots.cast(
        box=box, person=voter.person, choice=choice, wants_receipt=False, form_hash=form_hash(box),
        actor=actor(voter), at=VOTING,
    )  # fmt: skip


def a_call(neighbourhood: Neighbourhood, who: User) -> Proposal:
    """A call for a new election that found enough support."""
    return Proposal.objects.create(
        neighbourhood=neighbourhood, policy=policy_for(neighbourhood, Subject.RECALL), kind="RECALL",
        title="Nieuw bestuur", text="Er gebeurt niets.", language="nl", proposed_by=who.person, proposed_at=NOON,
        key=uuid.uuid4(), state=ProposalState.CALLED,
    )  # fmt: skip


def advance(now: datetime) -> elections.Advanced:
    done = elections.advance(now=now)
    assert not done.failed
    return done


def again(election: Election) -> Election:
    """As it is in the database now."""
    return Election.objects.select_related("box", "roll", "policy", "neighbourhood").get(pk=election.pk)


def state(election: Election) -> str:
    return ElectionState(again(election).state).value
