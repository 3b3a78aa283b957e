from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from neighbourhoods.counting import INVALID, Method
from neighbourhoods.forms.paper import read_ballot
from neighbourhoods.models import Ballot, BallotBox, Channel, Election, Neighbourhood, PaperCount
from neighbourhoods.operations.ballots import close_box
from neighbourhoods.operations.elections import advance
from people.models import User
from tests.factories.democracy import AFTER, CLOSES, DAY, OPENS, box, election, election_in_voting, nomination
from tests.factories.residency import SYSTEM
from tests.neighbourhoods.polling_pages.conftest import browser, officer
from tests.neighbourhoods.polling_pages.pages import read, sent, url


@pytest.fixture
def after(now: time_machine.Traveller) -> time_machine.Traveller:
    now.move_to(AFTER)
    return now


def on_paper(of: Election, *voters: User) -> Election:
    """These voted on paper, and voting is over."""
    assert of.box is not None
    of.box.roll.entries.filter(person__in=[who.person for who in voters]).update(channel=Channel.PAPER)
    advance(now=CLOSES)
    of.refresh_from_db()
    return of


@pytest.fixture
def closed(molenwijk: Neighbourhood, ann: User, ben: User, cas: User, after: object) -> Election:
    """Ann and Ben stand; Ben and Cas voted on paper."""
    return on_paper(election_in_voting(molenwijk, [ann, ben], [ann, ben, cas], seats=1), ben, cas)


@pytest.fixture
def confirmed(molenwijk: Neighbourhood, ann: User, ben: User, cas: User, after: object) -> Election:
    """Ann alone stands: yes or no. Ben and Cas voted on paper."""
    urn = box(molenwijk, [ann, ben, cas], method=Method.YES_NO, options=["1"])
    made = election(
        molenwijk, state="VOTING", seats=1, box=urn, roll=urn.roll, policy=urn.policy,
        nominations_from=OPENS - 30 * DAY, nominations_until=OPENS - 10 * DAY, freezes_at=OPENS - DAY, opens_at=OPENS,
        closes_at=CLOSES,
    )  # fmt: skip
    nomination(made, ann, state="ON_BALLOT", number=1)
    return on_paper(made, ben, cas)


def test_two_people_enter_the_same_and_the_votes_can_be_counted(
    as_olga: Client, as_otto: Client, closed: Election
) -> None:
    first = sent(as_olga, url("polling_paper", closed), ballots="2 1\n1")
    assert "Thank you. Now a colleague enters the same ballots." in first
    assert Ballot.objects.count() == 0

    second = sent(as_otto, url("polling_paper", closed), ballots="1\n\n2, 1\n")

    assert "The paper ballots are in the ballot box." in second
    assert sorted(Ballot.objects.values_list("choice", flat=True)) == ['["1"]', '["2","1"]']
    advance(now=AFTER)
    closed.refresh_from_db()
    assert closed.state == "PROVISIONAL"


def test_one_person_does_not_enter_them_twice(as_olga: Client, closed: Election) -> None:
    sent(as_olga, url("polling_paper", closed), ballots="2 1\n1")

    again = sent(as_olga, url("polling_paper", closed), ballots="2 1\n1")

    assert "You entered the ballots on paper already." in again
    assert "You entered them already" in read(as_olga, url("polling_paper", closed))
    assert Ballot.objects.count() == 0


def test_what_the_first_entered_stands_on_no_page(as_olga: Client, as_otto: Client, closed: Election) -> None:
    sent(as_olga, url("polling_paper", closed), ballots="2 , ;1\nongeldig")

    for client in (as_olga, as_otto):
        for name in ("polling_paper", "polling_election"):
            page = client.get(url(name, closed)).content
            assert not [typed for typed in (b"2 , ;1", b"ongeldig") if typed in page]


def test_who_differs_compares_once_more_and_a_third_decides(
    as_olga: Client, as_otto: Client, closed: Election, molenwijk: Neighbourhood
) -> None:
    sent(as_olga, url("polling_paper", closed), ballots="2 1\n1")

    differs = sent(as_otto, url("polling_paper", closed), ballots="2 1\n2")
    assert "This is not the same as what somebody else entered." in differs
    assert "I compared each ballot once more." in differs
    assert PaperCount.objects.count() == 1

    kept = sent(as_otto, url("polling_paper", closed), ballots="2 1\n2", is_sure="on")
    assert "Now a third person enters the same ballots." in kept
    third = browser(officer("Olav", molenwijk.party))
    assert "The paper ballots are in the ballot box." in sent(
        third, url("polling_paper", closed), ballots="2\n2 1"
    )
    assert sorted(Ballot.objects.values_list("choice", flat=True)) == ['["2","1"]', '["2"]']


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("2 1", "You entered 1 ballots, and 2 were handed out."),
        ("2 1\n3", "Line 2: there is no candidate with one of these numbers."),
        ("2 2\n1", "Line 1: a number stands there twice."),
        ("", "Enter the ballots, one on each line."),
    ],
)
def test_a_slip_is_told_with_its_line(as_olga: Client, closed: Election, lines: str, words: str) -> None:
    page = sent(as_olga, url("polling_paper", closed), ballots=lines)

    assert words in page
    assert not PaperCount.objects.exists()


def test_one_question_is_entered_as_totals(as_olga: Client, as_otto: Client, confirmed: Election) -> None:
    totals = {"yes": "1", "no": "0", "blank": "0", "invalid": "1"}

    sent(as_olga, url("polling_paper", confirmed), **totals)
    sent(as_otto, url("polling_paper", confirmed), **totals)

    assert sorted(Ballot.objects.values_list("choice", flat=True)) == ['"INVALID"', '{"1":"yes"}']


def test_totals_that_do_not_add_up_are_told(as_olga: Client, confirmed: Election) -> None:
    page = sent(as_olga, url("polling_paper", confirmed), yes="1", no="0", blank="0", invalid="0")

    assert "You entered 1 ballots, and 2 were handed out." in page


def test_paper_is_not_entered_while_people_vote(
    as_olga: Client, molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    voting = election_in_voting(molenwijk, [ann, ben], [ann, ben], seats=1)
    assert voting.box is not None
    voting.box.roll.entries.update(channel=Channel.PAPER)

    page = sent(as_olga, url("polling_paper", voting), ballots="1\n2")

    assert "Paper ballots are entered once, between the end of the voting and the count." in page
    assert not PaperCount.objects.exists()


def test_the_office_sees_that_paper_waits(as_olga: Client, closed: Election) -> None:
    page = read(as_olga, f"/en/vote/polling/{closed.neighbourhood.slug}/")

    assert "2 paper ballots to enter" in page


def test_without_paper_there_is_nothing_to_enter(
    as_olga: Client, molenwijk: Neighbourhood, ann: User, ben: User, after: object
) -> None:
    urn = box(molenwijk, [ann, ben], method=Method.STV, options=["1", "2"], seats=1)
    close_box(box=urn, actor=SYSTEM, at=AFTER)
    bare = election(molenwijk, state="CLOSED", box=urn, roll=urn.roll, policy=urn.policy)

    assert "There is no paper to enter" in read(as_olga, url("polling_paper", bare))


# --- One line -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "line", "choice"),
    [
        (Method.STV, "3 1", ["3", "1"]),
        (Method.STV, "03,1", ["3", "1"]),
        (Method.STV, "b", []),
        (Method.STV, "X", INVALID),
        (Method.APPROVAL, "3;1", ["1", "3"]),
        (Method.APPROVAL, "-", []),
        (Method.YES_NO, "y n b", {"1": "yes", "2": "no", "3": "blank"}),
        (Method.YES_NO, "JNB", {"1": "yes", "2": "no", "3": "blank"}),
        (Method.YES_NO, "ja, nee, blanco", {"1": "yes", "2": "no", "3": "blank"}),
        (Method.YES_NO, "b", {"1": "blank", "2": "blank", "3": "blank"}),
    ],
)
def test_a_line_is_read_as_people_write_it(method: Method, line: str, choice: object) -> None:
    urn = BallotBox(method=method, options=["1", "2", "3"])

    assert read_ballot(urn, line) == choice
