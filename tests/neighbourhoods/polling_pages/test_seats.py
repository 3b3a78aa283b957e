from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core import clock
from neighbourhoods.models import Election, Neighbourhood, Seat
from neighbourhoods.operations.elections import advance
from neighbourhoods.operations.seats import end_seat
from neighbourhoods.queries.polling import asked_for_a_seat
from people.models import User
from tests.factories.democracy import CLOSES, election_in_voting
from tests.factories.people import person
from tests.factories.residency import SYSTEM
from tests.neighbourhoods.polling_pages.conftest import browser
from tests.neighbourhoods.polling_pages.pages import read, sent

SEATS = "polling_seats"


@pytest.fixture
def left(molenwijk: Neighbourhood, ann: User, ben: User, cas: User, now: time_machine.Traveller) -> Election:
    """Ann was elected, with Ben and Cas behind her, and left the board after a week."""
    held = election_in_voting(molenwijk, [ann, ben, cas], [ann, ben, cas], seats=1)
    for who, choice in ((ann, '["1","2"]'), (ben, '["1","2"]'), (cas, '["3"]')):
        assert held.box is not None
        held.box.ballots.create(choice=choice)
        held.box.roll.entries.filter(person=who.person).update(channel="ONLINE")
    advance(now=CLOSES)
    held.refresh_from_db()
    assert held.appeals_until is not None
    advance(now=held.appeals_until)
    held.refresh_from_db()
    seat = Seat.objects.get(election=held)
    now.move_to(f"{seat.from_on + timedelta(days=7)}T12:00:00+01:00")
    end_seat(seat=seat, on=clock.today(), actor=SYSTEM, at=clock.now(), reason="Verhuisd.")
    now.shift(timedelta(days=1))
    return held


@pytest.fixture
def at_office(left: Election, olga: User) -> Client:
    """Olga's browser on that day: a session from before has ended by then."""
    return browser(olga)


def address(name: str, *more: object) -> str:
    return reverse(name, args=["molenwijk", *more])


def test_without_an_empty_chair_nobody_is_asked(as_olga: Client, molenwijk: Neighbourhood) -> None:
    assert "No chair is empty" in read(as_olga, address(SEATS))
    assert as_olga.get(address("polling_seat_ask")).status_code == 404


def test_an_empty_chair_is_work_for_the_office(at_office: Client, left: Election) -> None:
    assert "1 chair of the board is empty" in read(at_office, address("polling_office"))
    assert "The chair of Ann de Vries" in read(at_office, address(SEATS))


def test_the_same_ballots_say_who_is_asked_and_a_yes_fills_the_chair(
    at_office: Client, left: Election, ben: User
) -> None:
    asked = sent(at_office, address("polling_seat_ask"))
    assert "Ask Ben de Vries to take the seat." in asked
    assert "What did Ben de Vries say?" in asked
    nomination = left.nominations.get(candidate=ben.person)

    done = sent(at_office, address("polling_seat_answer", nomination.ref, "yes"))

    assert "Ben de Vries is on the board." in done
    assert "No chair is empty" in done
    assert Seat.objects.filter(election=left, person=ben.person).exists()


def test_who_took_the_chair_is_asked_no_longer_when_they_are_known_twice(
    at_office: Client, left: Election, ben: User
) -> None:
    sent(at_office, address("polling_seat_ask"))
    nomination = left.nominations.get(candidate=ben.person)
    sent(at_office, address("polling_seat_answer", nomination.ref, "yes"))
    assert asked_for_a_seat(left) is None
    other = person("Ben de Vries", email="other@example.org")
    Seat.objects.filter(election=left, person=ben.person).update(person=other.person)
    type(ben.person).objects.filter(pk=ben.person_id).update(same_person_as=other.person_id)

    assert asked_for_a_seat(left) is None


def test_after_a_no_the_next_one_is_asked(at_office: Client, left: Election, ben: User) -> None:
    sent(at_office, address("polling_seat_ask"))
    nomination = left.nominations.get(candidate=ben.person)

    sent(at_office, address("polling_seat_answer", nomination.ref, "no"))

    assert "Ask Cas de Vries to take the seat." in sent(at_office, address("polling_seat_ask"))


def test_silence_is_no_answer_before_fourteen_days(
    at_office: Client, olga: User, left: Election, ben: User, now: time_machine.Traveller
) -> None:
    sent(at_office, address("polling_seat_ask"))
    nomination = left.nominations.get(candidate=ben.person)
    silent = address("polling_seat_answer", nomination.ref, "silent")

    assert "It is too early for this." in sent(at_office, silent)
    assert "Did not answer" not in read(at_office, address(SEATS))

    now.shift(timedelta(days=14))
    at_office.force_login(olga)
    assert "Did not answer" in read(at_office, address(SEATS))
    assert "It is written down." in sent(at_office, silent)


def test_who_was_not_asked_gets_no_seat(at_office: Client, left: Election, cas: User) -> None:
    sent(at_office, address("polling_seat_ask"))
    nomination = left.nominations.get(candidate=cas.person)

    page = sent(at_office, address("polling_seat_answer", nomination.ref, "yes"))

    assert "This candidate is not the one who was asked to take the seat." in page
    assert not Seat.objects.filter(election=left, person=cas.person).exists()
