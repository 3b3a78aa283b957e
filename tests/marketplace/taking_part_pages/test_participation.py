"""The page of a participation: how far it is, what comes next, and what can be done; nobody else finds it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine

from marketplace.models import Held, HoursDispute, OverCap, Participation, ShiftMessage
from marketplace.operations.hours import confirm
from marketplace.states import ShiftState
from tests.factories.activities import AT, Season, activity, confirm_year, shift, takes_part
from tests.factories.people import actor
from tests.marketplace.rewards.earning import pays
from tests.marketplace.taking_part_pages.scene import (
    BEGINS,
    HOUR,
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


@pytest.mark.parametrize(
    ("state", "at", "said", "buttons"),
    [
        ("WAITING", AT, "You are the first in turn.", ["I cannot come"]),
        ("SIGNED_UP", AT, "Tuesday 24 November, 10:00 to 13:00, Wiekplein 1.", ["I cannot come"]),
        ("SIGNED_UP", BEGINS - MINUTE, "scan the code at the door", ["I cannot come", "I am there"]),
        ("SIGNED_UP", ENDS + HOUR, "Were you there? Tell your hours", ["Tell my hours"]),
        ("CHECKED_IN", BEGINS + HOUR, "When it is over you tell your hours here.", []),
        ("CHECKED_IN", ENDS, "How long were you there?", ["Tell my hours"]),
        ("CLAIMED", ENDS, "You told 3 hours. Football club Molenwijk confirms them.", []),
        ("NO_SHOW", ENDS + DAY, "You were not there, it was said.", ["I was there"]),
        ("NO_SHOW", ENDS + 20 * DAY, "Nothing is paid for this.", []),
        ("REJECTED", ENDS, "The board heard you both and found no hours.", []),
        ("WITHDRAWN", AT, "You do not take part in this.", []),
    ],
)
def test_the_page_says_what_comes_next_and_shows_what_can_be_done(
    there: Season, clock: time_machine.Traveller, state: str, at: object, said: str, buttons: list[str]
) -> None:
    mine = mine_of(there, state)
    takes_part(mine.shift, there.ben.person)
    takes_part(mine.shift, there.bob.person)
    clock.move_to(at)  # type: ignore[arg-type]
    every = {"I cannot come", "I am there", "Tell my hours", "I was there", "Agree", "Leave it to the board"}

    page = signed_in(there.ann).get(page_of(mine))

    assert said in words(page)
    assert {one for one in every if f">{one}</" in page.content.decode()} == set(buttons)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (Held.POT, "The pot that pays them is empty now. 18.00 follows by itself."),
        (Held.YEAR, "The municipality has not set the maximum amounts of 2026 yet. 18.00 follows by itself."),
        (Held.ACCOUNT, "You have no wallet here to pay 18.00 into."),
        (Held.AGE, "Tell us your date of birth, then 18.00 can be paid."),
        (Held.LIMIT, "A limit of the wallet was reached."),
    ],
)
def test_hours_that_are_not_paid_yet_say_why(there: Season, held: str, said: str) -> None:
    mine = mine_of(there, "CONFIRMED", held=held)

    page = words(signed_in(there.ann).get(page_of(mine)))

    assert f"Your hours are confirmed. {said}" in page


def test_four_steps_are_passed_one_by_one(there: Season, clock: time_machine.Traveller) -> None:
    clock.move_to(ENDS)
    steps = {
        state: _steps(there, takes_part(shift(activity(there, state), BEGINS), there.ben.person, state))
        for state in ("WAITING", "SIGNED_UP", "CHECKED_IN", "CLAIMED", "CONFIRMED")
    }

    assert steps == {
        "WAITING": (0, 0), "SIGNED_UP": (1, 1), "CHECKED_IN": (2, 2), "CLAIMED": (2, 2), "CONFIRMED": (3, 3),
    }  # fmt: skip


def _steps(there: Season, found: Participation) -> tuple[int, int]:
    """How many are done, and the index of the one of now."""
    page = signed_in(there.ben).get(page_of(found)).content.decode()
    steps = page.split('<ol class="steps')[1].split("</ol>")[0].split('<li class="step')[1:]
    now = next((number for number, step in enumerate(steps) if 'aria-current="step"' in step), -1)
    return sum(step.startswith(" step--done") for step in steps), now


def test_from_telling_hours_to_coins(there: Season, clock: time_machine.Traveller) -> None:
    mine, ann = mine_of(there, "CHECKED_IN"), signed_in(there.ann)
    clock.move_to(ENDS + HOUR)

    told = ann.post(page_of(mine, "claim"), {"hours": "2", "minutes": "30"}, follow=True)
    mine.refresh_from_db()
    confirm(participation=mine, actor=actor(there.olaf), at=ENDS + 2 * HOUR)
    paid = ann.get(page_of(mine))

    assert (
        "You told 2 hours and 30 minutes. You are paid when Football club Molenwijk has confirmed them."
        in words(told)
    )
    assert "15.00 for 2 hours and 30 minutes is in your wallet." in words(paid)
    assert "See the receipt" in words(paid)
    assert "+15.00" in words(paid)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"hours": "0", "minutes": "0"}, "Choose how long you were there: five minutes or more."),
        ({"hours": "3", "minutes": "5"}, "no more than the 180 minutes of this shift."),
        ({"hours": "9", "minutes": "0"}, "One thing is not right yet"),
    ],
)
def test_hours_that_cannot_be_are_refused_where_they_were_told(
    there: Season, clock: time_machine.Traveller, sent: dict[str, str], said: str
) -> None:
    mine = mine_of(there, "CHECKED_IN")
    clock.move_to(ENDS)

    answer = signed_in(there.ann).post(page_of(mine, "claim"), sent)

    mine.refresh_from_db()
    assert said in words(answer)
    assert mine.state == "CHECKED_IN"


def test_who_cannot_come_is_asked_once_and_loses_nothing(there: Season) -> None:
    mine, ann = mine_of(there), signed_in(there.ann)

    asked = ann.get(page_of(mine, "withdraw"))
    mine.refresh_from_db()
    before = mine.state
    done = ann.post(page_of(mine, "withdraw"), follow=True)

    mine.refresh_from_db()
    assert "You lose nothing by it." in words(asked)
    assert (before, mine.state) == ("SIGNED_UP", "WITHDRAWN")
    assert "You do not come. The organiser knows." in words(done)


def test_what_was_done_meanwhile_is_said_and_not_done_again(there: Season) -> None:
    mine, ann = mine_of(there), signed_in(there.ann)
    ann.post(page_of(mine, "withdraw"))

    again = ann.post(page_of(mine, "withdraw"), follow=True)

    assert "This was done already, or it can no longer be done." in words(again)
    assert Participation.objects.get().state == "WITHDRAWN"


def test_a_participant_agrees_with_what_the_organiser_saw_and_is_paid_that(
    there: Season, clock: time_machine.Traveller
) -> None:
    mine, ann = mine_of(there, "DISPUTED"), signed_in(there.ann)
    disputed(mine, 60)
    clock.move_to(ENDS + DAY)

    looked, asked = ann.get(page_of(mine)), ann.get(page_of(mine, "agree"))
    done = ann.post(page_of(mine, "agree"), follow=True)

    mine.refresh_from_db()
    assert "You told 3 hours. Football club Molenwijk saw 1 hour." in words(looked)
    assert "Ann left at three." in words(looked)
    assert "Yes, pay me 6.00" in words(asked)
    assert (mine.state, mine.reward) == ("PAID", 6_00)
    assert "6.00 for 1 hour is in your wallet." in words(done)


def test_a_participant_leaves_it_to_the_board_with_their_own_words(
    there: Season, clock: time_machine.Traveller
) -> None:
    mine, ann = mine_of(there, "DISPUTED"), signed_in(there.ann)
    disputed(mine)
    clock.move_to(ENDS + DAY)

    empty = ann.post(page_of(mine, "answer"), {"text": ""})
    done = ann.post(page_of(mine, "answer"), {"text": "I washed up until four."}, follow=True)

    assert "Write a few words." in words(empty)
    assert "I washed up until four." in words(done)
    assert "Somebody of the board listens to you both and decides within thirty days." in words(done)
    assert ">Leave it to the board</" not in done.content.decode()


def test_who_was_put_down_as_absent_says_that_they_were_there(
    there: Season, clock: time_machine.Traveller
) -> None:
    mine, ann = mine_of(there, "NO_SHOW"), signed_in(there.ann)
    clock.move_to(ENDS + DAY)

    done = ann.post(page_of(mine, "contest"), {"text": "Corrie saw me."}, follow=True)

    mine.refresh_from_db()
    assert mine.state == "DISPUTED"
    assert "Corrie saw me." in words(done)


def test_above_a_maximum_somebody_signs_and_is_paid(there: Season, clock: time_machine.Traveller) -> None:
    confirm_year(there.municipality, version=2, per_hour=None, per_month=10_00, over_cap=OverCap.SIGN)
    mine, ann = mine_of(there, "BLOCKED_BY_CAP"), signed_in(there.ann)
    clock.move_to(ENDS + DAY)

    looked = ann.get(page_of(mine))
    unsigned = ann.post(page_of(mine, "sign"))
    ann.post(page_of(mine, "sign"), {"knows": "on"})

    mine.refresh_from_db()
    assert "You can still get 18.00, when you sign." in words(looked)
    assert "Tick that you know this." in words(unsigned)
    assert (mine.state, mine.signed_above_at) == ("PAID", ENDS + DAY)


def test_where_a_municipality_lets_it_wait_there_is_nothing_to_sign(
    there: Season, clock: time_machine.Traveller
) -> None:
    confirm_year(there.municipality, version=2, per_hour=None, per_month=10_00, over_cap=OverCap.BLOCK)
    mine = mine_of(there, "BLOCKED_BY_CAP")
    clock.move_to(ENDS + DAY)

    page = words(signed_in(there.ann).get(page_of(mine)))

    assert "The maximum for volunteers is 10.00 per month." in page
    assert "So 18.00 cannot be paid, unless another maximum will hold for you." in page
    assert "Have 18.00 paid" not in page


def test_what_waits_for_a_month_says_which_maximum_it_is_and_from_which_day_it_is_paid(
    there: Season, clock: time_machine.Traveller
) -> None:
    """Two of these fit in December; the third comes in January."""
    confirm_year(there.municipality, version=2, per_hour=None, per_month=40_00)
    pays(there, there.place.ann, 30_00, AT)
    first, _second, third = (mine_of(there, "BLOCKED_BY_CAP") for _number in range(3))
    clock.move_to(ENDS + DAY)

    page, later = (signed_in(there.ann).get(page_of(one)) for one in (first, third))

    assert "You received 30.00 in November. The maximum for volunteers is 40.00 per month." in words(page)
    assert "You get 18.00 from 1 December on." in words(page)
    assert "You get 18.00 from 1 January 2027 on." in words(later)
    assert 'href="/en/market/earning/">What you may still earn</a>' in page.content.decode()


def test_what_fits_by_now_is_said_to_be_paid_by_itself(there: Season, clock: time_machine.Traveller) -> None:
    mine = mine_of(there, "BLOCKED_BY_CAP")
    clock.move_to(ENDS + DAY)

    assert "There is room again. 18.00 is paid by itself" in words(signed_in(there.ann).get(page_of(mine)))


def test_coins_that_wait_can_be_let_go_of_after_a_page_that_says_what_that_is(
    there: Season, clock: time_machine.Traveller
) -> None:
    confirm_year(there.municipality, version=2, per_hour=None, per_month=10_00)
    mine, ann = mine_of(there, "BLOCKED_BY_CAP"), signed_in(there.ann)
    clock.move_to(ENDS + DAY)

    looked = ann.get(page_of(mine))
    asked = ann.get(page_of(mine, "waive"))
    mine.refresh_from_db()
    state_before = mine.state
    done = ann.post(page_of(mine, "waive"), follow=True)

    mine.refresh_from_db()
    assert "I do not want these coins" in words(looked)
    assert "Then 18.00 is not paid to you. You cannot ask for it later." in words(asked)
    assert (state_before, mine.state) == ("BLOCKED_BY_CAP", "WAIVED")
    assert "You came, and let go of the coins." in words(done)
    assert "You let go of the coins" in words(done)
    assert "I do not want these coins" not in words(done)
    assert "Koffie schenken" in words(ann.get("/en/market/mine/?over"))


def test_what_is_not_confirmed_has_nothing_to_let_go_of(there: Season) -> None:
    mine = mine_of(there, "CLAIMED")

    signed_in(there.ann).post(page_of(mine, "waive"))

    mine.refresh_from_db()
    assert mine.state == "CLAIMED"


def test_what_the_organiser_told_everybody_stands_on_the_page(there: Season) -> None:
    mine = mine_of(there)
    ShiftMessage.objects.create(
        shift=mine.shift,
        author=there.olaf.person,
        text="Bring an apron.",
        language="en",
        at=AT,
        key=uuid.uuid4(),
    )

    page = words(signed_in(there.ann).get(page_of(mine)))

    assert "Bring an apron." in page
    assert "Olaf" not in page.split("What the organiser tells you")[1].split("Bring an apron.")[0]


def test_who_was_put_on_a_list_afterwards_reads_just_that(
    there: Season, clock: time_machine.Traveller
) -> None:
    later = ENDS + DAY
    mine = mine_of(there, "CHECKED_IN", at=later, checked_in_at=later, checked_in_how="LIST")
    clock.move_to(later + HOUR)

    page = words(signed_in(there.ann).get(page_of(mine)))

    assert "You were put on the list By Football club Molenwijk, on Wednesday 25 November." in page
    assert "On a list of the organiser, filled in on Wednesday 25 November." in page
    assert "You were there from" not in page


def test_a_board_that_saw_fewer_hours_is_named_and_not_the_organiser(
    there: Season, clock: time_machine.Traveller
) -> None:
    mine = mine_of(there, "DISPUTED")
    HoursDispute.objects.create(
        participation=mine, offered=60, organiser_text="Left at two.", opened_by=there.bea.person, opened_at=BEGINS
    )  # fmt: skip
    clock.move_to(ENDS + DAY)

    page = words(signed_in(there.ann).get(page_of(mine)))

    assert f"{there.bea.person.display_name} of the board saw 1 hour." in page
    assert "Football club Molenwijk saw" not in page


def test_a_shift_that_was_called_off_says_so_and_why(there: Season) -> None:
    off = shift(activity(there), state=ShiftState.CANCELLED, cancel_reason="The roof leaks.")
    mine = takes_part(off, there.ann.person, "WITHDRAWN")

    page = words(signed_in(there.ann).get(page_of(mine)))

    assert "This does not go on. You need not come." in page
    assert "The roof leaks." in page
