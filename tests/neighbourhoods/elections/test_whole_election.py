"""An election from its draft to the day on which the new board begins."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Group

from neighbourhoods.models import Interest, Neighbourhood, Seat, SeatKind
from neighbourhoods.operations import elections
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.rights import derive_groups
from people.models import User
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, TODAY, seated
from tests.neighbourhoods.elections import stage
from tests.neighbourhoods.elections.stage import CLOSED, FINAL, FREEZES, NOMINATING


@pytest.fixture
def editors(molenwijk: Neighbourhood) -> Group:
    molenwijk.editors = Group.objects.create(name="editors of Molenwijk")
    molenwijk.save()
    return molenwijk.editors


def test_the_polling_office_drafts_residents_stand_and_vote_and_the_elected_sit(
    molenwijk: Neighbourhood, olga: User, ann: User, ben: User, cas: User, dirk: User, editors: Group
) -> None:
    election = stage.drafted(molenwijk, by=olga)
    elections.announce(election=election, actor=actor(olga), at=NOON)
    assert stage.advance(election.nominations_from).steps == 2  # nominations open, and a mail says so
    elections.nominate(
        election=election, candidate=ben.person, by=ann.person, actor=actor(ann), at=NOMINATING
    )
    elections.accept(
        nomination=election.nominations.get(), actor=actor(ben), at=NOMINATING, statement="Voor de jeugd.",
        interests="Bestuurslid speeltuin\n\nWerkt bij de gemeente", has_no_interests=False,
    )  # fmt: skip
    for who in (ann, cas):
        stage.stands(election, who)
    elections.freeze(election=election, actor=actor(olga), at=FREEZES)
    stage.opens(election)
    for voter, order in (
        (ann, (ann, ben)),
        (dirk, (ann, ben)),
        (ben, (ben, ann)),
        (cas, (cas, ben)),
        (olga, (ben,)),
    ):
        stage.ranks(election, voter, *order)

    stage.advance(CLOSED)
    assert stage.state(election) == "PROVISIONAL"
    assert Seat.objects.count() == 0
    stage.advance(FINAL)

    assert stage.state(election) == "FINAL"
    seats = list(Seat.objects.order_by("person__person_details__given_name"))
    assert [(seat.person, seat.kind, seat.office, seat.election_id) for seat in seats] == [
        (who.person, SeatKind.ELECTED, "MEMBER", election.pk) for who in (ann, ben)
    ]
    # The result became final on 5 January, three days after the term was to begin: nobody sat before that.
    assert {(seat.from_on, seat.until_on) for seat in seats} == {(date(2027, 1, 5), date(2030, 1, 1))}
    assert [(one.person, one.text) for one in Interest.objects.order_by("pk")] == [
        (ben.person, "Bestuurslid speeltuin"), (ben.person, "Werkt bij de gemeente"),
    ]  # fmt: skip
    assert list(ann.groups.all()) == [editors]
    assert list(cas.groups.all()) == []


def test_the_old_board_ends_the_day_before_and_edits_until_then(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User, editors: Group
) -> None:
    long = TODAY + 900 * DAY
    seated(cas, molenwijk, until_on=long)
    kept = seated(ann, molenwijk, until_on=long)
    coming = seated(ben, molenwijk, from_on=date(2027, 1, 20), until_on=long)
    election = stage.voting(stage.nominating(molenwijk, term_from_on=date(2027, 2, 1)), [ann])
    stage.put_in(election, ben, {"1": "yes"})

    stage.advance(CLOSED)
    stage.advance(FINAL)

    new = Seat.objects.get(election=election)
    assert (new.person, new.from_on) == (ann.person, date(2027, 2, 1))
    assert {seat.until_on for seat in Seat.objects.exclude(pk=new.pk)} == {date(2027, 1, 31)}
    assert Seat.objects.filter(pk__in=[kept.pk, coming.pk]).count() == 2
    assert list(cas.groups.all()) == [editors]  # until her last day
    derive_groups(on=date(2027, 2, 1))
    assert (list(cas.groups.all()), list(ann.groups.all())) == ([], [editors])


def test_who_moved_away_before_the_result_was_final_gets_no_seat(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User
) -> None:
    election = stage.voting(stage.nominating(molenwijk, seats=1), [ann, ben])
    for voter in (ann, cas):
        stage.ranks(election, voter, ann, ben)
    stage.advance(CLOSED)
    ann.person.residencies.update(state="ENDED")

    stage.advance(FINAL)

    assert not lives_in(ann.person, molenwijk)
    assert (stage.state(election), Seat.objects.count()) == ("FINAL", 0)


def test_of_no_more_candidates_than_seats_each_is_confirmed_or_not(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User
) -> None:
    election = stage.voting(stage.nominating(molenwijk, seats=3), [ann, ben])
    box = election.box
    assert box is not None
    keys = {who: stage.number_of(election, who) for who in (ann, ben)}
    for voter in (ann, ben, cas):
        stage.put_in(election, voter, {keys[ann]: "yes", keys[ben]: "no" if voter != ben else "yes"})

    stage.advance(CLOSED)
    stage.advance(FINAL)

    assert (box.method, box.seats, box.policy.subject) == ("YES_NO", None, "CONFIRMATION")
    assert [seat.person for seat in Seat.objects.all()] == [ann.person]


def test_without_enough_votes_the_old_board_stays(molenwijk: Neighbourhood, ann: User, cas: User) -> None:
    old = seated(cas, molenwijk, until_on=TODAY + 900 * DAY)
    election = stage.voting(stage.nominating(molenwijk), [ann])
    stage.put_in(election, ann, {"1": "no"})

    stage.advance(CLOSED)
    stage.advance(FINAL)

    assert stage.state(election) == "FINAL"
    assert [(seat.pk, seat.until_on) for seat in Seat.objects.all()] == [(old.pk, old.until_on)]


def test_two_candidates_who_turn_out_to_be_one_person_get_one_seat(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User, dirk: User
) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann, ben, cas])
    stage.ranks(election, cas, ann)
    stage.ranks(election, dirk, ben)
    stage.advance(CLOSED)
    type(ben.person).objects.filter(pk=ben.person_id).update(same_person_as=ann.person)

    stage.advance(FINAL)

    assert [seat.person for seat in Seat.objects.all()] == [ann.person]
