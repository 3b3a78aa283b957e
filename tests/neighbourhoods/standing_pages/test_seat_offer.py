"""A chair fell empty and the votes say that it is Ben's turn: he hears of it by mail, and answers himself."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core import clock
from core.models import AuditEntry
from neighbourhoods.counting import count
from neighbourhoods.counting.__main__ import main as count_again
from neighbourhoods.models import Election, Neighbourhood, Seat
from neighbourhoods.operations.elections import advance, ask_next, candidate_declines, install
from neighbourhoods.operations.elections.vacancies import NotAsked
from neighbourhoods.operations.seats import end_seat
from neighbourhoods.views.vote.countbacks import shown
from people.models import User
from people.operations.privacy import erase_person
from tests.factories.democracy import CLOSES, election_in_voting
from tests.factories.people import person
from tests.factories.residency import SYSTEM, TODAY, resident
from tests.neighbourhoods.polling_pages.pages import read, sent, text_of
from tests.neighbourhoods.standing_pages.conftest import browser

FEW, MANY = 3, 6
QUERIES_OF_COUNTBACKS = 3


def left(
    molenwijk: Neighbourhood, people: list[User], now: time_machine.Traveller, *, voters: int = MANY
) -> Election:
    """Ann was elected, with Ben and Cas behind her, and left the board after a week."""
    others = [person(f"Voter{place}") for place in range(voters)]
    held = election_in_voting(molenwijk, people, others, seats=1)
    assert held.box is not None
    for place, who in enumerate(others):
        held.box.ballots.create(choice='["3"]' if place == 0 else '["1","2"]')
        held.box.roll.entries.filter(person=who.person).update(channel="ONLINE")
    advance(now=CLOSES)
    held.refresh_from_db()
    assert held.appeals_until is not None
    advance(now=held.appeals_until)
    seat = Seat.objects.get(election=held)
    now.move_to(f"{seat.from_on + timedelta(days=7)}T12:00:00+01:00")
    end_seat(seat=seat, on=clock.today(), actor=SYSTEM, at=clock.now(), reason="Verhuisd.")
    now.shift(timedelta(days=1))
    held.refresh_from_db()
    mail.outbox.clear()
    return held


@pytest.fixture
def empty(molenwijk: Neighbourhood, ann: User, ben: User, cas: User, now: time_machine.Traveller) -> Election:
    return left(molenwijk, [ann, ben, cas], now)


@pytest.fixture
def asked(empty: Election) -> Election:
    """Ben was asked."""
    ask_next(election=empty, actor=SYSTEM, at=clock.now())
    return empty


def page(name: str, of: Election) -> str:
    return reverse(name, args=[of.ref])


def result(of: Election, name: str = "vote_result") -> str:
    assert of.box is not None
    return reverse(name, args=[of.box.ref])


def file_of(client: Client, of: Election) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(result(of, "vote_result_json")).content)
    return found


# --- The mail ---------------------------------------------------------------------------------------------------------


def test_who_is_asked_gets_one_mail_in_their_language(empty: Election, ben: User) -> None:
    ben.person.person_details.language = "nl"
    ben.person.person_details.save()

    for _time in range(2):
        ask_next(election=empty, actor=SYSTEM, at=clock.now())

    [letter] = mail.outbox
    assert letter.to == ["ben@example.org"]
    assert f"/nl/vote/elections/{empty.ref}/seat/" in letter.body


def test_who_has_no_login_any_more_gets_no_mail_and_is_asked_all_the_same(empty: Election, ben: User) -> None:
    ben.is_active = False
    ben.save()

    assert ask_next(election=empty, actor=SYSTEM, at=clock.now()).candidate == ben.person

    assert mail.outbox == []


# --- Yes and no -------------------------------------------------------------------------------------------------------


def test_a_yes_puts_them_on_the_board_at_once_and_twice_is_no_matter(asked: Election, ben: User) -> None:
    client = browser(ben)
    assert "Do you want the seat?" in read(client, page("seat_offered", asked))
    assert not Seat.objects.filter(person=ben.person).exists()

    assert "You are on the board." in sent(client, page("seat_offered", asked))
    again = client.post(page("seat_offered", asked))

    assert again["Location"] == reverse("boardroom", args=["molenwijk"])
    seat = Seat.objects.get(person=ben.person)
    assert (seat.from_on, seat.until_on) == (clock.today(), asked.term_until_on)
    assert client.post(page("seat_turned_down", asked)).status_code == 302
    assert not AuditEntry.objects.filter(event="nomination.declined").exists()


def test_a_no_is_asked_for_once_more_and_makes_way_for_the_next(
    asked: Election, ben: User, cas: User
) -> None:
    client = browser(ben)
    assert "You cannot take it back." in read(client, page("seat_turned_down", asked))
    assert not AuditEntry.objects.filter(event="nomination.declined").exists()

    assert "It is written down." in sent(client, page("seat_turned_down", asked))
    assert client.post(page("seat_turned_down", asked))["Location"] == result(asked)
    assert client.post(page("seat_offered", asked))["Location"] == result(asked)

    assert AuditEntry.objects.filter(event="nomination.declined").count() == 1
    assert not Seat.objects.filter(person=ben.person).exists()
    assert ask_next(election=asked, actor=SYSTEM, at=clock.now()).candidate == cas.person


@pytest.mark.parametrize("name", ["seat_offered", "seat_turned_down"])
def test_nobody_else_can_answer_or_see_the_page(
    asked: Election, ann: User, cas: User, dora: User, name: str
) -> None:
    for who in (ann, cas, dora):
        assert browser(who).get(page(name, asked)).status_code == 404
        assert browser(who).post(page(name, asked)).status_code == 404
    assert "/login/" in Client().get(page(name, asked))["Location"]


def test_before_anybody_is_asked_there_is_no_such_page(empty: Election, ben: User) -> None:
    assert browser(ben).get(page("seat_offered", empty)).status_code == 404


def test_who_answers_when_the_term_is_over_reads_that_there_is_no_seat(
    asked: Election, ben: User, now: time_machine.Traveller
) -> None:
    now.move_to(f"{asked.term_until_on + timedelta(days=1)}T12:00:00+01:00")
    client = browser(ben)

    assert "You need do nothing." in read(client, page("seat_offered", asked))
    assert "There is no empty seat on this board" in sent(client, page("seat_offered", asked))
    assert not Seat.objects.filter(person=ben.person).exists()


def test_the_office_can_still_write_the_answer_down_but_no_no_after_a_yes(asked: Election, ben: User) -> None:
    own = asked.nominations.get(candidate=ben.person)
    install(nomination=own, actor=SYSTEM, at=clock.now())

    with pytest.raises(NotAsked):
        candidate_declines(nomination=own, actor=SYSTEM, at=clock.now())

    assert browser(ben).get(page("seat_offered", asked))["Location"] == reverse(
        "boardroom", args=["molenwijk"]
    )


# --- What is published ------------------------------------------------------------------------------------------------


def test_a_result_without_an_empty_chair_says_nothing_of_countbacks(client: Client, empty: Election) -> None:
    assert set(file_of(client, empty)) == {"labels", "input", "sheet"}
    assert "Counted again for an empty seat" not in read(client, result(empty))


def test_page_and_file_say_what_the_countback_was_made_of_and_anybody_makes_it_again(
    client: Client, empty: Election, tmp_path: Any, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    before = file_of(client, empty)
    ask_next(election=empty, actor=SYSTEM, at=clock.now())

    shown, found = read(client, result(empty)), file_of(client, empty)
    [made_of] = found.pop("countbacks")
    assert found == before
    assert (made_of["withdrawn"], made_of["guarded"], made_of["next"]) == (["1"], [], "2")
    assert "Ben de Vries came up, and was asked." in shown
    assert "Left out Ann de Vries Kept their seat nobody Elected in this count Ben de Vries" in shown

    paper = {**found["input"], "withdrawn": made_of["withdrawn"], "guarded": made_of["guarded"]}
    again = count(paper)
    assert (again["outcome"]["elected"], again["input_hash"]) == (made_of["elected"], made_of["input_hash"])
    assert made_of["input_hash"] in shown
    file = tmp_path / "paper.json"
    file.write_text(json.dumps(paper))
    assert count_again(["count", str(file)]) == 0
    assert made_of["input_hash"].encode() in capsysbinary.readouterr().out
    # The file as it is published is still one that the command takes.
    file.write_bytes(client.get(result(empty, "vote_result_json")).content)
    assert count_again(["check", str(file)]) == 0


def test_the_page_tells_when_they_took_the_seat_and_each_later_countback(
    client: Client, asked: Election, ben: User, cas: User
) -> None:
    candidate_declines(nomination=asked.nominations.get(candidate=ben.person), actor=SYSTEM, at=clock.now())
    second = ask_next(election=asked, actor=SYSTEM, at=clock.now())
    install(nomination=second, actor=SYSTEM, at=clock.now())

    page_says = read(client, result(asked))

    assert "Ben de Vries came up, and was asked." in page_says
    assert "Cas de Vries came up, and is on the board since" in page_says
    assert [one["withdrawn"] for one in file_of(client, asked)["countbacks"]] == [["1"], ["1", "2"]]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_countbacks(
    molenwijk: Neighbourhood,
    ann: User,
    now: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    others = [person(name) for name in ("Eva", "Finn", "Gijs")]
    for other in others:
        resident(other, molenwijk, on=TODAY)
    election = left(molenwijk, [ann, *others], now)
    for _time in range(number):
        asked = ask_next(election=election, actor=SYSTEM, at=clock.now())
        candidate_declines(nomination=asked, actor=SYSTEM, at=clock.now())

    with django_assert_num_queries(QUERIES_OF_COUNTBACKS):
        shown(election, dict.fromkeys("1234", "somebody"))


def test_of_few_ballots_only_who_was_left_out_and_who_came_up_is_shown(
    client: Client, molenwijk: Neighbourhood, ann: User, ben: User, cas: User, now: time_machine.Traveller
) -> None:
    election = left(molenwijk, [ann, ben, cas], now, voters=FEW)
    ask_next(election=election, actor=SYSTEM, at=clock.now())

    shown, found = client.get(result(election)), file_of(client, election)

    assert "Ben de Vries came up, and was asked." in text_of(shown.content)
    assert b"paper.json" not in shown.content
    assert set(found) == {"labels", "roll_size", "outcome", "countbacks"}
    assert [set(one) for one in found["countbacks"]] == [{"at", "withdrawn", "guarded", "next"}]


def test_who_was_erased_has_no_name_there_any_more(client: Client, asked: Election, ann: User) -> None:
    erase_person(person=ann.person, actor=SYSTEM, at=clock.now())

    assert "Ann de Vries" not in read(client, result(asked))
    assert [one["withdrawn"] for one in file_of(client, asked)["countbacks"]] == [["1"]]
