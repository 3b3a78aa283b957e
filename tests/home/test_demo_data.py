"""What the demo is made of, before anything is loaded: names, addresses, days, pictures, values."""

from __future__ import annotations

from datetime import date

import pytest

from home.demo.people import everybody
from home.demo.people.residents import neighbours
from home.demo.pictures import draw
from home.demo.texts.days import day, with_days
from home.demo.values import VALUES, Question, Values
from home.demo.values.kinds import WEEKS
from neighbourhoods.categories import everything
from neighbourhoods.queries.demand import LIMITS

FIRST_NEIGHBOUR = "Umit Evers"
SATURDAY = date(2026, 11, 21)
EACH = pytest.mark.parametrize("values", VALUES, ids=lambda values: values.slug)


def test_a_picture_is_drawn_the_same_each_time() -> None:
    assert draw("munt") == draw("munt")


def test_all_addresses_are_made_for_examples() -> None:
    endings = (".example", "@example.org")

    assert [person.email for person in everybody() if not person.email.endswith(endings)] == []


def test_the_names_are_the_same_each_time() -> None:
    names = [person.name for person in neighbours("molenwijk")]

    assert names == [person.name for person in neighbours("molenwijk")]
    assert names[0] == FIRST_NEIGHBOUR


@pytest.mark.parametrize(
    ("written", "meant"),
    [("0mon", "2026-11-16"), ("1fri", "2026-11-27"), ("-2tue", "2026-11-03"), ("0today", "2026-11-21")],
)
def test_days_are_counted_from_the_week_of_loading(written: str, meant: str) -> None:
    assert str(day(written, today=SATURDAY)) == meant


def test_days_in_texts_are_written_out() -> None:
    assert with_days("Op {1fri}.", today=SATURDAY, language="nl") == "Op 27 november 2026."
    with pytest.raises(ValueError, match="write it as 1fri"):
        day("friday", today=SATURDAY)


# --- Values -----------------------------------------------------------------------------------------------------------


def amounts_of(question: Question) -> list[int]:
    return [amount for amount in (question.amount, *question.amounts) if amount is not None]


@EACH
def test_every_item_has_a_name_in_both_languages_and_a_category_of_ours(values: Values) -> None:
    leaves = {one.slug for _position, one, branch in everything() if branch is not None}

    assert [item.name.nl for item in values.items if item.category not in leaves] == []
    assert [
        item.name.nl
        for item in values.items
        if not item.name.en or bool(item.about.nl) != bool(item.about.en)
    ] == []
    for names in ([item.name.nl for item in values.items], [item.name.en for item in values.items]):
        assert len(set(names)) == len(names)


@EACH
def test_what_is_said_is_about_an_item_that_is_there(values: Values) -> None:
    names = {item.name.nl for item in values.items}
    told = [question.about for question in values.questions]
    told += [indicated.about for indicated in values.indications]
    told += [demand.about for demand in values.demand]

    assert set(told) - names == set()
    assert [rule.item for rule in values.rules if rule.item and rule.item not in names] == []
    without = {item.name.nl for item in values.items if item.amount is None}
    assert without == {question.about for question in values.questions if question.about in without}


@EACH
def test_everybody_who_says_something_is_somebody_of_the_demo(values: Values) -> None:
    emails = {person.email for person in everybody()}
    said_by = {question.by for question in values.questions}
    said_by |= {comment.by for question in values.questions for comment in question.comments}

    assert said_by - emails == set()


@EACH
def test_amounts_can_be_chosen(values: Values) -> None:
    for question in values.questions:
        if question.bounds:
            low, high, step = question.bounds
            assert [a for a in amounts_of(question) if not low <= a <= high or (a - low) % step] == []
        else:
            assert question.amounts == ()


@EACH
def test_demand_crosses_one_limit_in_one_place_on_whatever_day_it_is_loaded(values: Values) -> None:
    limits = LIMITS | dict(values.limits)
    crossed = []
    for demand in values.demand:
        rows = {
            "WAITING": demand.waiting,
            "OPEN_DEMAND": demand.open_demand,
            "OPEN_PLACES": demand.open_places,
        }
        assert {len(row) for row in (*rows.values(), demand.sign_ups)} == {WEEKS}
        assert all(
            sum(row[:-1]) < limits[measure] for measure, row in rows.items()
        )  # the window before this one
        crossed += [demand.about for measure, row in rows.items() if sum(row) >= limits[measure]]
        assert all(row[-1] >= limits[measure] for measure, row in rows.items() if sum(row) >= limits[measure])

    assert crossed == (["Iets repareren"] if values.slug == "sluiskade" else [])
