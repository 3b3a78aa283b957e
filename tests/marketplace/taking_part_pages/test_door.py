"""At the door: by the code or by the number, with one button. A code that is no good says so and tells nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from marketplace.door_links import link_on_paper, link_on_screen
from marketplace.models import Shift
from marketplace.operations.consents import give_consent
from tests.factories.activities import Season, activity, shift, takes_part
from tests.factories.people import actor
from tests.marketplace.taking_part_pages.scene import (
    BEGINS,
    HOUR,
    MINE,
    child_of_ann,
    page_of,
    signed_in,
    words,
)

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _at_the_door(clock: time_machine.Traveller) -> None:
    clock.move_to(BEGINS - MINUTE)


@pytest.fixture
def one(there: Season) -> Shift:
    return shift(activity(there))


def door(token: str) -> str:
    return f"{MINE}door/{token}/"


def test_the_code_opens_a_page_with_one_button_and_the_button_checks_in(there: Season, one: Shift) -> None:
    mine, ann = takes_part(one, there.ann.person), signed_in(there.ann)
    token = link_on_screen(one, BEGINS - MINUTE)

    looked = ann.get(door(token))
    mine.refresh_from_db()
    before = mine.state
    done = ann.post(door(token), {"who": str(mine.ref)}, follow=True)

    mine.refresh_from_db()
    assert looked.content.decode().count('class="btn btn--main') == 1
    assert (before, mine.state, mine.checked_in_how) == ("SIGNED_UP", "CHECKED_IN", "LINK")
    assert "You are there, 09:59." in words(done)


def test_the_code_on_paper_works_as_well(there: Season, one: Shift) -> None:
    mine = takes_part(one, there.ann.person)

    signed_in(there.ann).post(door(link_on_paper(one)), {"who": str(mine.ref)})

    mine.refresh_from_db()
    assert mine.state == "CHECKED_IN"


def test_who_is_in_already_hears_so(there: Season, one: Shift) -> None:
    mine, ann = takes_part(one, there.ann.person), signed_in(there.ann)
    token = link_on_paper(one)
    ann.post(door(token), {"who": str(mine.ref)})

    looked, again = ann.get(door(token)), ann.post(door(token), {"who": str(mine.ref)})

    assert "You are in already" in words(looked)
    assert "You are checked in already." in words(again)


def test_a_forged_a_stale_and_an_early_code_say_what_to_do_and_nothing_about_the_shift(
    there: Season, one: Shift, clock: time_machine.Traveller
) -> None:
    takes_part(one, there.ann.person)
    ann = signed_in(there.ann)
    good, stale = link_on_paper(one), link_on_screen(one, BEGINS - 20 * MINUTE)
    forged = good[:-1] + ("A" if good[-1] != "A" else "B")
    answers = [ann.get(door(token)) for token in (forged, stale, "x", "%00é" * 20)]
    clock.move_to(BEGINS - 2 * HOUR)
    answers.append(ann.get(door(good)))

    said = [words(answer) for answer in answers]

    assert [answer.status_code for answer in answers] == [409] * 5
    assert "This code does not open anything." in said[0]
    assert "This code is too old." in said[1]
    assert "This code does not open anything." in said[2]
    assert "This code does not open anything." in said[3]
    assert "You can check in" in said[4]
    assert not any("Koffie schenken" in page for page in said)


def test_a_code_that_was_sent_on_checks_in_nobody_who_did_not_sign_up(there: Season, one: Shift) -> None:
    mine = takes_part(one, there.ann.person)
    ben, token = signed_in(there.ben), link_on_screen(one, BEGINS - MINUTE)

    looked, posted = ben.get(door(token)), ben.post(door(token), {"who": str(mine.ref)})

    mine.refresh_from_db()
    assert "You are not signed up for this." in words(looked)
    assert posted.status_code == 409
    assert mine.state == "SIGNED_UP"


def test_who_has_not_signed_in_signs_in_first_and_comes_back(there: Season, one: Shift) -> None:
    token = link_on_paper(one)

    answer = Client().get(door(token))

    assert answer.status_code == 302
    assert token in answer.headers["Location"]


def test_a_parent_checks_in_a_child_and_themself_each_with_a_button(there: Season) -> None:
    sam = child_of_ann(there)
    one = shift(activity(there, lowest_age=12))
    mine, sams = takes_part(one, there.ann.person), takes_part(one, sam.person)
    give_consent(child=sam.person, activity=one.activity, actor=actor(there.ann), at=BEGINS - HOUR)
    ann, token = signed_in(there.ann), link_on_paper(one)

    looked = ann.get(door(token))
    ann.post(door(token), {"who": str(sams.ref)})

    mine.refresh_from_db()
    sams.refresh_from_db()
    assert "Sam de Vries is there" in words(looked)
    assert (mine.state, sams.state) == ("SIGNED_UP", "CHECKED_IN")


def test_the_number_at_the_door_checks_in(there: Season, one: Shift) -> None:
    mine, ann = takes_part(one, there.ann.person), signed_in(there.ann)

    looked = ann.get(page_of(mine, "number"))
    wrong = ann.post(page_of(mine, "number"), {"pin": "1234"})
    done = ann.post(page_of(mine, "number"), {"pin": " 47 11 "}, follow=True)

    mine.refresh_from_db()
    assert 'inputmode="numeric"' in looked.content.decode()
    assert "That is not the number at the door." in words(wrong)
    assert (mine.state, mine.checked_in_how) == ("CHECKED_IN", "PIN")
    assert "You are there" in words(done)


def test_after_five_wrong_numbers_the_right_one_is_not_looked_at(there: Season, one: Shift) -> None:
    mine, ann = takes_part(one, there.ann.person), signed_in(there.ann)
    for number in range(5):
        ann.post(page_of(mine, "number"), {"pin": f"000{number}"})

    answer = ann.post(page_of(mine, "number"), {"pin": "4711"})

    mine.refresh_from_db()
    assert "Try again in an hour" in words(answer)
    assert mine.state == "SIGNED_UP"


def test_before_the_door_opens_there_is_no_number_to_type(
    there: Season, one: Shift, clock: time_machine.Traveller
) -> None:
    mine, ann = takes_part(one, there.ann.person), signed_in(there.ann)
    clock.move_to(BEGINS - HOUR)

    answer = ann.get(page_of(mine, "number"))

    assert answer.headers["Location"] == page_of(mine)
