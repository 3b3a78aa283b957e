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


AGENDA, BALLOT = 15, 16
