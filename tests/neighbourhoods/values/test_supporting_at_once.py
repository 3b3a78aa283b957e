"""Support that comes in at the same moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from neighbourhoods.models import ValueDecision
from people.models import User
from tests.factories import values as make
from tests.factories.people import person
from tests.factories.residency import NOON, municipality, place, resident
from tests.neighbourhoods.values.making import lines, supported
from tests.plugins.data import RealCommits


def supporting(login: int, decision: int) -> bool:
    return supported(ValueDecision.objects.get(pk=decision), User.objects.get(pk=login))


@pytest.fixture
def raced(real_commits: RealCommits) -> Callable[[list[int]], list[str]]:
    """What came of it when these of six residents support a proposal at once that needs two."""

    def race(who: list[int]) -> list[str]:
        molenwijk = place("Molenwijk", of=municipality())
        logins = [person(f"Buur{number}") for number in range(6)]
        for login in logins:
            resident(login, molenwijk)
        make.value_policy(molenwijk, support_needed="1/3")
        made = make.value_decision(make.item(molenwijk), at=NOON)
        calls = [{"login": logins[number].pk, "decision": made.pk} for number in who]
        return sorted(str(one.refused or one.result) for one in real_commits.race(supporting, calls))

    return race


def test_of_those_who_support_it_at_once_one_makes_it_enough(raced: Callable[[list[int]], list[str]]) -> None:
    outcomes = raced([0, 1, 2, 3])

    assert outcomes == ["False", "True", *["value_not_waiting_for_support"] * 2]
    assert len(lines("value_decision.admit")) == 1


def test_one_persons_support_sent_many_times_at_once_counts_once(
    raced: Callable[[list[int]], list[str]],
) -> None:
    assert raced([0] * 4) == ["False", *["already_supported"] * 3]

    assert ValueDecision.objects.get().state == "PROPOSED"
