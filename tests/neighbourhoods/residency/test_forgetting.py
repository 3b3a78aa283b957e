"""A desk forgets: a year after a residency or a request came to its end, it no longer finds it, nor the person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.privacy import kept_in
from neighbourhoods.models import Neighbourhood, Residency
from neighbourhoods.operations.linking import link_at_desk
from neighbourhoods.operations.residency import (
    end_residency,
    expire_residencies,
    refuse_request,
    withdraw_request,
)
from neighbourhoods.permissions import may_serve_person
from neighbourhoods.queries.desk import REMEMBERED, find_persons, likely_doubles, persons_at, residencies_at
from people.models import Party, PersonDetails, User
from tests.factories.people import actor, child
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, ask, at_the_desk, resident

End = Callable[[User, Neighbourhood], object]
YEAR = 365 * DAY


def expire(ann: User, place: Neighbourhood) -> int:
    Residency.objects.filter(pk=resident(ann, place, on=TODAY - DAY).pk).update(until_on=TODAY - DAY)
    return expire_residencies(on=TODAY, at=NOON)


ENDS: dict[str, End] = {
    "REFUSED": lambda ann, place: refuse_request(
        residency=ask(ann, place), reason="Lives elsewhere", actor=SYSTEM, at=NOON
    ),
    "withdrawn": lambda ann, place: withdraw_request(residency=ask(ann, place), actor=actor(ann), at=NOON),
    "ENDED": lambda ann, place: end_residency(
        residency=resident(ann, place), on=TODAY, actor=actor(ann), at=NOON
    ),
    "EXPIRED": expire,
}


@pytest.mark.parametrize("end", ENDS)
def test_a_year_after_the_end_the_desk_finds_ann_for_the_last_time(
    ann: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood, end: str
) -> None:
    ENDS[end](ann, molenwijk)
    gone = Residency.objects.get()
    desk = at_the_desk(clara, dijkstad)

    assert (gone.closed_on, REMEMBERED) == (TODAY, YEAR)
    for on, expected in ((TODAY, True), (TODAY + YEAR, True), (TODAY + YEAR + DAY, False)):
        assert [
            persons_at([dijkstad], on).filter(pk=ann.person_id).exists(),
            find_persons([dijkstad], "ann", on).exists(),
            residencies_at([dijkstad], on).exists(),
            may_serve_person(SYSTEM, ann.person, on),
        ] == [expected, expected, expected, True]
    assert gone.state == ("REFUSED" if end == "withdrawn" else end)
    assert may_serve_person(desk, ann.person, TODAY)


def test_whoever_still_lives_there_or_waits_is_found_however_long_it_takes(
    ann: User, ben: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    resident(ann, molenwijk)
    ask(ben, molenwijk)

    assert list(persons_at([dijkstad], TODAY + 2 * YEAR).order_by("pk")) == [ann.person, ben.person]


def test_whoever_asks_again_is_found_again_with_the_new_request_alone(
    ann: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    ENDS["withdrawn"](ann, molenwijk)
    later = NOON + YEAR + DAY

    again = ask(ann, molenwijk, at=later)

    assert list(residencies_at([dijkstad], later.date())) == [again]
    assert list(persons_at([dijkstad], later.date())) == [ann.person]


def test_the_pages_of_the_desk_open_on_the_last_day_and_not_on_the_day_after(
    at_desk: Client, noon: time_machine.Traveller, ann: User, clara: User, molenwijk: Neighbourhood
) -> None:
    ENDS["ENDED"](ann, molenwijk)
    pages = [
        reverse("desk_person", args=[ann.person.uuid]),
        reverse("desk_residency", args=[Residency.objects.get().pk]),
    ]
    lists = [reverse("desk_residencies"), reverse("desk_persons") + "?q=ann"]

    def look() -> tuple[list[int], list[bool]]:
        at_desk.force_login(clara)  # nobody stays signed in for a year
        return (
            [at_desk.get(page).status_code for page in pages],
            ["Ann de Vries" in at_desk.get(page).content.decode() for page in lists],
        )

    noon.move_to(NOON + YEAR)
    assert look() == ([200, 200], [True, True])
    noon.move_to(NOON + YEAR + DAY)
    assert look() == ([404, 404], [False, False])


def test_who_left_long_ago_is_no_likely_double(ann: User, dijkstad: Party, molenwijk: Neighbourhood) -> None:
    born_on = TODAY.replace(year=1980)
    PersonDetails.objects.filter(party=ann.person).update(born_on=born_on)
    ENDS["ENDED"](ann, molenwijk)
    other = child("Ann", born_on=born_on)
    ask(other, molenwijk)

    assert likely_doubles(other, [dijkstad], TODAY + YEAR) == [ann.person]
    assert likely_doubles(other, [dijkstad], TODAY + YEAR + DAY) == []


def test_a_request_that_goes_when_two_are_linked_is_closed_too(
    ann: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    twin = child("Ann")
    ask(ann, molenwijk)
    dropped = ask(twin, molenwijk)

    link_at_desk(
        duplicate=twin, same_as=ann.person, reason="One passport", actor=at_the_desk(clara, dijkstad), at=NOON
    )

    dropped.refresh_from_db()
    assert (dropped.state, dropped.closed_on) == ("REFUSED", TODAY)


def test_the_registry_says_how_long_the_desk_remembers() -> None:
    entry = kept_in(Residency)

    assert entry is not None
    assert "A year after it ended" in str(entry.why)
