from __future__ import annotations

import uuid
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from ledger.kinds import AccountKind
from ledger.operations import open_account
from neighbourhoods.models import (
    Category,
    Indication,
    Interest,
    Neighbourhood,
    PotRule,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.operations import values
from neighbourhoods.queries.items import name_of_category, words_of
from neighbourhoods.queries.values import (
    concerned,
    decided_values,
    decision_at,
    fetch_decided_values,
    has_interest,
    interest_in,
    open_decisions,
)
from neighbourhoods.states import ValueState
from people.models import Party, PartyKind, Role, User
from tests.factories import values as make
from tests.factories.people import actor, mandate, organisation
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, second_login

# --- Whom it concerns -----------------------------------------------------------------------------------------------


@pytest.fixture
def decision(reading: ValuedItem) -> ValueDecision:
    return make.value_decision(reading)


@pytest.fixture
def school(reading: ValuedItem) -> Party:
    """It said what a reader is worth to it."""
    made = organisation("School De Wiek", kind=PartyKind.INSTITUTION)
    Indication.objects.create(
        item=reading,
        organisation=made,
        amount=900,
        grounds="Zo veel.",
        language="nl",
        made_by=made,
        made_at=NOON,
    )
    return made


def pot(of: Neighbourhood, name: str, **rules: Any) -> int:
    """A pot that may pay for one thing, through whoever organises it."""
    opened = open_account(
        coin=of.coin, holder=of.party, kind=AccountKind.POT, holder_kind="NEIGHBOURHOOD", label=name,
        key=uuid.uuid4(), funder=of.municipality, actor=SYSTEM, at=NOON,
    )  # fmt: skip
    PotRule.objects.create(pot_id=opened.pk, made_at=NOON, **rules)
    return opened.pk


def through(account: int, name: str) -> Party:
    made = organisation(name, kind=PartyKind.ASSOCIATION)
    PotRule.objects.create(pot_id=account, organiser=made, made_at=NOON)
    return made


def test_it_concerns_who_indicated_who_it_was_proposed_for_and_nobody_else(
    decision: ValueDecision, school: Party, reading: ValuedItem
) -> None:
    assert concerned(decision) == {school.pk}

    shop = organisation("Winkel")
    decision.proposed_for = shop

    assert concerned(decision) == {school.pk, shop.pk}


def test_it_concerns_those_through_whom_a_pot_pays_for_it_or_for_its_category(
    decision: ValueDecision, reading: ValuedItem, molenwijk: Neighbourhood
) -> None:
    wide = make.category("samen")
    Category.objects.filter(pk=reading.category_id).update(parent=wide)
    other = make.item(molenwijk, "Koffie", of=make.category("eten"))
    paid = [
        through(pot(molenwijk, "Leesgeld", item=reading), "Leesclub"),
        through(pot(molenwijk, "Zorggeld", category=reading.category), "Zorgclub"),
        through(pot(molenwijk, "Samengeld", category=wide), "Buurtclub"),
    ]
    through(pot(molenwijk, "Koffiegeld", item=other), "Koffieclub")
    through(pot(molenwijk, "Etensgeld", category=other.category), "Kookclub")

    assert concerned(ValueDecision.objects.get(pk=decision.pk)) == {one.pk for one in paid}


def test_a_pot_of_another_neighbourhood_concerns_nobody_here(
    decision: ValueDecision, reading: ValuedItem, sluiskade: Neighbourhood
) -> None:
    through(pot(sluiskade, "Zorggeld", category=reading.category), "Zorgclub")

    assert concerned(decision) == set()


def test_who_told_an_interest_in_one_of_them_has_to_step_aside_while_it_holds(
    decision: ValueDecision, school: Party, molenwijk: Neighbourhood, ben: User
) -> None:
    words = {"person": ben.person, "neighbourhood": molenwijk, "text": "Ik werk daar."}
    Interest.objects.create(**words, from_on=TODAY, until_on=TODAY + DAY, party=school)

    assert [has_interest(decision, ben.person, TODAY + days * DAY) for days in (-1, 0, 1, 2)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_so_does_who_holds_any_office_for_one_while_it_runs(
    decision: ValueDecision, school: Party, ben: User
) -> None:
    mandate(person=ben, principal=school, role=Role.EDITOR, from_on=TODAY, until_on=TODAY)

    assert [has_interest(decision, ben.person, TODAY + days * DAY) for days in (-1, 0, 1)] == [
        False, True, False,
    ]  # fmt: skip
    assert interest_in(decision, ben.person, TODAY) == school


def test_a_second_login_hides_no_interest(
    decision: ValueDecision, school: Party, molenwijk: Neighbourhood, ben: User, ann: User
) -> None:
    for login, twin in ((ben, second_login(ben, "Twin")), (ann, second_login(ann, "Other"))):
        if login == ben:
            mandate(person=twin, principal=school, role=Role.OWNER)
        else:
            Interest.objects.create(
                person=twin.person, neighbourhood=molenwijk, text="Mijn school.", party=school, from_on=TODAY
            )
        assert [has_interest(decision, who.person, TODAY) for who in (login, twin)] == [True, True]


def test_an_interest_in_something_else_or_in_words_alone_keeps_nobody_from_voting(
    decision: ValueDecision, school: Party, molenwijk: Neighbourhood, ben: User
) -> None:
    shop = organisation("Winkel", owner=ben)
    for party in (shop, None):
        Interest.objects.create(
            person=ben.person, neighbourhood=molenwijk, text=f"Over {party}", party=party, from_on=TODAY
        )

    assert interest_in(decision, ben.person, TODAY) is None


def test_where_no_organisation_is_concerned_nobody_steps_aside(decision: ValueDecision, ben: User) -> None:
    organisation("Winkel", owner=ben)

    assert not has_interest(decision, ben.person, TODAY)


# --- What runs, and what is over ------------------------------------------------------------------------------------


def of_each_state(neighbourhood: Neighbourhood) -> dict[str, ValueDecision]:
    return {
        state: make.value_decision(make.item(neighbourhood, state), state=ValueState(state), at=NOON)
        for state in ValueState.values
    }


def test_what_is_proposed_and_not_decided_is_open_and_a_draft_is_not(molenwijk: Neighbourhood) -> None:
    of_each_state(molenwijk)

    assert {one.state for one in open_decisions(molenwijk)} == {
        "PROPOSED", "ADMITTED", "CONSULTATION", "VOTING", "AWAITING_BOARD", "DECIDED", "AWAITING_CONSENT",
    }  # fmt: skip


def test_what_came_to_something_is_decided_and_what_was_taken_back_is_not(molenwijk: Neighbourhood) -> None:
    of_each_state(molenwijk)

    keys = [pk for _what, pk, _when in decided_values(molenwijk)]
    assert {one.state for one in fetch_decided_values(keys).values()} == {
        "APPEAL", "IN_FORCE", "SUPERSEDED", "REJECTED", "NO_QUORUM", "ANNULLED",
    }  # fmt: skip


def test_another_neighbourhood_has_its_own(molenwijk: Neighbourhood, sluiskade: Neighbourhood) -> None:
    of_each_state(molenwijk)

    assert (open_decisions(sluiskade).count(), decided_values(sluiskade).count()) == (0, 0)


def test_each_says_when_it_came_to_that(molenwijk: Neighbourhood, reading: ValuedItem, ann: User) -> None:
    old = make.value_decision(reading, state=ValueState.NO_QUORUM, at=NOON - 9 * DAY)
    away = make.value_decision(make.item(molenwijk, "Koffie"), at=NOON)
    values.turn_away(decision=away, reason="Nee.", actor=actor(ann), at=NOON + 3 * DAY)
    version = make.worth(make.item(molenwijk, "Thee"), 500)

    assert {(pk, when) for _what, pk, when in decided_values(molenwijk)} == {
        (old.pk, NOON - 9 * DAY), (away.pk, NOON + 3 * DAY), (version.decision_id, version.decision.decided_at),
    }  # fmt: skip


def test_a_decision_is_found_by_the_number_in_its_address(decision: ValueDecision) -> None:
    assert decision_at(decision.ref) == decision
    assert decision_at(uuid.uuid4()) is None


# --- Queries --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_lists_of_decisions_ask_as_much_for_three_as_for_one(
    molenwijk: Neighbourhood, dirk: User, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for one in range(number):
        item = make.item(molenwijk, f"Iets {one}", of=make.category(f"soort-{one}"))
        make.add_words(item, f"Thing {one}", language="en")
        make.value_decision(item, by=dirk)

    with django_assert_num_queries(4):
        told = [
            (words_of(found.item, "en").name, name_of_category(found.item.category, "nl"),
             found.proposed_by.display_name if found.proposed_by else "", found.neighbourhood.coin.name)
            for found in open_decisions(molenwijk)
        ]  # fmt: skip

    assert told == [
        (f"Thing {one}", f"Soort-{one}", "Dirk de Vries", "Molenwijkmunt") for one in reversed(range(number))
    ]
