"""What a ballot refuses: wrong numbers, the wrong person, the wrong moment. What was filled in stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from neighbourhoods.models import BallotBox, Neighbourhood, Secrecy
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.states import BoxState
from people.models import User
from tests.factories import democracy
from tests.factories.democracy import CLOSES, OPENS
from tests.factories.people import person
from tests.neighbourhoods.vote_pages.scene import (
    amount_box,
    approval,
    carried,
    cast_from,
    choices_in,
    confirmation,
    fill_in,
    mark_of,
    names_on,
    send,
    signed_in,
    url,
    words,
)

# --- What is filled in wrongly ----------------------------------------------------------------------------------------

WRONG = [
    ({}, "Give your first choice number 1, or vote blank."),
    ({"option_0": "1", "option_1": "1"}, "has number 1 too. Give each name its own number."),
    ({"option_0": "1", "option_1": "3"}, "Number 2 is missing."),
    ({"option_0": "2"}, "Number 1 is missing."),
    ({"option_0": "first"}, "Enter a whole number from 1 to 3, or leave it empty."),
    ({"option_0": "0"}, "Enter a whole number from 1 to 3, or leave it empty."),
    ({"option_0": "4"}, "Enter a whole number from 1 to 3, or leave it empty."),
    ({"option_0": "1.5"}, "Enter a whole number from 1 to 3, or leave it empty."),
]


@pytest.mark.parametrize(("fields", "sentence"), WRONG)
def test_a_ballot_with_wrong_numbers_says_what_is_wrong_and_keeps_them(
    stv: BallotBox, ann: User, fields: dict[str, str], sentence: str
) -> None:
    client = signed_in(ann)

    wrong = fill_in(client, stv, **fields)

    assert sentence in words(wrong)
    page = wrong.content.decode()
    assert all(f'name="option-{name[-1]}" value="{typed}"' in page for name, typed in fields.items())
    assert "autofocus" in page
    assert choices_in(stv) == []


def test_a_cast_that_skips_the_look_is_judged_as_well(stv: BallotBox, ann: User) -> None:
    client = signed_in(ann)

    wrong = send(client, stv, "cast", **{**carried(client.get(url(stv))), "option_0": "1", "option_1": "1"})

    assert "Give each name its own number." in words(wrong)
    assert choices_in(stv) == []
    assert mark_of(stv, ann) == ""


AMOUNTS = ["", "5.50", "12.50", "7.25", "much", "-8", "1e3"]


@pytest.mark.parametrize("typed", AMOUNTS)
def test_an_amount_out_of_bounds_or_off_the_steps_is_refused_kindly(
    molenwijk: Neighbourhood, ann: User, typed: str
) -> None:
    box = amount_box(molenwijk, [ann])

    wrong = fill_in(signed_in(ann), box, amount=typed)

    assert "One thing is not right yet" in words(wrong)
    assert choices_in(box) == []


def test_a_name_without_an_answer_is_asked_for(molenwijk: Neighbourhood, ann: User) -> None:
    box = confirmation(molenwijk, [person("Dirk"), person("Esra")], [ann]).box
    assert box is not None

    wrong = fill_in(signed_in(ann), box, option_0="yes")

    assert "Choose yes, no or blank." in words(wrong)
    assert "checked" in wrong.content.decode()


def test_ticking_nothing_is_no_blank_vote_by_accident(molenwijk: Neighbourhood, ann: User) -> None:
    box = approval(molenwijk, [person("Dirk"), person("Esra")], [ann]).box
    assert box is not None

    assert "Tick one or more, or vote blank." in words(fill_in(signed_in(ann), box))


def test_a_form_of_another_vote_is_refused_and_can_be_cast_after_another_look(
    stv: BallotBox, ann: User
) -> None:
    client = signed_in(ann)
    looked = fill_in(client, stv, option_0="1")

    changed = cast_from(client, looked, stv, form_hash="0" * 64)

    assert "This form does not belong to this vote" in words(changed)
    assert 'name="option-0" value="1"' in changed.content.decode()
    assert choices_in(stv) == []
    looked = send(client, stv, "look", **{**carried(changed), "option_0": "1"})
    cast_from(client, looked, stv)
    assert choices_in(stv) == [["1"]]


@pytest.mark.parametrize("form_number", ["x" * 65, "a\0b", ""])
def test_a_blank_vote_with_a_form_number_that_is_none_is_refused_too(
    stv: BallotBox, ann: User, form_number: str
) -> None:
    changed = send(signed_in(ann), stv, "cast", blank="1", form_hash=form_number)

    assert "This form does not belong to this vote" in words(changed)
    assert (choices_in(stv), mark_of(stv, ann)) == ([], "")


# --- Who, and when ----------------------------------------------------------------------------------------------------


def test_who_is_not_signed_in_signs_in_first(client: Client, stv: BallotBox) -> None:
    answer = client.get(url(stv))

    assert answer.status_code == 302
    assert f"next={url(stv)}" in answer["Location"]


def test_cas_reads_why_he_cannot_vote_and_cannot_by_force(stv: BallotBox, ann: User, cas: User) -> None:
    form = carried(signed_in(ann).get(url(stv)))
    client = signed_in(cas)

    told = client.get(url(stv))
    forced = send(client, stv, "cast", **{**form, "option_0": "1"})

    assert told.status_code == forced.status_code == 403
    assert "You are not on the roll of this vote" in words(told)
    assert "Your vote was not cast" in words(forced)
    assert choices_in(stv) == []


def test_who_was_left_out_reads_the_rule_that_decided(molenwijk: Neighbourhood, ann: User, cas: User) -> None:
    box = democracy.box(molenwijk, [ann], left_out=[cas])

    told = words(signed_in(cas).get(url(box)))

    assert "on 1 November 2026 you did not live in Molenwijk" in told
    assert url(box, "roll/") in signed_in(cas).get(url(box)).content.decode()


@pytest.mark.parametrize(
    ("state", "moment", "title"),
    [
        (BoxState.READY, OPENS - timedelta(minutes=1), "Voting has not begun yet"),
        (BoxState.READY, OPENS + timedelta(minutes=1), "Voting has not begun yet"),
        (BoxState.OPEN, OPENS - timedelta(minutes=1), "Voting has not begun yet"),
        (BoxState.OPEN, CLOSES, "Voting is over"),
        (BoxState.CLOSED, CLOSES - timedelta(days=1), "Voting is over"),
        (BoxState.COUNTED, CLOSES + timedelta(days=1), "Voting is over"),
        (BoxState.VOID, OPENS + timedelta(days=1), "This vote is not held"),
    ],
)
def test_too_early_or_too_late_there_is_no_ballot_whatever_the_clock_says(
    molenwijk: Neighbourhood, ann: User, state: str, moment: Any, title: str
) -> None:
    box = democracy.box(molenwijk, [ann], state=state)
    client = signed_in(ann)

    with time_machine.travel(moment, tick=False):
        told = client.get(url(box))
        forced = send(client, box, "cast", form_hash=form_hash(box), option_0="yes")

    assert title in words(told)
    assert names_on(told) == []
    assert "You have voted" not in words(forced)
    assert choices_in(box) == []


def test_the_board_votes_with_names_in_its_own_room(molenwijk: Neighbourhood, ann: User) -> None:
    rules = democracy.policy(molenwijk, "MOTION")
    box = democracy.box(molenwijk, [ann], of=rules)
    assert box.secrecy == Secrecy.RECORDED

    answer = signed_in(ann).get(url(box))

    assert answer.status_code == 302
    assert "/vote/" in answer["Location"]


def test_an_unknown_vote_is_not_found(ann: User) -> None:
    assert signed_in(ann).get("/en/vote/6f2c9e5e-8a39-4b1c-9f0e-7a1f6f0f8a11/").status_code == 404
