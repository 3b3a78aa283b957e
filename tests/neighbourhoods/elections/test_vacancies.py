"""An elected seat falls empty. The same ballots are counted again, and the next one is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.models import AuditEntry
from core.refusals import NotAllowed
from neighbourhoods.counting import canonical, count
from neighbourhoods.models import Election, Interest, Neighbourhood, Nomination, Seat
from neighbourhoods.operations import elections
from neighbourhoods.operations.elections.freezing import NotYet
from neighbourhoods.operations.elections.vacancies import NobodyLeft, NotAsked, NoVacancy
from neighbourhoods.operations.seats import end_seat
from neighbourhoods.queries.elections import countbacks, vacancies
from neighbourhoods.queries.results import paper_of, sheet_of
from people.models import Role, User
from tests.factories.people import actor, mandate
from tests.factories.residency import DAY, NOON, TODAY, resident, seated
from tests.neighbourhoods.elections import stage
from tests.neighbourhoods.elections.stage import CLOSED, FINAL
from tests.plugins.data import RealCommits

LATER = NOON + 100 * DAY
LATER_ON = TODAY + 100 * DAY


@pytest.fixture
def eva(molenwijk: Neighbourhood) -> User:
    return stage.residents(molenwijk, "Eva")[0]


@pytest.fixture
def election(molenwijk: Neighbourhood, ann: User, ben: User, cas: User, dirk: User, eva: User) -> Election:
    """Two seats, four candidates. Ann and Ben are elected; Ann's voters want Cas next, Ben's want Dirk."""
    return held(molenwijk, ann, ben, cas, dirk, eva)


def held(molenwijk: Neighbourhood, ann: User, ben: User, cas: User, dirk: User, eva: User) -> Election:
    made = stage.voting(stage.nominating(molenwijk, seats=2), [ann, ben, cas, dirk])
    for voter, order in (
        (ann, (ann, cas)), (cas, (ann, cas)), (eva, (ann, cas)), (ben, (ben, dirk)), (dirk, (ben, dirk)),
    ):  # fmt: skip
        stage.ranks(made, voter, *order)
    stage.advance(CLOSED)
    stage.advance(FINAL)
    assert stage.state(made) == "FINAL"
    return stage.again(made)


def leaves(who: User, *, at: Any = LATER) -> Seat:
    """Gives up the seat; today is the last day."""
    seat = Seat.objects.get(person=who.person_id)
    end_seat(seat=seat, on=LATER_ON - DAY, actor=actor(who), at=at, reason="Verhuist.")
    return Seat.objects.get(pk=seat.pk)


def nomination(election: Election, who: User) -> Nomination:
    return election.nominations.get(candidate=who.person)


def of(seat: Seat) -> Election:
    """The election that a seat came from."""
    assert seat.election is not None
    return seat.election


def test_while_everybody_sits_no_chair_is_empty(
    election: Election, molenwijk: Neighbourhood, olga: User
) -> None:
    assert vacancies(molenwijk, LATER_ON) == []
    with pytest.raises(NoVacancy):
        elections.ask_next(election=of(Seat.objects.all()[0]), actor=actor(olga), at=LATER)


def test_an_empty_chair_is_shown_to_the_polling_office_the_day_after(
    election: Election, molenwijk: Neighbourhood, ann: User
) -> None:
    seat = leaves(ann)

    assert vacancies(molenwijk, seat.until_on) == []
    (empty,) = vacancies(molenwijk, LATER_ON)
    assert (empty.election, empty.seat, empty.since) == (election, seat, seat.until_on)


@pytest.mark.parametrize(("leaver", "heir"), [("ann", "cas"), ("ben", "dirk")])
def test_the_voters_of_who_left_decide_who_is_asked(
    election: Election, olga: User, leaver: str, heir: str, request: pytest.FixtureRequest
) -> None:
    leaving, next_one = (request.getfixturevalue(name) for name in (leaver, heir))
    seat = leaves(leaving)

    asked = elections.ask_next(election=of(seat), actor=actor(olga), at=LATER)

    assert asked.candidate == next_one.person
    assert AuditEntry.objects.get(event="nomination.asked").about.get().party == next_one.person


def test_the_recount_can_be_made_again_by_anybody_and_keeps_who_sits(
    election: Election, molenwijk: Neighbourhood, ann: User, ben: User, cas: User, olga: User
) -> None:
    seat = leaves(ann)
    elections.ask_next(election=of(seat), actor=actor(olga), at=LATER)

    (made_of,) = countbacks(election)
    keys = {who: stage.number_of(election, who) for who in (ann, ben, cas)}
    assert (made_of["withdrawn"], made_of["guarded"], made_of["next"]) == (
        [keys[ann]],
        [keys[ben]],
        keys[cas],
    )
    assert election.box is not None
    published = paper_of(election.box)
    again = count({**published, "withdrawn": made_of["withdrawn"], "guarded": made_of["guarded"]})
    assert set(again["outcome"]["elected"]) == {keys[ben], keys[cas]}
    assert again["input_hash"] == made_of["input_hash"]
    assert canonical(again) == canonical(elections.recount(election, LATER).sheet)
    # The result itself is not touched.
    assert json.loads(election.box.result.sheet) == sheet_of(election.box)
    assert set(sheet_of(election.box)["outcome"]["elected"]) == {keys[ann], keys[ben]}


def test_who_says_yes_sits_from_today_to_the_end_of_the_same_term_with_their_interests(
    election: Election, molenwijk: Neighbourhood, ann: User, cas: User, olga: User
) -> None:
    Nomination.objects.filter(candidate=cas.person).update(interests="Speeltuin", has_no_interests=False)
    elections.ask_next(election=of(leaves(ann)), actor=actor(olga), at=LATER)

    seat = elections.install(nomination=nomination(election, cas), actor=actor(cas), at=LATER + DAY)

    assert (seat.person, seat.kind, seat.election) == (cas.person, "ELECTED", election)
    assert (seat.from_on, seat.until_on) == (LATER_ON + DAY, election.term_until_on)
    assert vacancies(molenwijk, LATER_ON + DAY) == []
    assert Interest.objects.get().text == "Speeltuin"
    with pytest.raises(NoVacancy):
        elections.install(nomination=nomination(election, cas), actor=actor(olga), at=LATER + DAY)


def test_who_says_no_is_passed_over_and_the_next_one_is_asked(
    election: Election, ann: User, cas: User, dirk: User, olga: User
) -> None:
    seat = leaves(ann)
    elections.ask_next(election=of(seat), actor=actor(olga), at=LATER)

    elections.candidate_declines(nomination=nomination(election, cas), actor=actor(cas), at=LATER)
    with pytest.raises(NotAsked):
        elections.candidate_declines(nomination=nomination(election, cas), actor=actor(cas), at=LATER)
    second = elections.ask_next(election=of(seat), actor=actor(olga), at=LATER)
    assert second.candidate == dirk.person
    with pytest.raises(NotAsked):
        elections.install(nomination=nomination(election, cas), actor=actor(cas), at=LATER)

    elections.candidate_declines(nomination=second, actor=actor(olga), at=LATER)
    with pytest.raises(NobodyLeft):
        elections.ask_next(election=of(seat), actor=actor(olga), at=LATER)
    assert len(countbacks(election)) == 2


def test_who_does_not_answer_has_fourteen_days(election: Election, ann: User, cas: User, olga: User) -> None:
    elections.ask_next(election=of(leaves(ann)), actor=actor(olga), at=LATER)
    asked = nomination(election, cas)

    with pytest.raises(NotYet):
        elections.candidate_declines(
            nomination=asked, actor=actor(olga), at=LATER + 13 * DAY, has_answered=False
        )
    elections.candidate_declines(nomination=asked, actor=actor(olga), at=LATER + 14 * DAY, has_answered=False)

    assert AuditEntry.objects.filter(event="nomination.declined").count() == 1


def test_asking_again_writes_down_nothing_new(election: Election, ann: User, olga: User) -> None:
    seat = leaves(ann)

    first, second = (elections.ask_next(election=of(seat), actor=actor(olga), at=LATER) for _time in range(2))

    assert first == second
    assert (len(countbacks(election)), AuditEntry.objects.filter(event="nomination.asked").count()) == (1, 1)


def test_who_moved_away_or_runs_elections_is_not_asked(
    election: Election, molenwijk: Neighbourhood, ann: User, cas: User, dirk: User, olga: User
) -> None:
    seat = leaves(ann)
    cas.person.residencies.update(state="ENDED")
    assert elections.ask_next(election=of(seat), actor=actor(olga), at=LATER).candidate == dirk.person

    mandate(person=dirk, principal=molenwijk.party, role=Role.POLLING)
    with pytest.raises(NobodyLeft):
        elections.ask_next(election=of(seat), actor=actor(olga), at=LATER)


def test_two_empty_chairs_are_filled_one_after_the_other(
    election: Election, molenwijk: Neighbourhood, ann: User, ben: User, cas: User, dirk: User, olga: User
) -> None:
    seats = [leaves(ann), leaves(ben)]
    assert [empty.seat for empty in vacancies(molenwijk, LATER_ON)] == seats

    for seat in seats:
        asked = elections.ask_next(election=of(seat), actor=actor(olga), at=LATER)
        elections.install(nomination=asked, actor=actor(olga), at=LATER)

    assert set(Seat.objects.in_force(LATER_ON).values_list("person", flat=True)) == {
        cas.person_id,
        dirk.person_id,
    }


def test_only_the_polling_office_asks_and_only_it_and_the_candidate_answer(
    election: Election, ann: User, ben: User, cas: User, olga: User
) -> None:
    seat = leaves(ann)
    with pytest.raises(NotAllowed):
        elections.ask_next(election=of(seat), actor=actor(ben), at=LATER)
    asked = elections.ask_next(election=of(seat), actor=actor(olga), at=LATER)

    for deed in (elections.install, elections.candidate_declines):
        with pytest.raises(NotAllowed):
            deed(nomination=asked, actor=actor(ben), at=LATER)


def test_nobody_takes_a_chair_unasked(election: Election, ann: User, cas: User, dirk: User) -> None:
    leaves(ann)

    for who in (cas, dirk):
        with pytest.raises(NotAsked):
            elections.install(nomination=nomination(election, who), actor=actor(who), at=LATER)

    assert Seat.objects.count() == 2


def test_an_appointed_seat_is_filled_by_the_municipality(molenwijk: Neighbourhood, ann: User) -> None:
    seat = seated(ann, molenwijk)
    Seat.objects.filter(pk=seat.pk).update(until_on=LATER_ON - DAY)

    assert vacancies(molenwijk, LATER_ON) == []


def test_with_fewer_than_five_ballots_too(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User, olga: User
) -> None:
    election = stage.voting(stage.nominating(molenwijk, seats=1), [ann, ben])
    for voter in (ann, cas):
        stage.ranks(election, voter, ann, ben)
    stage.advance(CLOSED)
    stage.advance(FINAL)

    asked = elections.ask_next(election=of(leaves(ann)), actor=actor(olga), at=LATER)

    assert asked.candidate == ben.person
    # What is kept of it tells nothing about the ballots, not even to who would try all that there can be.
    assert [set(made_of) for made_of in countbacks(election)] == [{"at", "withdrawn", "guarded", "next"}]


def test_a_chair_that_nobody_ever_took_is_filled_in_the_same_way(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User, olga: User
) -> None:
    election = stage.voting(stage.nominating(molenwijk, seats=1), [ann, ben])
    stage.ranks(election, cas, ann, ben)
    stage.advance(CLOSED)
    ann.person.residencies.update(state="ENDED")
    stage.advance(FINAL)

    (empty,) = vacancies(molenwijk, LATER_ON)
    assert (empty.election, empty.seat) == (election, None)
    asked = elections.ask_next(election=stage.again(election), actor=actor(olga), at=LATER)
    assert asked.candidate == ben.person


def test_of_who_was_confirmed_one_by_one_nobody_comes_up(
    molenwijk: Neighbourhood, ann: User, ben: User, olga: User
) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann, ben])
    for voter in (ann, ben):
        stage.put_in(election, voter, {"1": "yes", "2": "yes"})
    stage.advance(CLOSED)
    stage.advance(FINAL)

    seat = leaves(ann)

    assert [empty.seat for empty in vacancies(molenwijk, LATER_ON)] == [seat]
    with pytest.raises(NobodyLeft):
        elections.ask_next(election=of(seat), actor=actor(olga), at=LATER)


def test_a_new_board_ends_the_vacancies_of_the_old_one(
    election: Election, molenwijk: Neighbourhood, ann: User
) -> None:
    leaves(ann)

    assert len(vacancies(molenwijk, LATER_ON)) == 1
    assert vacancies(molenwijk, election.term_until_on + DAY) == []


def asks(seat: int, officer: int) -> int:
    login = User.objects.select_related("person").get(pk=officer)
    found = elections.ask_next(election=of(Seat.objects.get(pk=seat)), actor=actor(login), at=LATER)
    return found.pk


def installs(nomination: int, officer: int) -> int:
    login = User.objects.select_related("person").get(pk=officer)
    seat = elections.install(nomination=Nomination.objects.get(pk=nomination), actor=actor(login), at=LATER)
    return seat.pk


def test_two_officers_at_the_same_moment_ask_once_and_fill_one_chair_once(real_commits: RealCommits) -> None:
    molenwijk = stage.a_place()
    people = stage.residents(molenwijk, "Ann", "Ben", "Cas", "Dirk", "Eva")
    election = held(molenwijk, *people)
    officers = [stage.officer_of(molenwijk, name) for name in ("Olga", "Otto")]
    for officer in officers:
        resident(officer, molenwijk)
    seat = leaves(people[0])

    asked = real_commits.race(asks, [{"seat": seat.pk, "officer": one.pk} for one in officers])
    (number,) = {one.result for one in asked}
    assert len(countbacks(election)) == 1
    filled = real_commits.race(installs, [{"nomination": number, "officer": one.pk} for one in officers])

    assert sorted(str(one.refused) for one in filled) == ["None", "no_vacancy"]
    assert Seat.objects.in_force(LATER_ON).count() == 2
