"""What lies on the table of the board, for its members alone."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import Neighbourhood, ValueDecision, ValuedItem
from neighbourhoods.operations import values as operations
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON
from tests.neighbourhoods.meetings.visiting import SignIn, at, html, post

pytestmark = pytest.mark.django_db

ROOM_QUERIES = 30
TABLE_QUERIES = 15
ITEM_QUERIES = 14
PAGES = (
    "board_value", "board_value_vote", "board_value_step_aside", "board_value_admit", "board_value_turn_away",
    "board_value_withdraw", "board_value_consult", "board_value_terms", "board_value_open", "board_value_confirm",
    "board_value_close", "board_value_volume",
)  # fmt: skip


def test_drafts_lie_on_the_table_of_the_board_and_are_thrown_away_by_any_member(
    browser: SignIn, ann: User, ben: User, reading: ValuedItem
) -> None:
    draft = values.value_decision(reading, state=ValueState.DRAFT, by=ann, at=NOON)
    client = browser(ben)

    shown = html(client, "board_values")
    post(client, "board_value_withdraw", draft.ref)

    assert ("Voorlezen op school: what is an hour worth?" in shown, "Draft" in shown) == (True, True)
    assert ValueDecision.objects.get().state == "WITHDRAWN"
    assert "Voorlezen op school" not in html(client, "board_values")


@pytest.mark.parametrize("name", PAGES)
def test_nobody_but_the_board_comes_to_a_decision_in_the_room(
    name: str, browser: SignIn, ann: User, cas: User, eva: User, reading: ValuedItem
) -> None:
    draft = values.value_decision(reading, state=ValueState.DRAFT, by=ann, at=NOON)
    there = at(name, draft.ref)

    answers = [browser(login).get(there).status_code for login in (cas, eva)]
    signed_out = Client().get(there)

    assert answers == [404, 404]
    assert (signed_out.status_code, "login" in signed_out.headers["Location"]) == (302, True)


@pytest.mark.parametrize("name", PAGES)
def test_a_board_does_nothing_with_the_decision_of_another_neighbourhood(
    name: str, browser: SignIn, ann: User, cas: User, sluiskade: Neighbourhood, reading: ValuedItem
) -> None:
    theirs = values.value_decision(
        values.item(sluiskade, "Boten varen"), state=ValueState.PROPOSED, by=cas, at=NOON
    )

    sent = browser(ann).post(at(name, theirs.ref), {"reason": "Weg ermee", "evidence": "Ik", "choice": "yes"})

    assert sent.status_code == 404
    assert ValueDecision.objects.get(pk=theirs.pk).state == "PROPOSED"


def test_the_room_says_how_many_values_lie_there(
    browser: SignIn, ann: User, reading: ValuedItem, molenwijk: Neighbourhood
) -> None:
    client = browser(ann)
    empty = "No value is being decided or prepared." in html(client, "boardroom")
    values.value_decision(reading, state=ValueState.DRAFT, by=ann, at=NOON)
    values.value_decision(values.item(molenwijk, "Soep koken"), state=ValueState.CONSULTATION, by=ann)
    values.worth(values.item(molenwijk, "Fietsen maken"), 700)

    assert empty
    assert "2 values are being decided or prepared." in html(client, "boardroom")


@pytest.mark.parametrize("number", [1, 3])
def test_the_table_asks_the_database_as_often_for_three_as_for_one(
    number: int,
    browser: SignIn,
    ann: User,
    molenwijk: Neighbourhood,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for one in range(number):
        made = values.item(molenwijk, f"Klus {one}")
        values.value_decision(made, state=ValueState.PROPOSED, by=ann, at=NOON)
    client = browser(ann)

    with django_assert_num_queries(TABLE_QUERIES):
        client.get(reverse("board_values", args=["molenwijk"]))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_names_asks_the_database_as_often_for_three_as_for_one(
    number: int,
    browser: SignIn,
    ann: User,
    molenwijk: Neighbourhood,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for one in range(number):
        values.item(molenwijk, f"Klus {one}")
    client = browser(ann)

    with django_assert_num_queries(ITEM_QUERIES):
        client.get(reverse("board_items", args=["molenwijk"]))


@pytest.mark.parametrize("number", [1, 3])
def test_the_room_asks_the_database_as_often_for_three_votes_as_for_one(
    number: int, browser: SignIn, noon: time_machine.Traveller, by_the_board: Neighbourhood, ann: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for one in range(number):
        made = values.value_decision(
            values.item(by_the_board, f"Klus {one}"), state=ValueState.CONSULTATION, by=ann, at=NOON,
            consulted_until=NOON,
        )  # fmt: skip
        operations.open_vote(decision=made, actor=actor(ann), at=NOON)
    client = browser(ann)

    with django_assert_num_queries(ROOM_QUERIES):
        shown = client.get(reverse("boardroom", args=["molenwijk"])).content.decode()

    assert shown.count("Vote on this value") == number


def test_the_chair_is_told_what_to_take_further_and_a_member_is_not(
    browser: SignIn, ann: User, ben: User, eva: User, reading: ValuedItem, molenwijk: Neighbourhood
) -> None:
    values.value_decision(reading, state=ValueState.ADMITTED, by=eva, at=NOON)
    values.value_decision(
        values.item(molenwijk, "Soep koken"),
        state=ValueState.AWAITING_BOARD,
        by=eva,
        at=NOON,
        board_until=NOON + DAY,
    )

    told = [html(browser(login), "boardroom") for login in (ann, ben)]

    asked = [
        ("Ask everybody about this value" in one, "Have the board answer the residents" in one)
        for one in told
    ]
    assert asked == [(True, True), (False, False)]
