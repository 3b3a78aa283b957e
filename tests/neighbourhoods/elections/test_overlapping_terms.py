"""A newer board is chosen while the old one still sits. Nobody sits on both, and the old one does not come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial

import pytest
from django.db.models import F

from neighbourhoods.models import Election, Neighbourhood, Nomination, Seat
from neighbourhoods.operations import elections
from neighbourhoods.operations.elections.vacancies import NoVacancy
from neighbourhoods.operations.seats import NewerBoard, end_seat, install_elected, make_room
from neighbourhoods.queries.elections import board_sits_until, elected_keys, last_final, vacancies
from people.models import User
from tests.factories import democracy
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY
from tests.neighbourhoods.elections import stage
from tests.neighbourhoods.elections.stage import CLOSED, FINAL
from tests.plugins.data import RealCommits

LATER = NOON + 100 * DAY
LATER_ON = TODAY + 100 * DAY
BEGINS_ON = LATER_ON + 30 * DAY


def held(molenwijk: Neighbourhood, *people: User) -> Election:
    """Ann is elected, with Ben behind her."""
    ann, ben = people[:2]
    made = stage.voting(stage.nominating(molenwijk, seats=1), [ann, ben])
    for voter in people:
        stage.ranks(made, voter, ann, ben)
    stage.advance(CLOSED)
    stage.advance(FINAL)
    return stage.again(made)


@pytest.fixture
def old(molenwijk: Neighbourhood, ann: User, ben: User, cas: User, dirk: User) -> Election:
    return held(molenwijk, ann, ben, cas, dirk)


def newer(
    old: Election,
    *,
    elects: User,
    begins_on: date = BEGINS_ON,
    until_on: date | None = None,
    stays_away: Sequence[User] = (),
) -> Election:
    """Elected `elects` and is provisional until LATER; `confirm` makes it final."""
    made = democracy.election_in_voting(
        old.neighbourhood, [elects], [elects, *stays_away], seats=1, term_from_on=begins_on,
        term_until_on=until_on or begins_on + 900 * DAY,
    )  # fmt: skip
    assert made.box is not None
    made.box.ballots.create(choice='["1"]')
    made.box.roll.entries.filter(person=elects.person).update(channel="ONLINE")
    stage.advance(democracy.CLOSES)
    # It was held after the old one, whatever the days of the factory.
    Election.objects.filter(pk=made.pk).update(
        closes_at=old.closes_at + 20 * DAY, opens_at=old.closes_at + DAY, appeals_until=LATER - DAY
    )
    return stage.again(made)


def confirm(election: Election, *, at: datetime = LATER) -> None:
    elections.confirm_result(election=election, actor=SYSTEM, at=at)


def leaves(who: User, *, at: datetime = LATER) -> Seat:
    seat = Seat.objects.get(person=who.person_id)
    end_seat(seat=seat, on=LATER_ON - DAY, actor=actor(who), at=at, reason="Verhuist.")
    return seat


def takes_the_chair(election: Election, olga: User, *, at: datetime = LATER) -> Seat:
    asked = elections.ask_next(election=election, actor=actor(olga), at=at)
    return elections.install(nomination=asked, actor=actor(olga), at=at)


def nobody_sits_twice(on: date) -> bool:
    sitting = list(Seat.objects.in_force(on).values_list("person", flat=True))
    return len(sitting) == len(set(sitting))


def test_a_chair_filled_before_the_new_board_begins_ends_the_day_before(
    old: Election, ann: User, ben: User, cas: User, olga: User
) -> None:
    confirm(newer(old, elects=cas))
    leaves(ann)

    seat = takes_the_chair(old, olga)

    assert (seat.person, seat.from_on, seat.until_on) == (ben.person, LATER_ON, BEGINS_ON - DAY)
    assert set(Seat.objects.in_force(BEGINS_ON).values_list("person", flat=True)) == {cas.person_id}


def test_a_chair_filled_before_the_new_board_is_final_ends_in_the_same_way(
    old: Election, ann: User, ben: User, cas: User, olga: User
) -> None:
    coming = newer(old, elects=cas)
    leaves(ann)
    seat = takes_the_chair(old, olga)
    assert seat.until_on == old.term_until_on

    confirm(coming)

    seat.refresh_from_db()
    assert seat.until_on == BEGINS_ON - DAY
    assert set(Seat.objects.in_force(BEGINS_ON).values_list("person", flat=True)) == {cas.person_id}


def test_who_is_on_the_new_board_can_still_help_out_on_the_old_one(
    old: Election, ann: User, ben: User, olga: User
) -> None:
    confirm(newer(old, elects=ben))
    leaves(ann)

    first = takes_the_chair(old, olga)

    second = Seat.objects.exclude(pk=first.pk).get(person=ben.person_id)
    assert (first.until_on, second.from_on) == (BEGINS_ON - DAY, BEGINS_ON)
    assert nobody_sits_twice(BEGINS_ON - DAY)
    assert nobody_sits_twice(BEGINS_ON)


def test_the_new_board_counts_also_when_nobody_whom_it_elected_lives_there_any_more(
    old: Election, ann: User, cas: User, olga: User
) -> None:
    coming = newer(old, elects=cas)
    cas.person.residencies.update(state="ENDED")
    confirm(coming)
    assert not Seat.objects.filter(election=coming).exists()
    leaves(ann)

    assert takes_the_chair(old, olga).until_on == BEGINS_ON - DAY


def test_an_election_that_chose_nobody_shortens_nothing(
    old: Election, ann: User, cas: User, dirk: User, olga: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(democracy, "policy", partial(democracy.policy, turnout_quorum=Fraction(1)))
    coming = newer(old, elects=cas, stays_away=[dirk])
    confirm(coming)
    assert elected_keys(stage.again(coming)) == []
    leaves(ann)

    assert takes_the_chair(old, olga).until_on == old.term_until_on


def test_once_the_new_board_has_begun_the_old_election_fills_no_chair(
    old: Election, ann: User, ben: User, cas: User, olga: User
) -> None:
    leaves(ann)
    asked = elections.ask_next(election=old, actor=actor(olga), at=LATER)
    confirm(newer(old, elects=cas))

    with pytest.raises(NoVacancy):
        elections.install(nomination=asked, actor=actor(ben), at=LATER + 30 * DAY)
    with pytest.raises(NewerBoard):
        install_elected(person=ben.person, election=old, from_on=BEGINS_ON, actor=SYSTEM, at=LATER + 30 * DAY)


def test_an_old_election_with_a_longer_term_does_not_come_back_after_the_new_one(
    old: Election, molenwijk: Neighbourhood, cas: User
) -> None:
    ends_on = BEGINS_ON + 100 * DAY
    confirm(newer(old, elects=cas, until_on=ends_on))
    assert old.term_until_on > ends_on + DAY

    last = last_final(molenwijk, ends_on)
    assert last is not None
    assert last != old
    assert last_final(molenwijk, ends_on + DAY) is None
    assert vacancies(molenwijk, ends_on + DAY) == []


def test_of_several_newer_boards_the_first_to_begin_ends_the_old_one(
    old: Election, ann: User, cas: User, dirk: User
) -> None:
    confirm(newer(old, elects=cas, begins_on=BEGINS_ON + 50 * DAY))
    assert board_sits_until(old) == BEGINS_ON + 49 * DAY
    second = newer(old, elects=dirk)
    Election.objects.filter(pk=second.pk).update(closes_at=F("closes_at") + DAY)
    confirm(stage.again(second))

    assert board_sits_until(old) == BEGINS_ON - DAY
    # The board that would have begun later never sits.
    assert set(Seat.objects.in_force(BEGINS_ON + 60 * DAY).values_list("person", flat=True)) == {
        dirk.person_id
    }


def test_an_older_board_never_shortens_a_newer_one(old: Election, cas: User) -> None:
    coming = newer(old, elects=cas)
    confirm(coming)

    assert board_sits_until(stage.again(coming)) == coming.term_until_on
    assert Seat.objects.get(election=coming).until_on == coming.term_until_on


def test_room_is_made_by_ending_who_sits_and_cancelling_who_would_begin_later(
    old: Election, molenwijk: Neighbourhood, ann: User, cas: User
) -> None:
    confirm(newer(old, elects=cas))

    make_room(neighbourhood=molenwijk, from_on=BEGINS_ON - timedelta(days=10), at=LATER)

    (left,) = Seat.objects.all()
    assert (left.person, left.until_on) == (ann.person, BEGINS_ON - 11 * DAY)


def fills(nomination: int) -> str:
    found = Nomination.objects.get(pk=nomination)
    return str(elections.install(nomination=found, actor=SYSTEM, at=LATER).pk)


def confirms(election: int) -> str:
    confirm(Election.objects.get(pk=election))
    return ""


def test_filling_a_chair_while_the_new_result_becomes_final_never_overlaps(real_commits: RealCommits) -> None:
    molenwijk = stage.a_place()
    people = stage.residents(molenwijk, "Ann", "Ben", "Cas", "Dirk")
    old = held(molenwijk, *people)
    coming = newer(old, elects=people[2])
    leaves(people[0])
    asked = elections.ask_next(election=old, actor=SYSTEM, at=LATER)

    raced = real_commits.race_between(
        [(fills, {"nomination": asked.pk}), (confirms, {"election": coming.pk})]
    )

    assert [one.refused for one in raced] == [None, None]
    assert Seat.objects.get(person=people[1].person_id).until_on == BEGINS_ON - DAY
