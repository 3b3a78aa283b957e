"""The result page of a vote about a value."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import (
    Neighbourhood,
    ValueDecision,
)
from neighbourhoods.states import ValueState
from people.models import User
from tests.neighbourhoods.vote_pages.scene import (
    cast_from,
    counted,
    fill_in,
    people,
    signed_in,
    words,
)
from tests.neighbourhoods.vote_pages.test_value_votes import AMOUNTS, asked, became, dots_on, result


def test_every_amount_is_a_dot_and_the_one_in_the_middle_has_an_edge(molenwijk: Neighbourhood) -> None:
    voters = people(len(AMOUNTS))
    box = asked(molenwijk, voters)
    counted(box, AMOUNTS, voters)
    became(box, ValueState.APPEAL)

    page = result(box)

    assert (dots_on(page), dots_on(page, "mid"), dots_on(page, "ring")) == (7, 1, 0)
    assert 'aria-label="7 amounts from 7.00 to 12.00. The middle amount is 9.00."' in page.content.decode()
    assert "The middle amount 9.00" in words(page)
    assert "per hour from 1 January 2027" in words(page)
    assert "style=" not in page.content.decode().partition("data-dots")[2].partition("</svg>")[0]


def test_with_an_even_number_the_amount_of_now_lies_there_as_an_open_dot(molenwijk: Neighbourhood) -> None:
    voters = people(6)
    box = asked(molenwijk, voters)
    counted(box, [7_00, 7_50, 8_50, 9_00, 9_00, 12_00], voters)
    became(box, ValueState.APPEAL, decided=8_50)

    page = result(box)

    assert (dots_on(page), dots_on(page, "ring"), dots_on(page, "mid")) == (7, 1, 1)
    assert "The middle amount 8.50" in words(page)
    assert "That is the open dot." in words(page)


def test_of_fewer_than_five_votes_no_amount_is_drawn(molenwijk: Neighbourhood) -> None:
    voters = people(4)
    box = asked(molenwijk, voters)
    counted(box, [7_00, 9_00, 9_00], voters)
    became(box, ValueState.APPEAL)

    page = result(box)

    assert "The middle amount 9.00" in words(page)
    assert (dots_on(page), "7.00" in words(page), "data-amounts" in page.content.decode()) == (
        0,
        False,
        False,
    )


def test_many_amounts_become_bars_and_the_table_stays(molenwijk: Neighbourhood) -> None:
    voters = people(156)
    box = asked(molenwijk, voters)
    counted(box, [6_00 + 50 * (place % 13) for place in range(155)], voters)
    became(box, ValueState.APPEAL)

    page = result(box)

    html = page.content.decode()
    assert (dots_on(page), html.count('class="chart__bar')) == (0, 13)
    assert "12 votes" in words(page)
    assert html.partition("data-amounts")[2].count("<tr") == 14


@pytest.mark.parametrize("quorum", ["0", "1/2"])
def test_when_all_vote_blank_nothing_changes_and_nothing_is_drawn(
    molenwijk: Neighbourhood, quorum: str
) -> None:
    voters = people(6)
    box = asked(molenwijk, voters, quorum=quorum)
    counted(box, [None] * 5, voters)
    ValueDecision.objects.filter(votes__box=box).update(state=ValueState.NO_QUORUM)

    page = result(box)

    assert "Too few people named an amount. It stays 8.00." in words(page)
    assert "Nothing changes by this vote, so there is nothing to appeal against." in words(page)
    assert dots_on(page) == 0


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (ValueState.AWAITING_BOARD, "Now the board says whether it agrees."),
        (ValueState.AWAITING_CONSENT, "Now the municipality says whether it agrees."),
        (ValueState.CONSULTATION, "The board sent it back, so it is voted on again."),
        (ValueState.REJECTED, "After that it was rejected."),
        (ValueState.APPEAL, "Provisional result. You can appeal until"),
        (ValueState.IN_FORCE, "Decided. Counted on"),
        (ValueState.SUPERSEDED, "Decided. Counted on"),
        (ValueState.ANNULLED, "This result was annulled after an appeal"),
    ],
)
def test_the_page_says_what_came_of_it(molenwijk: Neighbourhood, state: str, sentence: str) -> None:
    voters = people(len(AMOUNTS))
    box = asked(molenwijk, voters)
    counted(box, AMOUNTS, voters)
    became(box, state)

    page = words(result(box))

    assert sentence in page
    assert ("You can appeal as soon as it is decided." in page) is state.startswith("AWAITING")
    assert ("from 1 January 2027" in page) is (state in {"APPEAL", "IN_FORCE", "SUPERSEDED"})


def test_what_the_board_made_of_it_stands_beside_it(molenwijk: Neighbourhood) -> None:
    voters = people(len(AMOUNTS))
    box = asked(molenwijk, voters)
    counted(box, AMOUNTS, voters)
    became(box, ValueState.APPEAL, decided=8_80)

    page = words(result(box))

    assert "The middle amount 9.00" in page
    assert "The board made it 8.80 per hour." in page


@pytest.mark.parametrize(
    ("answer", "sentence"), [("yes", "It will have no value any more"), ("no", "It keeps its value")]
)
def test_residents_can_end_a_value_and_the_page_says_it_in_words(
    molenwijk: Neighbourhood, answer: str, sentence: str
) -> None:
    voters = people(6)
    box = asked(molenwijk, voters, is_ending=True)
    counted(box, [{"1": answer}] * 6, voters)
    ValueDecision.objects.filter(votes__box=box).update(
        state=ValueState.REJECTED if answer == "no" else ValueState.AWAITING_BOARD
    )

    page = words(result(box))

    assert "Voorlezen op school: no value any more?" in page
    assert sentence in page


def test_until_the_end_the_page_tells_no_more_than_how_many_voted(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    box = asked(molenwijk, [ann, ben])
    client = signed_in(ann)
    cast_from(client, fill_in(client, box, amount="9.50"), box)

    page = result(box)

    assert "1 of 2 people voted" in words(page)
    assert ("9.50" in words(page), dots_on(page)) == (False, 0)


@pytest.mark.parametrize("amounts", [1, 3])
def test_the_result_costs_the_same_however_many_amounts_there_are(
    molenwijk: Neighbourhood, client: Client, amounts: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    voters = people(7)
    box = asked(molenwijk, voters)
    counted(box, [9_00 + 50 * (place % amounts) for place in range(7)], voters)
    became(box, ValueState.APPEAL)
    result(box, client)

    with django_assert_num_queries(RESULT):
        result(box, client)


RESULT = 7
