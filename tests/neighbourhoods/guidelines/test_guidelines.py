from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import NotAllowed, Refusal
from neighbourhoods.models import Neighbourhood, ValuedItem, ValueGuideline
from neighbourhoods.operations.guidelines import (
    GuidelineInPast,
    HalfABand,
    NoGuideline,
    WrongWayRound,
    set_guideline,
)
from neighbourhoods.queries.guidelines import (
    guideline_for,
    guidelines_on,
    is_outside,
    municipalities_of,
)
from people.models import Party, Role, User
from tests.factories import values as make
from tests.factories.people import mandate, person
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, second_login
from tests.neighbourhoods.guidelines.conftest import acting


def say(municipality: Party, category: Any, low: int | None, high: int | None, **more: Any) -> ValueGuideline:
    words = {"unit": "HOUR", "note": "", "from_on": TODAY, "actor": SYSTEM, "at": NOON, **more}
    return set_guideline(municipality=municipality, category=category, low=low, high=high, **words)


def band(municipality: Party, item: ValuedItem, on: date = TODAY) -> tuple[int | None, int | None] | None:
    found = guideline_for(municipality, item.category, item.unit, on)
    return (found.low, found.high) if found else None


# --- Which one holds --------------------------------------------------------------------------------------------------


def test_both_ends_belong_to_a_guideline(dijkstad: Party, reading: ValuedItem) -> None:
    guideline = say(dijkstad, reading.category, 600, 1200)

    assert [is_outside(guideline, amount) for amount in (599, 600, 1200, 1201)] == [True, False, False, True]
    assert not is_outside(None, 10_000)


def test_a_guideline_holds_from_its_day_until_the_day_of_the_next(
    dijkstad: Party, reading: ValuedItem
) -> None:
    say(dijkstad, reading.category, 600, 1200)
    say(dijkstad, reading.category, 700, 1400, from_on=TODAY + 10 * DAY)

    days = [TODAY - DAY, TODAY, TODAY + 9 * DAY, TODAY + 10 * DAY]
    assert [band(dijkstad, reading, on) for on in days] == [None, (600, 1200), (600, 1200), (700, 1400)]


def test_of_two_that_begin_on_one_day_the_later_version_holds(dijkstad: Party, reading: ValuedItem) -> None:
    say(dijkstad, reading.category, 600, 1200)
    say(dijkstad, reading.category, 700, 1400)

    assert band(dijkstad, reading) == (700, 1400)


def test_a_category_follows_the_one_that_it_is_part_of_until_it_has_its_own(
    dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    wide = make.category("zorg")
    narrow = make.item(molenwijk, "Boodschappen", of=make.category("mantelzorg", parent=wide))
    say(dijkstad, wide, 500, 1000)

    before = band(dijkstad, narrow)
    say(dijkstad, narrow.category, 800, 900)
    own = band(dijkstad, narrow)
    say(dijkstad, narrow.category, None, None, from_on=TODAY + DAY)

    assert (before, own, band(dijkstad, narrow, TODAY + DAY)) == ((500, 1000), (800, 900), (500, 1000))


def test_a_guideline_is_about_one_unit_and_one_municipality(
    dijkstad: Party, veenstad: Party, reading: ValuedItem
) -> None:
    say(dijkstad, reading.category, 500, 1000, unit="PIECE")
    say(veenstad, reading.category, 500, 1000)

    assert band(dijkstad, reading) is None


def test_all_guidelines_of_a_day_are_one_query(
    dijkstad: Party, reading: ValuedItem, django_assert_num_queries: Any
) -> None:
    other = make.category("sport")
    say(dijkstad, reading.category, 500, 1000)
    say(dijkstad, other, 500, 1000)
    say(dijkstad, other, None, None, from_on=TODAY + DAY)

    with django_assert_num_queries(1):
        today = guidelines_on(dijkstad, TODAY)
    with django_assert_num_queries(1):
        tomorrow = guidelines_on(dijkstad, TODAY + DAY)
    assert set(today) == {(reading.category_id, "HOUR"), (other.pk, "HOUR")}
    assert set(tomorrow) == {(reading.category_id, "HOUR")}


# --- A new one --------------------------------------------------------------------------------------------------------


def test_each_change_is_a_new_version_with_who_made_it(
    dijkstad: Party, reading: ValuedItem, ann: User
) -> None:
    first = say(dijkstad, reading.category, 600, 1200, note="Zoals vorig jaar.", actor=acting(ann, dijkstad))
    second = say(dijkstad, reading.category, 700, 1200)

    assert (first.version, first.made_by, first.note) == (1, ann.person, "Zoals vorig jaar.")
    assert (second.version, second.made_by) == (2, None)
    assert list(AuditEntry.objects.filter(event="guideline.set").values_list("after", flat=True)) == [
        "1",
        "2",
    ]


def test_what_holds_already_is_no_new_version(dijkstad: Party, reading: ValuedItem) -> None:
    first = say(dijkstad, reading.category, 600, 1200)

    again = say(dijkstad, reading.category, 600, 1200, from_on=TODAY + DAY)

    assert again == first
    assert ValueGuideline.objects.count() == 1


@pytest.mark.parametrize(
    ("low", "high", "from_on", "refusal"),
    [
        (600, None, TODAY, HalfABand),
        (None, 600, TODAY, HalfABand),
        (600, 500, TODAY, WrongWayRound),
        (-1, 500, TODAY, WrongWayRound),
        (0, 0, TODAY, WrongWayRound),
        (600, 1200, TODAY - DAY, GuidelineInPast),
        (None, None, TODAY, NoGuideline),
    ],
)
def test_what_makes_no_guideline_is_refused(
    dijkstad: Party, reading: ValuedItem, low: int, high: int, from_on: date, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        say(dijkstad, reading.category, low, high, from_on=from_on)

    assert not ValueGuideline.objects.exists()


def test_owners_and_finance_people_of_the_municipality_say_it_and_nobody_else(
    dijkstad: Party, reading: ValuedItem, ann: User, ben: User, cas: User
) -> None:
    clara = person("Clara")
    mandate(person=clara, principal=dijkstad, role=Role.CLERK)

    for login in (ben, cas, clara, person("Dirk")):
        with pytest.raises(NotAllowed):
            say(dijkstad, reading.category, 600, 1200, actor=acting(login, dijkstad))

    assert say(dijkstad, reading.category, 600, 1200, actor=acting(ann, dijkstad)).version == 1
    assert say(dijkstad, reading.category, 700, 1200, actor=acting(second_login(ann), dijkstad)).version == 2


def test_a_person_has_a_say_for_the_municipalities_of_their_offices(
    dijkstad: Party, veenstad: Party, club: Party, ann: User, ben: User, cas: User
) -> None:
    assert municipalities_of(ann.person, TODAY) == [dijkstad]
    assert municipalities_of(cas.person, TODAY) == [veenstad]
    assert municipalities_of(ben.person, TODAY) == []  # a club is no municipality


# --- The database -----------------------------------------------------------------------------------------------------


def test_the_database_changes_no_guideline(dijkstad: Party, reading: ValuedItem) -> None:
    made = say(dijkstad, reading.category, 600, 1200)

    for act in (
        lambda: ValueGuideline.objects.filter(pk=made.pk).update(high=9000),
        lambda: ValueGuideline.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    made.refresh_from_db()
    assert made.high == 1200


def test_the_database_refuses_what_is_no_band_and_a_version_twice(
    dijkstad: Party, reading: ValuedItem
) -> None:
    say(dijkstad, reading.category, 600, 1200)
    insert = (
        "INSERT INTO neighbourhoods_valueguideline (municipality_id, category_id, unit, version, low, high, note,"
        " from_on, made_at) VALUES (%s, %s, 'HOUR', %s, %s, %s, '', %s, %s)"
    )

    for version, low, high in ((1, 600, 1200), (2, 700, 600), (2, -1, 600), (2, 600, None), (2, None, 600)):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert, [dijkstad.pk, reading.category_id, version, low, high, TODAY, NOON])

    assert ValueGuideline.objects.count() == 1


def test_the_system_may_do_it_too(dijkstad: Party, reading: ValuedItem) -> None:
    assert say(dijkstad, reading.category, 0, 100, actor=Actor.system()).low == 0
