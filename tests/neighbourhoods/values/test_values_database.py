"""Past all of our code: what the database itself refuses about values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from neighbourhoods.models import (
    Neighbourhood,
    ValueDecision,
    ValuedItem,
    ValueGuideline,
    ValueVersion,
    ValueVote,
)
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values as make
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import DAY, NOW

TODAY = NOW.date()


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


@pytest.fixture
def version(reading: ValuedItem) -> ValueVersion:
    return make.worth(reading, 800)


@pytest.fixture
def decision(reading: ValuedItem) -> ValueDecision:
    """Decided, and not in force yet."""
    return make.value_decision(reading, state="APPEAL")


def a_version(decision: ValueDecision, **more: object) -> ValueVersion:
    return ValueVersion(
        **{
            "item": decision.item, "decision": decision, "effective_on": TODAY, "made_on": TODAY,
            "amount": 900, **more,
        }
    )  # fmt: skip


def insert(decision: ValueDecision, *, effective_on: date, made_on: date, amount: int = 900) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO neighbourhoods_valueversion (item_id, effective_on, amount, decision_id, made_on)"
            " VALUES (%s, %s, %s, %s, %s)",
            [decision.item_id, effective_on, amount, decision.pk, made_on],
        )


def test_a_value_never_begins_in_the_past(decision: ValueDecision) -> None:
    yesterday = TODAY - DAY

    with pytest.raises(ValidationError):
        a_version(decision, effective_on=yesterday).full_clean()
    with refused():
        a_version(decision, effective_on=yesterday).save()
    with refused():
        ValueVersion.objects.bulk_create([a_version(decision, effective_on=yesterday)])
    with refused():
        insert(decision, effective_on=yesterday, made_on=TODAY)

    insert(decision, effective_on=TODAY, made_on=TODAY)


def test_there_is_one_value_a_day(decision: ValueDecision) -> None:
    insert(decision, effective_on=TODAY, made_on=TODAY)
    other = make.value_decision(decision.item, state="SUPERSEDED")

    with pytest.raises(ValidationError):
        a_version(other).full_clean()
    with refused():
        insert(other, effective_on=TODAY, made_on=TODAY, amount=950)


def test_a_decision_gives_one_value(decision: ValueDecision) -> None:
    insert(decision, effective_on=TODAY, made_on=TODAY)

    with refused():
        insert(decision, effective_on=TODAY + DAY, made_on=TODAY)


@pytest.mark.parametrize("amount", [0, -900])
def test_a_value_is_something_or_there_is_none(decision: ValueDecision, amount: int) -> None:
    with refused():
        insert(decision, effective_on=TODAY, made_on=TODAY, amount=amount)


@pytest.mark.parametrize(
    "change", [{"amount": 900}, {"effective_on": TODAY}, {"made_on": TODAY}, {"amount": None}]
)
def test_what_was_in_force_is_never_changed(version: ValueVersion, change: dict[str, object]) -> None:
    with refused():
        ValueVersion.objects.filter(pk=version.pk).update(**change)
    with refused():
        ValueVersion.objects.filter(pk=version.pk).delete()
    if connection.vendor == "sqlite":
        with refused(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT OR REPLACE INTO neighbourhoods_valueversion"
                " (id, item_id, effective_on, amount, decision_id, made_on) VALUES (%s, %s, %s, %s, %s, %s)",
                [version.pk, version.item_id, TODAY, 900, version.decision_id, TODAY],
            )

    assert ValueVersion.objects.get().amount == 800


def test_a_vote_and_a_guideline_stay_as_they_were(reading: ValuedItem, dirk: User) -> None:
    deciding.rules(reading.neighbourhood)
    vote = deciding.opened(deciding.heard(reading))
    guideline = ValueGuideline.objects.create(
        municipality=reading.neighbourhood.municipality, category=reading.category, unit="HOUR", version=1, low=1,
        high=2, from_on=TODAY, made_at=NOW,
    )  # fmt: skip

    for rows, change in (
        (ValueVote.objects.filter(pk=vote.pk), {"amount": 5}),
        (ValueVote.objects.filter(pk=vote.pk), {"decider": "BOARD"}),
        (ValueGuideline.objects.filter(pk=guideline.pk), {"high": 3}),
    ):
        with refused():
            rows.update(**change)
        with refused():
            rows.delete()


def test_neither_an_item_nor_a_decision_turns_into_another(
    molenwijk: Neighbourhood, sluiskade: Neighbourhood, decision: ValueDecision
) -> None:
    other = make.item(molenwijk, "Soep koken")

    for rows, change in (
        (ValuedItem.objects.filter(pk=decision.item_id), {"unit": "PIECE"}),
        (ValuedItem.objects.filter(pk=decision.item_id), {"kind": "GOOD"}),
        (ValuedItem.objects.filter(pk=decision.item_id), {"neighbourhood": sluiskade}),
        (ValueDecision.objects.filter(pk=decision.pk), {"item": other}),
        (ValueDecision.objects.filter(pk=decision.pk), {"neighbourhood": sluiskade}),
    ):
        with refused():
            rows.update(**change)
    for rows in (ValueDecision.objects.filter(pk=decision.pk), ValuedItem.objects.filter(pk=other.pk)):
        with refused(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {rows.model._meta.db_table} WHERE id = %s", [rows.get().pk])


@pytest.mark.parametrize(
    "state",
    [
        "PROPOSED",
        "ADMITTED",
        "CONSULTATION",
        "VOTING",
        "AWAITING_BOARD",
        "DECIDED",
        "AWAITING_CONSENT",
        "APPEAL",
    ],
)
def test_there_is_one_decision_about_a_thing_at_a_time(decision: ValueDecision, state: str) -> None:
    with refused():
        make.value_decision(decision.item, state=state)

    for over in sorted({state.value for state in ValueState} - set(RUNNING)):
        make.value_decision(decision.item, state=over)


RUNNING = (
    "PROPOSED", "ADMITTED", "CONSULTATION", "VOTING", "AWAITING_BOARD", "DECIDED", "AWAITING_CONSENT", "APPEAL",
)  # fmt: skip


@pytest.mark.parametrize("state", ["APPEAL", "IN_FORCE", "SUPERSEDED"])
@pytest.mark.parametrize("missing", ["decided", "decided_at", "appeals_until", "effective_on"])
def test_nothing_is_in_force_that_was_not_decided(decision: ValueDecision, state: str, missing: str) -> None:
    with refused():
        ValueDecision.objects.filter(pk=decision.pk).update(**{"state": state, missing: None})


@pytest.mark.parametrize(
    "change",
    [
        {"proposed": 0}, {"decided": 0}, {"is_ending": True}, {"low": 400}, {"low": 400, "high": 400, "step": 50},
        {"low": 0, "high": 400, "step": 50}, {"low": 1, "high": 400, "step": 0},
    ],
)  # fmt: skip
def test_amounts_make_sense(decision: ValueDecision, change: dict[str, object]) -> None:
    with refused():
        ValueDecision.objects.filter(pk=decision.pk).update(**change)
