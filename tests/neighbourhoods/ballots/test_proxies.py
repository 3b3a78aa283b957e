"""Letting somebody vote for you: one step, within the policy, and over as soon as you vote yourself."""

from __future__ import annotations

import pytest

from core.models import AuditEntry
from core.refusals import NotAllowed
from neighbourhoods.models import BallotBox, Channel, Neighbourhood, Proxy
from neighbourhoods.operations import ballots
from neighbourhoods.operations.ballots import (
    AlreadyVoted,
    HolderNotOnRoll,
    NoChains,
    NoProxiesHere,
    NoProxy,
    NoProxyGiven,
    NotOnRoll,
    ProxyGiven,
    ProxyToSelf,
    TooLate,
    TooManyProxies,
    VotesForOthers,
)
from neighbourhoods.queries.ballots import proxies_held, proxy_given
from people.models import User
from tests.factories.democracy import CLOSES, VOTING, box, policy
from tests.factories.people import actor, person
from tests.factories.residency import second_login
from tests.neighbourhoods.ballots.stage import (
    NO,
    SYSTEM,
    YES,
    channel_of,
    choices_in,
    close,
    how_many,
    paper,
    vote,
)


@pytest.fixture
def dora(db: None) -> User:
    return person("Dora")


@pytest.fixture
def urn(molenwijk: Neighbourhood, ann: User, ben: User, dora: User) -> BallotBox:
    """A vote in which each may vote for one other person."""
    rules = policy(molenwijk, method="YES_NO", max_proxies=1)
    return box(molenwijk, [ann, ben, dora], of=rules)


def give(urn: BallotBox, giver: User, holder: User) -> Proxy:
    return ballots.give_proxy(
        roll=urn.roll, giver=giver.person, holder=holder.person, actor=actor(giver), at=VOTING
    )


def take_back(urn: BallotBox, giver: User) -> None:
    ballots.take_back_proxy(roll=urn.roll, giver=giver.person, actor=actor(giver), at=VOTING)


def test_the_holder_casts_a_ballot_of_their_own_and_one_for_the_giver(
    urn: BallotBox, ann: User, ben: User
) -> None:
    give(urn, ann, ben)

    vote(urn, ben, NO, on_behalf_of=ann.person)
    vote(urn, ben, YES)

    assert (channel_of(urn, ann), channel_of(urn, ben)) == (Channel.PROXY, Channel.ONLINE)
    assert choices_in(urn) == [NO, YES]
    assert list(proxies_held(urn.roll, ben.person)) == [Proxy.objects.get()]


def test_without_a_proxy_nobody_votes_for_another(urn: BallotBox, ann: User, ben: User, dora: User) -> None:
    give(urn, ann, ben)

    for who in (dora, ann):
        with pytest.raises(NoProxy):
            vote(urn, who, on_behalf_of=ben.person)
    with pytest.raises(NoProxy):
        vote(urn, dora, on_behalf_of=ann.person)
    with pytest.raises(NotAllowed):
        vote(urn, ben, on_behalf_of=ann.person, actor=actor(dora))

    assert how_many(urn) == (0, 0)


def test_a_proxy_is_used_once(urn: BallotBox, ann: User, ben: User) -> None:
    give(urn, ann, ben)
    vote(urn, ben, on_behalf_of=ann.person)

    with pytest.raises(AlreadyVoted) as refused:
        vote(urn, ben, on_behalf_of=ann.person)
    with pytest.raises(AlreadyVoted):
        vote(urn, ann)

    assert str(refused.value) == "This person has already voted. A secret vote cannot be changed."
    assert how_many(urn) == (1, 1)


def test_voting_yourself_ends_the_proxy(urn: BallotBox, ann: User, ben: User) -> None:
    give(urn, ann, ben)
    vote(urn, ann)

    with pytest.raises(NoProxy):
        vote(urn, ben, on_behalf_of=ann.person)

    assert proxy_given(urn.roll, ann.person) is None


def test_a_ballot_on_paper_ends_it_too(urn: BallotBox, ann: User, ben: User, olga: User) -> None:
    give(urn, ann, ben)
    paper(urn, olga, ann)

    with pytest.raises(NoProxy):
        vote(urn, ben, on_behalf_of=ann.person)


def test_a_proxy_is_taken_back_until_it_is_used(urn: BallotBox, ann: User, ben: User, dora: User) -> None:
    give(urn, ann, ben)
    take_back(urn, ann)
    with pytest.raises(NoProxy):
        vote(urn, ben, on_behalf_of=ann.person)

    give(urn, ann, dora)
    vote(urn, dora, on_behalf_of=ann.person)
    with pytest.raises(NoProxyGiven):
        take_back(urn, ann)
    events = list(AuditEntry.objects.filter(event__startswith="proxy.").values_list("event", flat=True))
    assert events == ["proxy.give", "proxy.take_back", "proxy.give"]


def test_nobody_gives_or_takes_back_for_another(urn: BallotBox, ann: User, ben: User) -> None:
    give(urn, ann, ben)
    for who in (actor(ben), SYSTEM):
        with pytest.raises(NotAllowed):
            ballots.take_back_proxy(roll=urn.roll, giver=ann.person, actor=who, at=VOTING)
        with pytest.raises(NotAllowed):
            ballots.give_proxy(roll=urn.roll, giver=ann.person, holder=ben.person, actor=who, at=VOTING)


def test_there_are_no_chains(urn: BallotBox, ann: User, ben: User, dora: User) -> None:
    give(urn, ann, ben)

    with pytest.raises(VotesForOthers):
        give(urn, ben, dora)
    with pytest.raises(NoChains):
        give(urn, dora, ann)


def test_a_third_proxy_is_refused_where_two_are_allowed(molenwijk: Neighbourhood, ann: User) -> None:
    givers = [person(f"Giver{number}") for number in range(3)]
    urn = box(molenwijk, [ann, *givers], of=policy(molenwijk, method="YES_NO", max_proxies=2))
    give(urn, givers[0], ann)
    give(urn, givers[1], second_login(ann))

    with pytest.raises(TooManyProxies) as refused:
        give(urn, givers[2], ann)

    assert str(refused.value) == "This person already votes for 2 other people. Ask somebody else."


def test_a_used_proxy_still_counts_towards_the_limit(
    urn: BallotBox, ann: User, ben: User, dora: User
) -> None:
    give(urn, ann, ben)
    vote(urn, ben, on_behalf_of=ann.person)

    with pytest.raises(TooManyProxies):
        give(urn, dora, ben)


def test_one_gives_one_to_another_who_is_entitled(
    urn: BallotBox, ann: User, ben: User, cas: User, dora: User
) -> None:
    with pytest.raises(ProxyToSelf):
        give(urn, ann, ann)
    with pytest.raises(ProxyToSelf):
        give(urn, ann, second_login(ann))
    with pytest.raises(HolderNotOnRoll):
        give(urn, ann, cas)
    with pytest.raises(NotOnRoll):
        give(urn, cas, ann)
    give(urn, ann, ben)
    with pytest.raises(ProxyGiven):
        give(urn, ann, dora)


def test_whoever_voted_gives_no_proxy(urn: BallotBox, ann: User, ben: User) -> None:
    vote(urn, ann)

    with pytest.raises(AlreadyVoted):
        give(urn, ann, ben)


def test_proxies_end_with_voting_and_where_the_policy_has_none(
    molenwijk: Neighbourhood, urn: BallotBox, ann: User, ben: User
) -> None:
    without = box(molenwijk, [ann, ben])
    with pytest.raises(NoProxiesHere):
        give(without, ann, ben)

    with pytest.raises(TooLate):
        ballots.give_proxy(roll=urn.roll, giver=ann.person, holder=ben.person, actor=actor(ann), at=CLOSES)
    give(urn, ann, ben)
    close(urn)
    with pytest.raises(TooLate):
        vote(urn, ben, on_behalf_of=ann.person)
