"""The board votes on what the residents chose."""

from __future__ import annotations

import pytest
import time_machine

from neighbourhoods.models import Decider, Neighbourhood, ValueDecision, ValuedItem
from people.models import User
from tests.factories import values
from tests.neighbourhoods.meetings.visiting import SignIn, at, html, post
from tests.neighbourhoods.values import deciding

pytestmark = pytest.mark.django_db


@pytest.fixture
def chosen(
    noon: time_machine.Traveller, molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User, eva: User
) -> ValueDecision:  # fmt: skip
    """The residents chose 8.00; the board may go as far as a tenth from it. The clock stands there."""
    values.value_policy(molenwijk, Decider.BOTH, cover_months=0)
    made = deciding.before_the_board(reading, {ann: 700, ben: 800, eva: 1600})
    noon.move_to(deciding.CLOSED)
    return made


def test_the_chair_reads_what_was_chosen_and_how_far_the_board_may_go(
    browser: SignIn, chosen: ValueDecision, ann: User
) -> None:
    shown = html(browser(ann), "board_value_confirm", chosen.ref)

    assert "The residents chose 8.00. The board can vote on an amount from 7.20 to 8.80." in shown
    assert 'value="8.00"' in shown


def test_an_amount_beyond_the_margin_is_refused(browser: SignIn, chosen: ValueDecision, ann: User) -> None:
    sent = post(browser(ann), "board_value_confirm", chosen.ref, amount="9.00", where="writing")

    assert sent.status_code == 200
    assert sent.context["form"].errors
    assert deciding.state(chosen) == "AWAITING_BOARD"


def test_the_board_confirms_an_amount_of_its_own_within_the_margin(
    browser: SignIn, chosen: ValueDecision, ann: User, ben: User
) -> None:
    chair, member = browser(ann), browser(ben)

    post(chair, "board_value_confirm", chosen.ref, amount="8.50", where="writing")
    asked = "8.50 per hour: for or against?" in html(member, "board_value", chosen.ref)
    for client in (chair, member):
        post(client, "board_value_vote", chosen.ref, choice="yes", reason="")
    post(chair, "board_value_close", chosen.ref)

    found = deciding.again(chosen)
    assert asked
    assert (found.state, found.decided) == ("APPEAL", 850)


def test_whoever_votes_against_says_why_and_then_it_goes_back(
    browser: SignIn, chosen: ValueDecision, ann: User, ben: User
) -> None:
    chair, member = browser(ann), browser(ben)
    post(chair, "board_value_confirm", chosen.ref, amount="8.00", where="writing")

    silent = post(member, "board_value_vote", chosen.ref, choice="no", reason="")
    for client in (chair, member):
        post(client, "board_value_vote", chosen.ref, choice="no", reason="Het potje is te klein.")
    post(chair, "board_value_close", chosen.ref)

    assert silent.context["form"].errors
    assert deciding.state(chosen) == "CONSULTATION"
    shown = html(member, "board_value", chosen.ref)
    assert "Het potje is te klein." in shown
    assert at("board_value_confirm", chosen.ref) not in shown


def test_there_is_nothing_to_confirm_while_the_board_votes_or_before(
    browser: SignIn, chosen: ValueDecision, ann: User, molenwijk: Neighbourhood
) -> None:
    client = browser(ann)
    early = values.value_decision(values.item(molenwijk, "Soep koken"), by=ann)
    post(client, "board_value_confirm", chosen.ref, amount="8.00", where="writing")

    twice = post(client, "board_value_confirm", chosen.ref, amount="8.00", where="writing")

    assert client.get(at("board_value_confirm", early.ref)).status_code == 404
    assert "The board votes on this already." in twice.content.decode()
    assert at("board_value_confirm", chosen.ref) not in html(client, "board_value", chosen.ref)


def test_members_see_what_was_chosen_and_that_a_vote_against_needs_a_reason(
    browser: SignIn, chosen: ValueDecision, ann: User, ben: User
) -> None:
    before = html(browser(ben), "board_value", chosen.ref)
    post(browser(ann), "board_value_confirm", chosen.ref, amount="8.00", where="writing")
    voting = html(browser(ben), "board_value", chosen.ref)

    for shown in (before, voting):
        assert "<strong>8.00</strong>" in shown
        assert "The board may go from 7.20 to 8.80." in shown
    reason = voting.split("You need this when you vote against")[1].split("</label>")[0]
    assert "(not required)" not in reason


def test_one_way_to_vote_is_told_and_not_asked(browser: SignIn, chosen: ValueDecision, ann: User) -> None:
    shown = html(browser(ann), "board_value_confirm", chosen.ref)

    assert "The board votes in a written round: all members get a mail." in shown
    assert 'type="radio"' not in shown


def test_what_the_residents_chose_is_told_while_the_board_answers_alone(
    browser: SignIn, chosen: ValueDecision, ann: User, ben: User
) -> None:
    chair = browser(ann)
    post(chair, "board_value_confirm", chosen.ref, amount="8.00", where="writing")
    for client in (chair, browser(ben)):
        post(client, "board_value_vote", chosen.ref, choice="yes", reason="")
    post(chair, "board_value_close", chosen.ref)

    assert "data-chosen" not in html(chair, "board_value", chosen.ref)
