"""The calendar of a neighbourhood: any phone can follow it, and reads when, where and what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from marketplace.calendars import Entry, calendar_of
from marketplace.states import ActivityState, ShiftState
from tests.factories.activities import AT, DAY, Season, activity, shift
from tests.marketplace.activity_browse.scene import HERE

URL = f"{HERE}calendar.ics"


def events(query: str = "") -> list[Any]:
    return Calendar.from_ical(Client().get(f"{URL}?{query}").content).walk("VEVENT")


def test_an_event_says_when_where_and_what(there: Season) -> None:
    coffee = activity(there, text={"summary": "Met een praatje."})
    that = shift(coffee, hours=2.5)

    (event,) = events()

    assert str(event["summary"]) == "Koffie schenken"
    assert event["summary"].params["LANGUAGE"] == "nl"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (that.starts_at, that.ends_at)
    assert (str(event["uid"]), str(event["location"]), str(event["status"])) == (
        str(that.ref),
        "Wiekplein 1",
        "CONFIRMED",
    )
    page = f"http://testserver/en/market/activities/{coffee.ref}/"
    assert str(event["url"]) == page
    assert str(event["description"]) == f"Met een praatje.\n{page}"


def test_it_is_a_calendar_to_follow_with_the_name_of_the_place(there: Season) -> None:
    shift(activity(there))

    answer = Client().get(URL)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"X-WR-CALNAME:Taking part in Molenwijk\r\n" in answer.content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in answer.content


def test_a_weekly_shift_keeps_its_local_hours_when_the_clocks_change(there: Season) -> None:
    coffee = activity(there)
    winter, summer = (
        AT.replace(year=2027, month=3, day=21, hour=9),
        AT.replace(year=2027, month=3, day=28, hour=8),
    )
    for begins in (winter, summer):
        shift(coffee, begins)

    begin = [event.decoded("dtstart").strftime("%H:%M %Z") for event in events()]

    # Moments are written in UTC, and a phone shows both as ten in the morning.
    assert begin == ["09:00 UTC", "08:00 UTC"]


def test_only_what_everybody_can_see_is_in_it(there: Season) -> None:
    shift(activity(there, state=ActivityState.PAUSED))
    shift(activity(there), AT - DAY)
    shift(activity(there), state=ShiftState.CANCELLED)

    assert events() == []


def test_a_search_can_be_followed_too(there: Season) -> None:
    shift(activity(there, "Koffie"), AT + DAY)
    shift(activity(there, "Wandelen"), AT + 2 * DAY)

    assert [str(event["summary"]) for event in events("q=wandelen")] == ["Wandelen"]


def test_the_same_is_not_sent_twice_within_the_hour(there: Season) -> None:
    shift(activity(there))
    first = Client().get(URL)

    with time_machine.travel(AT + timedelta(minutes=30), tick=False):
        again = Client().get(URL, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert "public" in first["Cache-Control"]


def test_words_cannot_smuggle_in_lines_or_signs_that_no_calendar_holds(there: Season) -> None:
    coffee = activity(there, "Koffie\nDTSTART:20200101T000000Z\x0b, thee; melk", place="De\r\nWiek")
    shift(coffee)

    (event,) = events()

    assert str(event["summary"]) == "Koffie DTSTART:20200101T000000Z , thee; melk"
    assert str(event["location"]) == "De Wiek"


def test_what_is_off_is_struck_and_what_is_not_sure_says_so(there: Season) -> None:
    coffee = activity(there)
    entries = [
        Entry(shift=shift(coffee, AT + DAY), url="https://example.org/1", is_off=True),
        Entry(
            shift=shift(coffee, AT + 2 * DAY),
            url="https://example.org/2",
            is_tentative=True,
            notes=("Wait.",),
        ),
        Entry(shift=shift(coffee, AT + 3 * DAY, state=ShiftState.CANCELLED), url="https://example.org/3"),
    ]

    with translation.override("nl"):
        found = Calendar.from_ical(calendar_of(entries, name="Mijn diensten", at=AT)).walk("VEVENT")

    assert [str(event["status"]) for event in found] == ["CANCELLED", "TENTATIVE", "CANCELLED"]
    assert str(found[1]["description"]) == "Wait.\nhttps://example.org/2"
    assert "LANGUAGE" not in found[0]["summary"].params  # it is in the language of the reader


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_much_there_is(
    client: Client, there: Season, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for days in range(number):
        shift(activity(there), AT + (days + 1) * DAY)

    with django_assert_num_queries(5):  # place, categories, shifts, activities, their words
        client.get(URL)
