"""My activities, the calendar of one's phone, one's children, and the way there from the account."""

from __future__ import annotations

import uuid
from datetime import timedelta

import icalendar
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.models import CalendarFeed, GuardianConsent, Participation
from marketplace.operations.consents import give_consent
from marketplace.states import ShiftState
from tests.factories.activities import AT, Season, activity, shift, takes_part
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

DAY = timedelta(days=1)


def test_what_asks_something_comes_first_then_what_comes_then_what_is_on_its_way(
    there: Season, clock: time_machine.Traveller
) -> None:
    clock.move_to(BEGINS + 4 * HOUR)
    takes_part(shift(activity(there, "Told")), there.ann.person, "CLAIMED")
    takes_part(shift(activity(there, "Later"), BEGINS + 5 * DAY), there.ann.person)
    takes_part(shift(activity(there, "Been")), there.ann.person, "CHECKED_IN")

    page = words(signed_in(there.ann).get(MINE))

    order = ["This asks something of you", "Been", "To come", "Later", "Hours and coins on their way", "Told"]
    assert sorted(order, key=page.index) == order


def test_what_is_over_stands_apart_with_coins_only_where_something_was_earned(there: Season) -> None:
    takes_part(shift(activity(there, "Missed"), AT - 20 * DAY), there.ann.person, "NO_SHOW")
    takes_part(shift(activity(there, "Left")), there.ann.person, "WITHDRAWN")
    ann = signed_in(there.ann)

    going_on, over = words(ann.get(MINE)), words(ann.get(MINE, {"over": ""}))

    assert "You have signed up for nothing yet" in going_on
    assert "Missed" in over
    assert "Left" in over
    assert "+18.00" not in over


def test_who_was_put_down_as_absent_is_asked_about_it_for_two_weeks(there: Season) -> None:
    takes_part(shift(activity(there, "Missed"), AT - 3 * DAY), there.ann.person, "NO_SHOW")
    ann = signed_in(there.ann)

    going_on, over = words(ann.get(MINE)), words(ann.get(MINE, {"over": ""}))

    assert "This asks something of you" in going_on
    assert "Missed" in going_on
    assert "Nothing is over yet" in over


def test_what_somebody_else_does_is_on_no_page_of_mine(there: Season) -> None:
    takes_part(shift(activity(there, "Of Ben")), there.ben.person)
    takes_part(shift(activity(there, "Was Ben")), there.ben.person, "WITHDRAWN")
    ann = signed_in(there.ann)

    assert "Ben" not in words(ann.get(MINE)) + words(ann.get(MINE, {"over": ""}))


def test_a_parent_sees_what_a_child_does_with_its_name(there: Season) -> None:
    sam = child_of_ann(there)
    takes_part(shift(activity(there)), sam.person)

    page = words(signed_in(there.ann).get(MINE))

    assert "for Sam de Vries" in page


def test_the_list_asks_as_many_questions_of_one_row_as_of_three(
    there: Season, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ann = signed_in(there.ann)
    ann.get(MINE)
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            takes_part(shift(activity(there, f"Thing {number}"), BEGINS + number * DAY), there.ann.person)
        with django_assert_num_queries(15):
            ann.get(MINE)


def test_the_account_says_how_many_activities_wait_for_me(
    there: Season, clock: time_machine.Traveller
) -> None:
    takes_part(shift(activity(there)), there.ann.person, "CHECKED_IN")
    ann = signed_in(there.ann)

    before = words(ann.get("/en/account/"))
    clock.move_to(BEGINS + 4 * HOUR)
    after = ann.get("/en/account/")

    assert "What you signed up for, what you did, and the coins that you got for it." in before
    assert "1 activity waits for you." in words(after)
    assert f'href="{MINE}"' in after.content.decode()


# --- The calendar -----------------------------------------------------------------------------------------------------


def test_my_calendar_has_a_secret_address_that_a_phone_reads_without_signing_in(there: Season) -> None:
    mine = takes_part(shift(activity(there)), there.ann.person)
    takes_part(shift(activity(there, "Waits"), BEGINS + DAY), there.ann.person, "WAITING")
    takes_part(
        shift(activity(there, "Off"), BEGINS + 2 * DAY, state=ShiftState.CANCELLED),
        there.ann.person,
        "WITHDRAWN",
    )
    takes_part(shift(activity(there, "Left"), BEGINS + 3 * DAY), there.ann.person, "WITHDRAWN")
    takes_part(shift(activity(there, "Of Ben"), BEGINS + 4 * DAY), there.ben.person)
    ann = signed_in(there.ann)

    made = ann.post(f"{MINE}calendar/", follow=True)
    token = CalendarFeed.objects.get(person=there.ann.person).token
    fetched = Client().get(f"{MINE}calendar/{token}.ics")

    calendar = icalendar.Calendar.from_ical(fetched.content)
    told = {str(one["summary"]): str(one["status"]) for one in calendar.walk("VEVENT")}
    assert f"{MINE}calendar/{token}.ics" in made.content.decode()
    assert told == {"Koffie schenken": "CONFIRMED", "Waits": "TENTATIVE", "Off": "CANCELLED"}
    assert page_of(mine) in fetched.content.decode().replace("\r\n ", "")
    assert fetched.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert fetched.headers["X-Robots-Tag"] == "noindex"


def test_looking_at_the_page_makes_no_address(there: Season) -> None:
    page = signed_in(there.ann).get(f"{MINE}calendar/")

    assert "Make my address" in words(page)
    assert not CalendarFeed.objects.exists()


def test_a_new_address_ends_the_old_one(there: Season) -> None:
    ann = signed_in(there.ann)
    ann.post(f"{MINE}calendar/")
    old = CalendarFeed.objects.get().token

    ann.post(f"{MINE}calendar/")

    new = CalendarFeed.objects.get().token
    codes = [Client().get(f"{MINE}calendar/{token}.ics").status_code for token in (old, new, uuid.uuid4())]
    assert codes == [404, 200, 404]


def test_the_calendar_asks_as_many_questions_of_one_shift_as_of_three(
    there: Season, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in(there.ann).post(f"{MINE}calendar/")
    address = f"{MINE}calendar/{CalendarFeed.objects.get().token}.ics"
    Client().get(address)
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            takes_part(shift(activity(there, f"Thing {number}"), BEGINS + number * DAY), there.ann.person)
        with django_assert_num_queries(7):
            Client().get(address)


# --- Children ---------------------------------------------------------------------------------------------------------


def test_a_parent_says_yes_for_an_activity_and_takes_it_back(there: Season) -> None:
    sam, ann, one = child_of_ann(there), signed_in(there.ann), activity(there)
    address = f"{MINE}children/{sam.person.uuid}/{one.ref}/"

    asked = ann.get(address)
    asked_before = GuardianConsent.objects.count()
    given = ann.post(address, follow=True)
    taken = ann.post(f"{address}take-back/", follow=True)

    assert "May Sam de Vries take part?" in words(asked)
    assert asked_before == 0
    assert "Ann de Vries said yes on 22 November 2026" in words(given)
    assert "Nothing yet." in words(taken)
    assert GuardianConsent.objects.get().withdrawn_at is not None


def test_taking_it_back_takes_the_child_off_what_is_to_come(there: Season) -> None:
    sam, one = child_of_ann(there), activity(there)
    give_consent(child=sam.person, activity=one, actor=actor(there.ann), at=AT)
    takes_part(shift(one), sam.person)

    signed_in(there.ann).post(f"{MINE}children/{sam.person.uuid}/{one.ref}/take-back/")

    assert Participation.objects.get().state == "WITHDRAWN"


def test_nobody_consents_for_the_child_of_another_or_for_themself(there: Season) -> None:
    sam, one = child_of_ann(there), activity(there)
    address = f"{MINE}children/{sam.person.uuid}/{one.ref}/"

    codes = {signed_in(login).post(address).status_code for login in (there.ben, sam)}

    assert codes == {404}
    assert not GuardianConsent.objects.exists()


def test_who_has_no_children_here_reads_who_would_be_one(there: Season) -> None:
    page = words(signed_in(there.ann).get(f"{MINE}children/"))

    assert "There are no children here" in page


def test_the_children_ask_as_many_questions_with_one_consent_as_with_three(
    there: Season, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sam, ann = child_of_ann(there), signed_in(there.ann)
    ann.get(f"{MINE}children/")
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            what = activity(there, f"Thing {number}")
            give_consent(child=sam.person, activity=what, actor=actor(there.ann), at=AT)
        with django_assert_num_queries(12):
            ann.get(f"{MINE}children/")
