"""Whoever has no part in somebody's hours finds no such page."""

from __future__ import annotations

import uuid
from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from marketplace.models import Participation, ShiftMessage
from marketplace.states import ParticipationState
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.marketplace.taking_part_pages.scene import (
    BEGINS,
    HOUR,
    child_of_ann,
    disputed,
    page_of,
    signed_in,
    words,
)

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ENDS = BEGINS + 3 * HOUR


def mine_of(there: Season, state: str = "SIGNED_UP", **more: object) -> Participation:
    return takes_part(shift(activity(there)), there.ann.person, state, **more)  # type: ignore[arg-type]


# --- Who finds it -----------------------------------------------------------------------------------------------------


def test_nobody_else_finds_the_page_or_does_anything_on_it(there: Season) -> None:
    mine = mine_of(there)
    cas, ben = signed_in(there.place.cas_login), signed_in(there.ben)

    codes = {one.get(page_of(mine)).status_code for one in (cas, ben)}
    codes |= {
        ben.post(page_of(mine, deed)).status_code
        for deed in ("withdraw", "claim", "agree", "sign", "waive", "number")
    }

    mine.refresh_from_db()
    assert codes == {404}
    assert mine.state == "SIGNED_UP"


def test_the_organiser_is_sent_to_the_desk(there: Season) -> None:
    mine = mine_of(there)

    answer = signed_in(there.olaf).get(page_of(mine))

    assert answer.headers["Location"] == f"/en/market/organise/shift/{mine.shift.ref}/"


def test_the_board_is_sent_to_what_waits_for_it(there: Season) -> None:
    mine = mine_of(there, "DISPUTED")
    disputed(mine)

    answer = signed_in(there.bea).get(page_of(mine))

    assert answer.headers["Location"] == "/en/market/hours/molenwijk/"


def test_a_parent_sees_for_whom_they_look_and_can_say_that_the_child_does_not_come(there: Season) -> None:
    sam = child_of_ann(there)
    mine, ann = takes_part(shift(activity(there)), sam.person), signed_in(there.ann)

    looked = ann.get(page_of(mine))
    ann.post(page_of(mine, "withdraw"))

    mine.refresh_from_db()
    assert "You act for Sam" in words(looked)
    assert mine.state == ParticipationState.WITHDRAWN


def test_the_page_asks_as_many_questions_with_one_message_as_with_three(
    there: Season, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mine, ann = mine_of(there), signed_in(there.ann)
    ann.get(page_of(mine))
    for number in (1, 2):
        for _one in range(number):
            ShiftMessage.objects.create(
                shift=mine.shift,
                author=there.olaf.person,
                text="Hello",
                language="en",
                at=AT,
                key=uuid.uuid4(),
            )
        with django_assert_num_queries(15):
            ann.get(page_of(mine))
