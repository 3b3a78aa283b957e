from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neighbourhoods.models import (
    ConsentAbout,
    ItemKind,
    Neighbourhood,
    ValueConsent,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.queries.consents import matter_about, matters_of
from neighbourhoods.queries.cover import (
    Cover,
    CoverShort,
    VolumeMissing,
    check_cover,
    cover_of,
    cover_of_decision,
    needs_cover,
    purse_of,
    room_for,
)
from neighbourhoods.states import ValueState
from people.models import Party, User
from tests.factories import values as make
from tests.factories.pots import fill, pot, rule
from tests.factories.residency import NOON, TODAY

if TYPE_CHECKING:
    from ledger.models import Account


def cover(item: ValuedItem, *, amount: int = 10_00, volume: int = 3, months: int = 3) -> Cover:
    return cover_of(item, amount=amount, volume=volume, months=months, on=TODAY)


def decided(item: ValuedItem, **more: Any) -> ValueDecision:
    """A decision that waits only for its day: 9.00, four times a month, three months of cover."""
    return make.value_decision(item, state=ValueState.APPEAL, **{"volume": 4, **more})


def consent(decision: ValueDecision, by: User, *, given: bool = True) -> None:
    ValueConsent.objects.create(
        decision=decision, about=ConsentAbout.COVER, is_given=given, reason="Er komt geld bij.",
        given_by=by.person, at=NOON,
    )  # fmt: skip


# --- What it costs ----------------------------------------------------------------------------------------------------


def test_a_value_is_covered_when_the_pots_hold_it_for_all_months(purse: Account, reading: ValuedItem) -> None:
    found = cover(reading)  # 10.00 three times a month

    assert (found.needed, found.others, found.available) == (90_00, 0, 100_00)
    assert (found.short_by, found.is_short, found.months_covered) == (0, False, 3)
    assert [one.account.label for one in found.pots] == ["Leespot"]


def test_a_value_is_short_by_what_the_pots_miss(purse: Account, reading: ValuedItem) -> None:
    found = cover(reading, volume=4)

    assert (found.needed, found.available, found.short_by, found.months_covered) == (120_00, 100_00, 20_00, 2)


def test_without_a_pot_all_of_it_is_missing(reading: ValuedItem) -> None:
    found = cover(reading)

    assert (found.needed, found.available, found.short_by, found.months_covered) == (90_00, 0, 90_00, 0)
    assert found.pots == ()


def test_what_costs_nothing_lasts_for_ever(reading: ValuedItem) -> None:
    found = cover(reading, volume=0)

    assert (found.needed, found.short_by, found.months_covered) == (0, 0, None)


def test_nothing_is_foretold_beyond_five_years(purse: Account, reading: ValuedItem) -> None:
    assert cover(reading, amount=1, volume=1).months_covered == 60


def test_what_other_values_need_is_not_there(
    purse: Account, molenwijk: Neighbourhood, reading: ValuedItem
) -> None:
    make.worth(make.item(molenwijk, "Tuinhulp"), 5_00, volume=2)  # 30.00 in three months

    found = cover(reading)

    assert (found.others, found.short_by, found.months_covered) == (30_00, 20_00, 2)


def test_only_what_residents_earn_counts_and_the_item_itself_does_not(
    purse: Account, molenwijk: Neighbourhood, sluiskade: Neighbourhood, reading: ValuedItem
) -> None:
    make.worth(reading, 8_00, volume=3)
    make.worth(make.item(molenwijk, "Bon", kind=ItemKind.GOOD), 50_00, volume=9)
    make.worth(make.item(molenwijk, "Niet bekend hoe vaak"), 50_00)
    make.worth(make.item(sluiskade, "Elders"), 50_00, volume=9)
    over = make.item(molenwijk, "Voorbij")
    make.worth(over, 50_00, volume=9)
    make.worth(over, None, on=TODAY, volume=9)

    assert cover(reading).others == 0


def test_others_are_paid_from_pots_of_their_own_as_far_as_those_last(
    purse: Account, molenwijk: Neighbourhood, reading: ValuedItem
) -> None:
    garden = make.item(molenwijk, "Tuinhulp", of=make.category("groen"))
    make.worth(garden, 10_00, volume=2)  # 60.00 in three months
    rule(pot(molenwijk, "Groen", amount=40_00), category=garden.category)

    found = cover(reading)

    assert (found.available, found.others, found.short_by) == (100_00, 20_00, 10_00)


def test_a_pot_for_something_else_covers_nothing(
    purse: Account, molenwijk: Neighbourhood, reading: ValuedItem
) -> None:
    rule(pot(molenwijk, "Sport", amount=500_00), category=make.category("sport"))

    assert cover(reading, volume=4).available == 100_00


def test_reserved_coins_are_not_there_any_more(purse: Account, reading: ValuedItem) -> None:
    type(purse).objects.filter(pk=purse.pk).update(reserved=30_00)

    assert cover(reading).available == 70_00


def test_cover_takes_as_many_queries_for_one_item_as_for_three(
    purse: Account, molenwijk: Neighbourhood, reading: ValuedItem, django_assert_num_queries: Any
) -> None:
    make.worth(make.item(molenwijk, "Eerste", of=make.category("groen")), 1_00, volume=1)
    rule(purse, item=reading)
    item = ValuedItem.objects.select_related("neighbourhood__coin", "category").get(pk=reading.pk)
    with django_assert_num_queries(3):
        cover(item)

    for name in ("Tweede", "Derde"):
        make.worth(make.item(molenwijk, name, of=make.category(name.lower())), 1_00, volume=1)
        rule(pot(molenwijk, name), category=make.category(name.lower()))
    with django_assert_num_queries(3):
        cover(item)


# --- Whether it may begin ---------------------------------------------------------------------------------------------


def test_a_value_begins_when_the_pots_hold_enough(purse: Account, reading: ValuedItem) -> None:
    decision = decided(reading)
    with pytest.raises(CoverShort) as refused:
        check_cover(decision, TODAY)
    assert refused.value.short_by == 8_00
    assert "8" in str(refused.value)

    fill(purse, 8_00)

    check_cover(decision, TODAY)


def test_a_value_of_which_nobody_knows_how_often_does_not_begin(purse: Account, reading: ValuedItem) -> None:
    decision = decided(reading, volume=None)

    assert cover_of_decision(decision, TODAY) is None
    with pytest.raises(VolumeMissing):
        check_cover(decision, TODAY)


@pytest.mark.parametrize("volume", [4, None])
def test_the_municipality_can_agree_to_more_than_there_is(
    reading: ValuedItem, ann: User, volume: int | None
) -> None:
    decision = decided(reading, volume=volume)

    consent(decision, ann)

    check_cover(decision, TODAY)


def test_a_municipality_that_does_not_agree_gives_no_cover(reading: ValuedItem, ann: User) -> None:
    decision = decided(reading)

    consent(decision, ann, given=False)

    with pytest.raises(CoverShort):
        check_cover(decision, TODAY)


def test_what_residents_pay_what_ends_and_what_the_policy_leaves_free_needs_no_cover(
    molenwijk: Neighbourhood, reading: ValuedItem
) -> None:
    sold = decided(make.item(molenwijk, "Zaalhuur", kind=ItemKind.FEE), volume=None)
    ending = decided(reading, is_ending=True, volume=None)
    free = decided(
        make.item(molenwijk, "Anders"), policy=make.value_policy(molenwijk, cover_months=0), volume=None
    )

    for decision in (sold, ending, free):
        check_cover(decision, TODAY)


@pytest.mark.parametrize("present", [9_00, 10_00])
def test_what_becomes_worth_no_more_than_it_is_needs_no_cover(
    purse: Account, reading: ValuedItem, present: int
) -> None:
    """To wait for money would keep the dearer value in force."""
    make.worth(reading, present)

    check_cover(decided(reading), TODAY)


def test_what_becomes_worth_more_needs_cover(purse: Account, reading: ValuedItem) -> None:
    make.worth(reading, 8_99)

    with pytest.raises(CoverShort):
        check_cover(decided(reading), TODAY)


@pytest.mark.parametrize(("present", "is_asked"), [(None, True), (8_99, True), (9_00, False), (12_00, False)])
def test_the_municipality_is_asked_about_exactly_what_needs_cover(
    dijkstad: Party, reading: ValuedItem, present: int | None, is_asked: bool
) -> None:
    if present is not None:
        make.worth(reading, present)
    decision = decided(reading)

    assert needs_cover(decision, TODAY) is is_asked
    assert (matter_about(decision, TODAY) is not None) is is_asked
    assert [one.decision for one in matters_of(dijkstad, TODAY)] == [decision] * is_asked


def test_what_is_proposed_is_reckoned_until_it_is_decided(purse: Account, reading: ValuedItem) -> None:
    asked = make.value_decision(reading, state=ValueState.CONSULTATION, proposed=5_00, volume=4)

    found = cover_of_decision(asked, TODAY, purse=purse_of(reading.neighbourhood, TODAY))

    assert found is not None
    assert (found.needed, found.months) == (60_00, 3)


# --- How much room there is -------------------------------------------------------------------------------------------


def best(mine: frozenset[int], others: Mapping[frozenset[int], int], held: Mapping[int, int]) -> int:
    """The same by trying everything: each other takes from its pots in every possible way, most to them all first."""
    ways = [
        [way for way in product(*(range(held[pk] + 1) for pk in sorted(pots))) if sum(way) <= need]
        for pots, need in others.items()
    ]
    found: dict[int, int] = {}
    for taken in product(*ways):
        left = dict(held)
        for pots, way in zip(others, taken, strict=True):
            for pk, amount in zip(sorted(pots), way, strict=True):
                left[pk] -= amount
        if min(left.values()) >= 0:
            paid = sum(map(sum, taken))
            found[paid] = max(found.get(paid, 0), sum(left[pk] for pk in mine))
    return found[max(found)]


SETS = st.sets(st.integers(1, 3)).map(frozenset)


@settings(max_examples=60, deadline=None)
@given(
    mine=SETS,
    others=st.dictionaries(SETS, st.integers(0, 4), max_size=3),
    held=st.fixed_dictionaries(dict.fromkeys((1, 2, 3), st.integers(0, 2))),
)
def test_the_room_is_the_most_that_is_left_when_the_others_get_the_most(
    mine: frozenset[int], others: dict[frozenset[int], int], held: dict[int, int]
) -> None:
    assert room_for(mine, others=others, held=held) == best(mine, others, held)


def test_others_move_to_other_pots_of_theirs_to_make_room() -> None:
    first, second, both = frozenset({1}), frozenset({2}), frozenset({1, 2})

    assert room_for(first, others={both: 10}, held={1: 10, 2: 10}) == 10
    assert room_for(second, others={both: 10}, held={1: 10, 2: 10}) == 10
    assert room_for(first, others={both: 15}, held={1: 10, 2: 10}) == 5
