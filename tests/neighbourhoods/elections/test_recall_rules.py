"""Who can call for a new election, and what becomes of a call while another election goes on."""

from __future__ import annotations

from datetime import date

import pytest

from neighbourhoods.models import Election, Neighbourhood, Proposal, Support
from neighbourhoods.operations import elections, recalls
from neighbourhoods.states import ProposalState
from people.models import PersonDetails, User
from tests.factories import democracy
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, seated
from tests.neighbourhoods.elections import stage
from tests.neighbourhoods.elections.test_recalls import start, support


@pytest.fixture
def others(molenwijk: Neighbourhood, cas: User) -> list[User]:
    """Nine more residents; with Cas, who sits on the board, and Ann and Ben there are twelve. A fifth is three."""
    seated(cas, molenwijk, until_on=TODAY + 900 * DAY)
    return stage.residents(molenwijk, *(f"Buur{number}" for number in range(9)))


def born(who: User, on: date) -> None:
    PersonDetails.objects.filter(party=who.person).update(born_on=on)


def enough_while_another_runs(molenwijk: Neighbourhood, ann: User, *more: User) -> tuple[Proposal, Election]:
    """The third supporter comes when an election was announced already, so nothing is called yet."""
    call = start(molenwijk, ann)
    running = stage.announced(molenwijk)
    assert [support(call, who) for who in more] == [False] * len(more)
    return call, running


def test_support_that_was_enough_calls_the_election_once_the_other_is_called_off(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    call, running = enough_while_another_runs(molenwijk, ann, ben, others[0])
    stage.advance(NOON)
    elections.cancel(election=running, reason="Vergissing.", actor=SYSTEM, at=NOON)

    stage.advance(NOON + DAY)
    stage.advance(NOON + DAY)

    call.refresh_from_db()
    assert (call.state, Election.objects.filter(called_by=call).count()) == (ProposalState.CALLED, 1)


def test_too_little_support_calls_nothing_by_the_clock(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    call = start(molenwijk, ann)
    support(call, ben)

    stage.advance(NOON + DAY)

    call.refresh_from_db()
    assert (call.state, Election.objects.count()) == (ProposalState.PROPOSED, 0)


def test_a_board_that_was_chosen_meanwhile_is_not_sent_away_by_a_call_against_the_one_before(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    call = start(molenwijk, ann)
    democracy.election(molenwijk, state="FINAL", closes_at=NOON + 28 * DAY)
    for who in (ben, others[0]):
        assert support(call, who, at=NOON + 30 * DAY) is False

    stage.advance(NOON + 30 * DAY)

    call.refresh_from_db()
    assert (call.state, Election.objects.filter(called_by=call).count()) == (ProposalState.EXPIRED, 0)


def test_who_is_too_young_to_vote_neither_calls_nor_supports_nor_is_counted(
    molenwijk: Neighbourhood, ann: User, ben: User, others: list[User]
) -> None:
    sixteen = TODAY.replace(year=TODAY.year - 16)
    for child in others[:2]:  # ten are left, and a fifth of them is two
        born(child, sixteen + DAY)
    born(ben, sixteen)

    with pytest.raises(recalls.TooYoungToCall, match="16"):
        start(molenwijk, others[0])
    call = start(molenwijk, ann)
    with pytest.raises(recalls.TooYoungToCall, match="16"):
        support(call, others[1])

    assert Support.objects.count() == 1
    assert support(call, ben) is True
