"""Voting about what something is worth: the ballot for an amount, and a result with every amount a dot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.counting import Method
from neighbourhoods.models import (
    BallotBox,
    Decider,
    Indication,
    Neighbourhood,
    Secrecy,
    ValueDecision,
    ValueGuideline,
    ValueVote,
)
from neighbourhoods.operations.ballots import record_vote
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import democracy, values
from tests.factories.democracy import AFTER, DAY, VOTING
from tests.factories.neighbourhoods import seat_for
from tests.factories.people import actor, organisation
from tests.neighbourhoods.vote_pages.scene import (
    carried,
    cast_from,
    choices_in,
    counted,
    fill_in,
    people,
    send,
    signed_in,
    url,
    words,
)

QUESTION = "Voorlezen op school: what is an hour worth?"
AMOUNTS = [7_00, 8_00, 9_00, 9_00, 10_00, 11_50, 12_00]


def asked(
    molenwijk: Neighbourhood, voters: Sequence[User], name: str = "Voorlezen op school", **more: Any
) -> BallotBox:
    """The residents name an amount from 6.00 to 12.00 in steps of 0.50 for an hour that is worth 8.00 now."""
    rules = values.value_policy(molenwijk, turnout_quorum=more.pop("quorum", "0"))
    item = values.item(molenwijk, name)
    ends = more.get("is_ending", False)
    bounds: dict[str, Any] = (
        {"options": ["1"], "method": Method.YES_NO}
        if ends
        else {"options": [], "method": Method.MEDIAN, "low": 6_00, "high": 12_00, "step": 50, "present": 8_00}
    )
    box = democracy.box(molenwijk, voters, of=rules, **bounds)
    decision = values.value_decision(
        item, state=ValueState.VOTING, policy=rules, proposed=None if ends else 11_00, **more
    )
    ValueVote.objects.create(decision=decision, number=1, decider=Decider.RESIDENTS, box=box)
    return box


def decision_of(box: BallotBox) -> ValueDecision:
    return ValueDecision.objects.get(votes__box=box)


def became(box: BallotBox, state: str, **more: Any) -> None:
    """What came of it, as the operations write it down."""
    after = {
        "decided": 9_00,
        "decided_at": AFTER,
        "appeals_until": AFTER + 14 * DAY,
        "effective_on": date(2027, 1, 1),
    }
    ValueDecision.objects.filter(votes__box=box).update(state=state, **{**after, **more})


def dots_on(page: Any, kind: str = "") -> int:
    drawn = re.findall(r'<circle class="(chart__(?:dot|ring)[^"]*)"', page.content.decode())
    return len([one for one in drawn if kind in one])


def result(box: BallotBox, client: Client | None = None) -> Any:
    return (client or Client()).get(url(box, "result/"))


# --- The ballot -------------------------------------------------------------------------------------------------------


def test_the_ballot_tells_what_holds_now_and_what_others_say_but_not_what_was_proposed(
    molenwijk: Neighbourhood, ann: User
) -> None:
    box = asked(molenwijk, [ann])
    item, school = decision_of(box).item, organisation("Basisschool De Wiek")
    for amount, days in ((7_50, 9), (9_50, 2)):
        Indication.objects.create(
            item=item, organisation=school, amount=amount, grounds="Zo doen wij het.", language="nl",
            made_by=ann.person, made_at=VOTING - days * DAY,
        )  # fmt: skip
    ValueGuideline.objects.create(
        municipality=molenwijk.municipality, category=item.category, unit=item.unit, version=1, low=6_00, high=11_50,
        from_on=date(2026, 1, 1), made_by=ann.person, made_at=VOTING,
    )  # fmt: skip

    page = signed_in(ann).get(url(box))

    said = words(page)
    assert QUESTION in said
    for fact in ("Value now 8.00", "between 6.00 and 11.50", "Basisschool De Wiek says 9.50", "per hour"):
        assert fact in said
    assert ("11.00" in said, "7.50" in said) == (False, False)
    assert re.search(r'<input[^>]*name="amount"[^>]*value=', page.content.decode()) is None
    assert f"/en/vote/values/{decision_of(box).ref}/" in page.content.decode()


def test_what_has_no_value_yet_says_so(molenwijk: Neighbourhood, ann: User) -> None:
    rules = values.value_policy(molenwijk)
    box = democracy.box(
        molenwijk, [ann], of=rules, method=Method.MEDIAN, options=[], low=6_00, high=12_00, step=50
    )
    about = values.value_decision(values.item(molenwijk), state=ValueState.VOTING, policy=rules)
    ValueVote.objects.create(decision=about, number=1, decider=Decider.RESIDENTS, box=box)

    assert "Value now none yet" in words(signed_in(ann).get(url(box)))


def test_ann_names_her_price_and_sees_it_once_more_before_it_is_cast(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    box = asked(molenwijk, [ann, ben])
    client = signed_in(ann)
    before = words(client.get("/en/vote/"))

    looked = fill_in(client, box, amount="9.50")
    voted = cast_from(client, looked, box)
    after = words(client.get("/en/vote/"))

    assert (
        f"1 thing is open for you {QUESTION}" in re.sub(r"until .*? Sat Nov 26|\d+ \w+ \w+ ", "", before)
        or QUESTION in before
    )
    assert "per hour" in words(looked)
    assert "You have voted" in words(voted)
    assert choices_in(box) == [9_50]
    assert ("Nothing is open for you now" in after, QUESTION in after) == (True, True)


def test_a_blank_vote_names_no_amount(molenwijk: Neighbourhood, ann: User) -> None:
    box = asked(molenwijk, [ann])
    client = signed_in(ann)

    looked = send(client, box, "blank", **carried(client.get(url(box))))
    cast_from(client, looked, box)

    assert choices_in(box) == [None]


@pytest.mark.parametrize("typed", ["5.50", "12.50", "9.25", "nine"])
def test_an_amount_that_cannot_be_chosen_is_told_beside_the_field(
    molenwijk: Neighbourhood, ann: User, typed: str
) -> None:
    box = asked(molenwijk, [ann])

    looked = fill_in(signed_in(ann), box, amount=typed)

    assert "Is this your vote?" not in words(looked)
    assert "field--error" in looked.content.decode()


def test_a_vote_of_the_board_is_not_cast_here(molenwijk: Neighbourhood, ann: User) -> None:
    rules = values.value_policy(molenwijk, Decider.BOARD)
    box = democracy.box(molenwijk, [ann], of=rules, secrecy=Secrecy.RECORDED)
    about = values.value_decision(values.item(molenwijk), state=ValueState.VOTING, policy=rules)
    ValueVote.objects.create(decision=about, number=1, decider=Decider.BOARD, box=box, amount=9_00)

    answer = signed_in(ann).get(url(box))

    assert (answer.status_code, answer["Location"]) == (302, f"/en/vote/values/{about.ref}/")


def test_the_result_of_a_vote_of_the_board_tells_who_voted_what_and_asks_for_no_receipt(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    rules = values.value_policy(molenwijk, Decider.BOARD)
    box = democracy.box(molenwijk, [ann, ben], of=rules, secrecy=Secrecy.RECORDED)
    about = values.value_decision(values.item(molenwijk), state=ValueState.VOTING, policy=rules)
    ValueVote.objects.create(decision=about, number=1, decider=Decider.BOARD, box=box, amount=9_00)
    for who, answer, why in ((ann, "yes", ""), (ben, "no", "Te duur.")):
        seat_for(who, molenwijk)
        record_vote(box=box, person=who.person, choice={"1": answer}, reason=why, actor=actor(who), at=VOTING)
    counted(box, [], [])

    page = result(box)

    said = words(page)
    assert re.search(r"Against Ben[\w ]* Te duur\.", said)
    assert "9.00" in said.partition("Who voted what")[0]
    for secret in ("without names", "Was my vote counted?", "All votes stand in one file, without"):
        assert secret not in said


def test_the_roll_is_called_after_the_question_and_leads_to_the_decision(
    molenwijk: Neighbourhood, ann: User
) -> None:
    box = asked(molenwijk, [ann])

    page = signed_in(ann).get(url(box, "roll/"))

    assert QUESTION in words(page)
    assert f"/en/vote/values/{decision_of(box).ref}/" in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_agenda_costs_the_same_however_many_values_are_voted_on(
    molenwijk: Neighbourhood, ann: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        asked(molenwijk, [ann], f"Klus {place}")
    client = signed_in(ann)
    client.get("/en/vote/")

    with django_assert_num_queries(AGENDA):
        client.get("/en/vote/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_ballot_costs_the_same_however_many_organisations_say_something(
    molenwijk: Neighbourhood, ann: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    box = asked(molenwijk, [ann])
    for place in range(number):
        Indication.objects.create(
            item=decision_of(box).item, organisation=organisation(f"Stichting {place}"), amount=9_00,
            grounds="Zo is het.", language="nl", made_by=ann.person, made_at=VOTING,
        )  # fmt: skip
    client = signed_in(ann)
    client.get(url(box))

    with django_assert_num_queries(BALLOT):
        client.get(url(box))


# --- The result -------------------------------------------------------------------------------------------------------


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


AGENDA, BALLOT, RESULT = 15, 16, 7
