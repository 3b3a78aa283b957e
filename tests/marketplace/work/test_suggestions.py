"""What suits a resident, and who could help an organiser."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from marketplace.models import OfferKind, OfferReach, Reach, Response, SeenBy, Shift
from marketplace.operations.taking_part import sign_up
from marketplace.queries.matching import people_for, suggestions_for
from marketplace.states import ActivityState, ParticipationState, ShiftState
from marketplace.suiting import Why
from marketplace.views.work.words import reasons_in_words, reasons_of_another
from marketplace.work_sight import TO_ORGANISERS, TO_RESIDENTS
from people.models import User
from tests.factories.activities import AT, Season, activity, season, shift, takes_part
from tests.factories.market import demand
from tests.factories.people import actor, person
from tests.factories.residency import resident, second_login
from tests.factories.values import category, item, worth
from tests.marketplace.work.conftest import SignIn
from tests.marketplace.work.making import DAY, reading, reading_aloud, tell

HOUR = timedelta(hours=1)


def shifts_for(login: User) -> list[Shift | None]:
    return [one.shift for one in suggestions_for(login.person, AT)]


def job(there: Season, **more: Any) -> Any:
    """Something that the club wants."""
    told = {"by": there.club, "kind": OfferKind.JOB, "category": reading(), **more}
    return demand(there.market, "Hulp bij het voorlezen", 8_00, **told)


# --- To a resident ----------------------------------------------------------------------------------------------------


def test_a_resident_reads_why_something_suits_them(there: Season) -> None:
    that = reading_aloud(there)
    tell(there.ann, can=(reading(),), free=((2, "MORNING"),), seen_by=SeenBy.NOBODY)

    (found,) = suggestions_for(there.ann.person, AT)

    with translation.override("en"):
        words = reasons_in_words(found.reasons)
    assert found.shift == that
    assert words == (
        "You said that you can help with voorlezen en huiswerk. It is in your neighbourhood. "
        "You are free on Tuesday morning."
    )


def test_who_told_nothing_gets_no_suggestions(there: Season) -> None:
    reading_aloud(there)
    tell(there.ben, about="Ik ben Ben.")

    assert (suggestions_for(there.ann.person, AT), suggestions_for(there.ben.person, AT)) == ([], [])


def test_a_second_login_reads_the_same(there: Season) -> None:
    that = reading_aloud(there)
    tell(there.ann, can=(reading(),))

    assert shifts_for(second_login(there.ann)) == [that]


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": AT - HOUR},
        {"starts_at": AT + 60 * DAY, "ends_at": AT + 60 * DAY + HOUR},
        {"state": ShiftState.CANCELLED},
        {"places": 1},  # which Ben has
        {"activity__state": ActivityState.PAUSED},
        {"activity__state": ActivityState.SUBMITTED},
    ],
)
def test_what_nobody_can_sign_up_for_is_not_suggested(there: Season, changes: dict[str, Any]) -> None:
    that = reading_aloud(there)
    takes_part(that, there.ben.person)
    tell(there.ann, can=(reading(),))
    assert shifts_for(there.ann) == [that]

    row = that.activity if "activity__state" in changes else that
    type(row).objects.filter(pk=row.pk).update(
        **{path.removeprefix("activity__"): value for path, value in changes.items()}
    )

    assert shifts_for(there.ann) == []


def test_ones_own_activity_and_what_overlaps_with_a_promise_are_not_suggested(there: Season) -> None:
    own = reading_aloud(there, organiser=there.ann.person)
    told = item(there.neighbourhood, "Luisteren", of=reading())
    meanwhile = shift(activity(there, "Luisteren", item=told), own.starts_at, hours=1)
    tell(there.ann, can=(reading(),))
    assert shifts_for(there.ann) == [meanwhile]

    takes_part(shift(activity(there), own.starts_at - HOUR, hours=2), there.ann.person)

    assert shifts_for(there.ann) == []


def test_elsewhere_is_not_near(there: Season) -> None:
    reading_aloud(season("Sluiskade", "NL02ABNA0123456789"))
    tell(there.ann, can=(reading(),))

    assert shifts_for(there.ann) == []


def test_hours_that_are_promised_in_that_week_count(there: Season) -> None:
    that = reading_aloud(there)  # two hours
    tell(there.ann, can=(reading(),), hours=4)
    takes_part(shift(activity(there), that.starts_at + DAY, hours=3), there.ann.person)
    next_week = shift(that.activity, that.starts_at + 7 * DAY, hours=2)

    assert shifts_for(there.ann) == [next_week]


def test_an_activity_stands_there_once_with_how_many_more_days_suit(there: Season) -> None:
    that = reading_aloud(there)
    for week in (1, 2):
        shift(that.activity, that.starts_at + week * 7 * DAY, hours=2)
    shift(that.activity, that.starts_at + DAY, hours=2)  # a Wednesday
    tell(there.ann, can=(reading(),), free=((2, "MORNING"),))

    assert [(one.shift, one.others) for one in suggestions_for(there.ann.person, AT)] == [(that, 2)]


def test_what_somebody_can_do_stands_above_what_they_would_learn(there: Season) -> None:
    garden = category("tuin", name="Uit de tuin")
    sooner = shift(activity(there, item=item(there.neighbourhood, "Schoffelen", of=garden)), AT + HOUR)
    later = reading_aloud(there)
    tell(there.ann, can=(reading(),), learns=(garden,))

    assert shifts_for(there.ann) == [later, sooner]


def test_a_job_is_suggested_to_who_looks_for_paid_work(there: Season) -> None:
    wanted = job(there)
    tell(there.ann, seeks_work=True)
    tell(there.ben, can=(reading(),))

    assert [one.offer for one in suggestions_for(there.ann.person, AT)] == [wanted]
    assert suggestions_for(there.ben.person, AT) == []


@pytest.mark.parametrize("reach", [Reach.HERE, Reach.NAMED])
def test_what_is_wanted_elsewhere_is_suggested_where_it_reaches(there: Season, reach: str) -> None:
    elsewhere = season("Sluiskade", "NL02ABNA0123456789")
    wanted = job(elsewhere, kind=OfferKind.SERVICE, terms={"reach": reach})
    OfferReach.objects.create(terms=wanted.terms, neighbourhood=there.neighbourhood)
    tell(there.ann, can=(reading(),))

    found = [
        (one.offer, [reason.why for reason in one.reasons]) for one in suggestions_for(there.ann.person, AT)
    ]

    assert found == ([(wanted, [Why.SKILL])] if reach == Reach.NAMED else [])


def test_what_one_asks_oneself_answered_already_or_is_found_is_not_suggested(there: Season) -> None:
    own = job(there, by=there.ann.person)
    answered = job(there)
    job(there, stock=0)
    open_one = job(there)
    Response.objects.create(
        offer=answered, terms=answered.terms, responder=there.ann.person, amount=8_00, language="nl",
        made_by=there.ann.person, made_at=AT, key=uuid.uuid4(),
    )  # fmt: skip
    tell(there.ann, seeks_work=True)

    found = [one.offer for one in suggestions_for(there.ann.person, AT)]

    assert (found, own in found) == ([open_one], False)


@pytest.mark.parametrize("number", [1, 3])
def test_suggestions_cost_the_same_however_many_there_are(
    there: Season, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    reader = reading()
    for one in range(number):
        told = item(there.neighbourhood, f"Voorlezen {one}", of=reader)
        worth(told, 5_00)
        that = shift(activity(there, f"Voorlezen {one}", item=told), AT + (one + 2) * DAY, hours=1)
        takes_part(that, there.ben.person)
        takes_part(shift(activity(there), AT + (one + 20) * DAY), there.ann.person)
        job(there)
    tell(there.ann, can=(reader,), learns=(there.item.category,), free=WEEK, hours=60, seeks_work=True)

    with django_assert_num_queries(18):
        found = suggestions_for(there.ann.person, AT)
    assert len(found) >= 2 * number


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_much_suits(
    browser: SignIn, there: Season, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for one in range(number):
        that = shift(activity(there, f"Koffie {one}"), AT + (one + 2) * DAY, hours=1)
        takes_part(that, there.ben.person)
        job(there)
    tell(there.ann, can=(there.item.category, reading()), free=WEEK, seeks_work=True)
    client = browser(there.ann)

    with django_assert_num_queries(33):
        page = client.get(reverse("work")).content.decode()
    assert page.count("You said that you can help with") == 2 * number


WEEK = tuple((day, part) for day in range(1, 8) for part in ("MORNING", "AFTERNOON", "EVENING"))


# --- To an organiser --------------------------------------------------------------------------------------------------


def names(there: Season, that: Shift, levels: frozenset[str] = TO_ORGANISERS) -> list[str]:
    found = people_for(that.activity, there.olaf.person, AT, seen_by=levels)
    return [one.profile.person.display_name for one in found]


def test_an_organiser_reads_who_could_help_and_why(there: Season) -> None:
    that = reading_aloud(there)
    tell(there.ann, can=(reading(),), free=((2, "MORNING"),), hours=3)
    tell(there.ben, learns=(reading(),))

    found = people_for(that.activity, there.olaf.person, AT, seen_by=TO_ORGANISERS)

    with translation.override("en"):
        words = [(one.profile.person, reasons_of_another(one.reasons)) for one in found]
    assert words == [
        (
            there.ann.person,
            "Can help with voorlezen en huiswerk. Is free on Tuesday morning. Has 3 hours a week.",
        ),
        (there.ben.person, "Would like to learn voorlezen en huiswerk."),
    ]


@pytest.mark.parametrize(
    ("seen_by", "to_organisers", "to_residents"),
    [
        (SeenBy.NOBODY, False, False),
        (SeenBy.ORGANISERS, True, False),
        (SeenBy.RESIDENTS, True, True),
    ],
)
def test_nobody_is_found_who_does_not_show_it_to_who_looks(
    there: Season, seen_by: str, to_organisers: bool, to_residents: bool
) -> None:
    that = reading_aloud(there)
    tell(there.ann, can=(reading(),), seen_by=seen_by)

    assert bool(names(there, that, TO_ORGANISERS)) is to_organisers
    assert bool(names(there, that, TO_RESIDENTS)) is to_residents


def test_who_comes_already_moved_away_or_has_no_time_is_not_found(there: Season) -> None:
    that = reading_aloud(there, places=5)
    kim, moved = person("Kim"), person("Mo")
    resident(kim, there.neighbourhood)
    lives = resident(moved, there.neighbourhood)
    for login, free in (
        (there.ann, ()),
        (there.ben, ((3, "MORNING"),)),
        (kim, ((2, "MORNING"),)),
        (moved, ()),
    ):
        tell(login, can=(reading(),), free=free)
    assert sorted(names(there, that)) == ["Ann de Vries", "Kim de Vries", "Mo de Vries"]

    takes_part(that, there.ann.person)
    type(lives).objects.filter(pk=lives.pk).update(state="ENDED")

    assert names(there, that) == ["Kim de Vries"]


def test_who_withdrew_can_be_asked_again(there: Season) -> None:
    that = reading_aloud(there)
    tell(there.ann, can=(reading(),))
    takes_part(that, there.ann.person, ParticipationState.WITHDRAWN)

    assert names(there, that) == ["Ann de Vries"]


def test_nobody_is_sought_for_what_is_full(there: Season) -> None:
    that = reading_aloud(there, places=1)
    tell(there.ann, can=(reading(),))
    sign_up(shift=that, person=there.ben.person, key=uuid.uuid4(), actor=actor(there.ben), at=AT)

    assert names(there, that) == []


def test_who_asks_on_the_market_finds_who_looks_for_work(there: Season) -> None:
    wanted = job(there)
    tell(there.ann, can=(reading(),), seeks_work=True)
    tell(there.ben, can=(reading(),))

    found = people_for(wanted, there.olaf.person, AT, seen_by=TO_ORGANISERS)

    assert [one.profile.person for one in found] == [there.ann.person]


@pytest.mark.parametrize("number", [1, 3])
def test_looking_for_people_costs_the_same_however_many_there_are(
    there: Season, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    that = reading_aloud(there)
    for one in range(number):
        login = person(f"Kim{one}")
        resident(login, there.neighbourhood)
        tell(login, can=(reading(),), free=WEEK)

    with django_assert_num_queries(5):
        found = people_for(that.activity, there.olaf.person, AT, seen_by=TO_ORGANISERS)
        assert all(one.profile.person.display_name for one in found)
    assert len(found) == number
