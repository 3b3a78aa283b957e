from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from neighbourhoods.models import (
    ValueDecision,
    ValuedItem,
)
from people.models import User
from tests.factories import values as make
from tests.factories.people import person
from tests.factories.residency import municipality, place
from tests.neighbourhoods.values.making import proposed
from tests.plugins.data import RealCommits

KEY = uuid.UUID("6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0005")


# --- The database ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"ref": KEY}, {"key": KEY}, {"item": None}, {"proposed": 0}, {"proposed": -1}, {"is_ending": True},
        {"low": 200, "high": 100, "step": 50}, {"low": 0, "high": 100, "step": 50},
        {"state": "APPEAL"},
    ],
)  # fmt: skip
def test_the_database_refuses_what_no_decision_can_be(reading: ValuedItem, change: dict[str, Any]) -> None:
    made = make.value_decision(reading)

    with pytest.raises(IntegrityError), transaction.atomic():
        ValueDecision.objects.filter(pk=made.pk).update(**change)


def test_no_decision_is_thrown_away(reading: ValuedItem) -> None:
    make.value_decision(reading)

    with pytest.raises(IntegrityError), transaction.atomic():
        ValueDecision.objects.all()._raw_delete("default")


# --- At the same moment ---------------------------------------------------------------------------------------------


def propose_in_a_process(login: int, item: int, key: str) -> int:
    found = ValuedItem.objects.select_related("neighbourhood").get(pk=item)
    return proposed(found.neighbourhood, found, User.objects.get(pk=login), key=uuid.UUID(key)).pk


@pytest.fixture
def raced(real_commits: RealCommits) -> Callable[[list[str], list[str]], list[str]]:
    """What came of it when these people propose a value for one thing at once, with these keys."""

    def race(names: list[str], keys: list[str]) -> list[str]:
        molenwijk = place("Molenwijk", of=municipality())
        make.value_policy(molenwijk)
        item, logins = make.item(molenwijk), {name: person(name) for name in set(names)}
        calls: list[dict[str, str | int | None]] = [
            {"login": logins[name].pk, "item": item.pk, "key": key}
            for name, key in zip(names, keys, strict=True)
        ]
        return sorted(str(one.refused) for one in real_commits.race(propose_in_a_process, calls))

    return race


def test_of_those_who_propose_about_one_thing_at_once_one_does(
    raced: Callable[[list[str], list[str]], list[str]],
) -> None:
    outcomes = raced(["Ann", "Ben", "Dirk"], [str(uuid.uuid4()) for _who in range(3)])

    assert outcomes == ["None", "value_already_running", "value_already_running"]
    assert ValueDecision.objects.count() == 1


def test_a_form_that_is_sent_many_times_at_once_proposes_once(
    raced: Callable[[list[str], list[str]], list[str]],
) -> None:
    assert raced(["Ann"] * 4, [str(KEY)] * 4) == ["None"] * 4

    assert ValueDecision.objects.count() == 1
    assert AuditEntry.objects.filter(event="value_decision.propose").count() == 1
