"""What somebody can do now, and what pages ask about elections."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import BallotBox, Election, Neighbourhood, Proxy, RollEntry
from neighbourhoods.operations import ballots, elections, recalls, rolls
from neighbourhoods.queries.decisions import decided
from neighbourhoods.queries.elections import (
    Deed,
    announced_elections,
    candidates_of,
    is_candidate,
    last_final,
    open_for,
    running_election,
    vacancies,
)
from people.models import User
from tests.factories import democracy
from tests.factories.people import actor, person
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, resident, seated, second_login
from tests.neighbourhoods.elections import stage
from tests.neighbourhoods.elections.stage import CLOSED, NOMINATING, VOTING

SECOND = timedelta(seconds=1)


def deeds(who: User, now: datetime = NOMINATING) -> list[str]:
    return [one.deed for one in open_for(who.person, now)]


def given_by(giver: User, holder: User, box: BallotBox | None) -> Proxy:
    """Somebody on the roll of a vote lets another vote for them."""
    assert box is not None
    return Proxy.objects.create(entry=box.roll.entries.get(person=giver.person), holder=holder.person)


def test_while_nominations_run_a_resident_can_nominate_and_a_nominee_answer(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    election = stage.nominating(molenwijk)
    made = elections.nominate(
        election=election, candidate=ben.person, by=ann.person, actor=actor(ann), at=NOMINATING
    )

    (nominate,) = open_for(ann.person, NOMINATING)
    (accept,) = open_for(ben.person, NOMINATING)
    assert (nominate.deed, nominate.election, nominate.until) == (
        Deed.NOMINATE, election, election.nominations_until,
    )  # fmt: skip
    assert (accept.deed, accept.nomination, accept.until) == (Deed.ACCEPT, made, election.freezes_at)
    assert deeds(ann, election.nominations_until) == []
    assert deeds(ben, election.freezes_at - SECOND) == [Deed.ACCEPT]
    assert deeds(ben, election.freezes_at) == []


def test_who_stands_has_nothing_to_do_and_who_lives_elsewhere_sees_nothing(
    molenwijk: Neighbourhood, ann: User
) -> None:
    election = stage.nominating(molenwijk)
    stage.stands(election, ann)
    eva = person("Eva")
    resident(eva, stage.a_place("Sluiskade"))

    assert (deeds(ann), deeds(eva), deeds(second_login(ann))) == ([], [], [])
    assert is_candidate(election, second_login(ann, "Drie").person)
    assert not is_candidate(election, eva.person)


def test_a_vote_is_open_until_somebody_voted_under_whichever_number(
    molenwijk: Neighbourhood, ann: User, ben: User, olga: User
) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann])
    box = election.box
    assert box is not None

    (vote,) = open_for(ben.person, VOTING)
    assert (vote.deed, vote.box, vote.election, vote.until) == (Deed.VOTE, box, election, election.closes_at)
    assert vote.title == "Bestuur 2027"
    twin = second_login(ben)
    assert deeds(twin, VOTING) == [Deed.VOTE]
    stage.put_in(election, ben, {"1": "yes"})
    ballots.mark_paper(box=box, voter=ann.person, actor=actor(olga), at=VOTING)

    assert [deeds(who, VOTING) for who in (ann, ben, twin)] == [[], [], []]
    assert deeds(olga, election.closes_at - SECOND) == [Deed.VOTE]
    assert deeds(olga, election.closes_at) == []
    assert deeds(olga, election.opens_at - SECOND) == []


def test_who_is_left_out_of_the_roll_is_told_and_after_an_objection_no_more(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    election = stage.nominating(molenwijk)
    roll = stage.again(election).roll
    assert roll is not None
    roll.entries.filter(person=ben.person).update(is_included=False, basis="AGE")

    assert deeds(ben) == [Deed.NOMINATE, Deed.LOOK_AT_ROLL]
    rolls.object_to_roll(
        roll=roll, person=ben.person, text="Ik ben oud genoeg.", key=uuid.uuid4(), actor=actor(ben), at=NOMINATING
    )  # fmt: skip

    assert deeds(ben) == [Deed.NOMINATE]
    assert deeds(ann) == [Deed.NOMINATE]


def test_a_vote_by_proxy_is_open_under_whichever_number_until_it_is_cast(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    box = democracy.box(molenwijk, [ben])
    proxy = given_by(ben, ann, box)

    (vote,) = open_for(second_login(ann).person, democracy.VOTING)

    assert (vote.deed, vote.box, vote.proxy, vote.until) == (Deed.VOTE_FOR, box, proxy, box.closes_at)
    assert (deeds(ann, box.opens_at - SECOND), deeds(ann, box.closes_at)) == ([], [])
    assert deeds(ben, democracy.VOTING) == [Deed.VOTE]
    RollEntry.objects.filter(pk=proxy.entry_id).update(channel="PROXY")
    assert deeds(ann, democracy.VOTING) == []


def test_a_call_for_an_election_can_be_supported_once(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User
) -> None:
    seated(cas, molenwijk)
    stage.residents(molenwijk, *(f"Buur{number}" for number in range(9)))
    call = recalls.start(
        neighbourhood=molenwijk, person=ann.person, title="Nieuw bestuur", text="Omdat.", key=uuid.uuid4(),
        actor=actor(ann), at=NOON,
    )  # fmt: skip

    (support,) = open_for(ben.person, NOON)
    assert (support.deed, support.proposal, support.title) == (Deed.SUPPORT, call, "Nieuw bestuur")
    assert support.until == NOON + 60 * DAY
    assert (deeds(ann, NOON), deeds(ben, NOON + 60 * DAY)) == ([], [])


def test_what_ends_first_stands_in_front(molenwijk: Neighbourhood, ann: User, ben: User, cas: User) -> None:
    seated(cas, molenwijk)
    stage.residents(molenwijk, *(f"Buur{number}" for number in range(9)))
    recalls.start(
        neighbourhood=molenwijk, person=ann.person, title="Nieuw bestuur", text="Omdat.", key=uuid.uuid4(),
        actor=actor(ann), at=NOON,
    )  # fmt: skip
    stage.nominating(molenwijk)
    democracy.box(molenwijk, [ben], closes_at=NOMINATING + DAY, opens_at=NOON)

    assert deeds(ben) == [Deed.VOTE, Deed.NOMINATE, Deed.SUPPORT]


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_open_takes_a_fixed_number_of_queries(
    molenwijk: Neighbourhood, ann: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for one in range(number):
        election = democracy.election(molenwijk, nominations_from=NOON, nominations_until=NOON + 9 * DAY)
        democracy.nomination(election, person(f"Kandidaat{one}"))
        asked = democracy.election(molenwijk)
        democracy.nomination(asked, ann, state="PROPOSED", proposed_by=person(f"Buur{one}").person)
        democracy.box(molenwijk, [ann])
        giver = person(f"Gever{one}")
        given_by(giver, ann, democracy.election_in_voting(molenwijk, [], [giver]).box)

    with django_assert_num_queries(8):
        found = open_for(ann.person, democracy.VOTING)
        _shown = [
            (one.title, one.until, one.nomination and one.nomination.proposed_by.display_name,
             one.election and one.election.neighbourhood.slug, one.proxy and one.proxy.entry.person.display_name)
            for one in found
        ]  # fmt: skip

    assert [one.deed for one in found].count(Deed.ACCEPT) == number
    assert [one.deed for one in found].count(Deed.VOTE) == number
    assert [one.deed for one in found].count(Deed.VOTE_FOR) == number


@pytest.mark.parametrize("number", [1, 3])
def test_candidates_take_one_query(
    molenwijk: Neighbourhood, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    election = democracy.election(molenwijk)
    for one in range(number):
        democracy.nomination(election, person(f"Kandidaat{one}"))

    with django_assert_num_queries(1):
        names = {one.candidate.display_name for one in candidates_of(election)}

    assert len(names) == number


def test_empty_chairs_take_a_fixed_number_of_queries(
    molenwijk: Neighbourhood,
    ann: User,
    ben: User,
    cas: User,
    dirk: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    election = stage.voting(stage.nominating(molenwijk, seats=3), [ann, ben, cas, dirk])
    for voter, order in ((ann, (ann, ben, cas)), (ben, (ben, cas, ann)), (cas, (cas, ann, ben))):
        stage.ranks(election, voter, *order)
    stage.advance(CLOSED)
    stage.advance(stage.FINAL)
    later = TODAY + 200 * DAY

    for number in (1, 3):
        for seat in election.filled_seats.order_by("pk")[:number]:
            type(seat).objects.filter(pk=seat.pk).update(until_on=later - DAY)
        with django_assert_num_queries(2):
            found = vacancies(molenwijk, later)
            assert len([one.seat.person.display_name for one in found if one.seat]) == number


def test_which_election_runs_and_which_the_board_came_from(molenwijk: Neighbourhood, ann: User) -> None:
    first = stage.voting(stage.nominating(molenwijk), [ann])
    assert (running_election(molenwijk), last_final(molenwijk, TODAY + 60 * DAY)) == (first, None)
    stage.put_in(first, ann, {"1": "yes"})
    stage.advance(CLOSED)
    stage.advance(stage.FINAL)

    assert running_election(molenwijk) is None
    assert last_final(molenwijk, TODAY + 60 * DAY) == first
    assert last_final(molenwijk, TODAY) is None
    assert last_final(molenwijk, first.term_until_on + DAY) is None
    # One in which nobody was elected changes nothing about whom the board came from.
    democracy.election(molenwijk, state="FINAL", term_from_on=TODAY + 50 * DAY, closes_at=NOON + 60 * DAY)
    assert last_final(molenwijk, TODAY + 60 * DAY) == first


def test_a_draft_is_seen_by_the_polling_office_alone(molenwijk: Neighbourhood) -> None:
    drafted = stage.drafted(molenwijk)
    shown = stage.announced(molenwijk)

    assert list(announced_elections()) == [shown]
    assert set(Election.objects.all()) == {drafted, shown}


def test_a_draft_that_is_thrown_away_stays_the_polling_offices_own(molenwijk: Neighbourhood) -> None:
    thrown_away, called_off = stage.drafted(molenwijk), stage.announced(molenwijk)
    for number, election in enumerate((thrown_away, called_off)):
        at = NOON + (number + 1) * DAY
        elections.cancel(election=election, reason="Vergissing.", actor=SYSTEM, at=at)

    # Dated by its end, not by the day on which people would have voted.
    assert list(decided(molenwijk)) == [("election", called_off.pk, NOON + 2 * DAY)]
    assert list(announced_elections()) == [called_off]
