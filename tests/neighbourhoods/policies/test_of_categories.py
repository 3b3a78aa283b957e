"""Rules for values that hold for one category."""

from dataclasses import replace
from typing import Any

import pytest

from neighbourhoods.models import (
    Category,
    DecisionPolicy,
    Neighbourhood,
    Subject,
)
from neighbourhoods.operations.policies import (
    FIRST,
    DoesNotFit,
    set_policy,
)
from neighbourhoods.queries.items import name_of_category
from neighbourhoods.queries.policies import policies_of, policy_for
from tests.factories.residency import NOON, SYSTEM
from tests.factories.values import category
from tests.neighbourhoods.policies.test_policies import change

ELECTION = FIRST[Subject.ELECTION]


@pytest.fixture
def care(db: None) -> Category:
    return category("zorg")


def of_category(neighbourhood: Neighbourhood, about: Category, **values: Any) -> DecisionPolicy:
    return set_policy(
        neighbourhood=neighbourhood, subject=Subject.VALUE, values=replace(FIRST[Subject.VALUE], **values),
        category=about, actor=SYSTEM, at=NOON,
    )  # fmt: skip


def test_the_rules_of_a_category_hold_for_what_is_in_it_and_for_nothing_else(
    molenwijk: Neighbourhood, care: Category
) -> None:
    below, other = category("huishoudelijke-hulp", parent=care), category("sport")
    general = change(molenwijk, Subject.VALUE)

    own = of_category(molenwijk, care, voting_days=5)

    held = {one.slug: policy_for(molenwijk, Subject.VALUE, one) for one in (care, below, other)}
    assert held == {"zorg": own, "huishoudelijke-hulp": own, "sport": general}
    assert policy_for(molenwijk, Subject.VALUE) == general
    assert policies_of(molenwijk) == [general, own]


def test_versions_are_numbered_on_over_all_categories(molenwijk: Neighbourhood, care: Category) -> None:
    change(molenwijk, Subject.VALUE)

    made = [of_category(molenwijk, care, voting_days=days) for days in (5, 5, 6)]

    assert [one.version for one in made] == [2, 2, 3]


def test_only_values_have_rules_by_category(molenwijk: Neighbourhood, care: Category) -> None:
    with pytest.raises(DoesNotFit):
        set_policy(
            neighbourhood=molenwijk, subject=Subject.MOTION, values=FIRST[Subject.MOTION], category=care,
            actor=SYSTEM, at=NOON,
        )  # fmt: skip

    assert not DecisionPolicy.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_reading_those_of_categories_with_their_names_takes_one_more(
    molenwijk: Neighbourhood, number: int, django_assert_num_queries: Any
) -> None:
    for place_of_it in range(number):
        of_category(molenwijk, category(f"soort-{place_of_it}"))

    with django_assert_num_queries(3):
        found = [
            (name_of_category(one.category), len(one.rules.all()))
            for one in policies_of(molenwijk)
            if one.category
        ]

    assert found == [(f"Soort-{place_of_it}", 2) for place_of_it in range(number)]
