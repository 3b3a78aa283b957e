from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.refusals import NotAllowed, Refusal
from neighbourhoods.models import (
    Category,
    DemandSignal,
    ItemKind,
    Measure,
    Neighbourhood,
    Unit,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.models.value_decision import RUNNING
from neighbourhoods.operations import values
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.operations.values.items import AmountRefused
from neighbourhoods.operations.values.proposing import (
    EvidenceTooLong,
    NothingToEnd,
    SameValue,
    TextMissing,
    VolumeRefused,
)
from neighbourhoods.queries.policies import NoPolicy
from neighbourhoods.queries.values import running_on
from neighbourhoods.states import ValueState
from people.models import PartyKind, Role, User
from tests.factories import values as make
from tests.factories.people import actor, mandate, organisation
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, second_login
from tests.neighbourhoods.values.making import lines, proposed

KEY = uuid.UUID("6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0005")


def new(name: str = "Koffie schenken", *, of: Category | None = None, **more: Any) -> values.NewItem:
    return values.NewItem(
        **{
            "kind": ItemKind.ACTIVITY,
            "unit": Unit.HOUR,
            "category": of or make.category(),
            "name": name,
            **more,
        }
    )


# --- Proposing ------------------------------------------------------------------------------------------------------


def test_anybody_signed_in_proposes_what_something_is_worth(
    molenwijk: Neighbourhood, reading: ValuedItem, cas: User
) -> None:
    made = proposed(molenwijk, reading, cas, evidence="De school vroeg erom.", volume=40)

    assert (made.state, made.proposed, made.is_ending, made.volume) == ("PROPOSED", 850, False, 40)
    assert (made.proposed_by, made.proposed_for, made.proposed_at) == (cas.person, None, NOON)
    assert (made.text, made.evidence) == ("Er zijn te weinig lezers.", "De school vroeg erom.")
    assert [(line.before, line.after) for line in lines("value_decision.propose")] == [("", "PROPOSED")]


def test_what_nobody_put_a_value_on_yet_is_made_along_with_it(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    made = proposed(molenwijk, new(tags=("koffie",)), dirk)

    assert (made.item.unit, made.item.neighbourhood, list(made.item.tags.names())) == (
        "HOUR", molenwijk, ["koffie"],
    )  # fmt: skip


def test_what_is_there_under_another_number_is_found_and_nothing_is_made(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    with pytest.raises(values.ItemKnown) as refused:
        proposed(molenwijk, new("voorlezen op school"), dirk)

    assert refused.value.details["ref"] == reading.ref
    assert (ValuedItem.objects.count(), ValueDecision.objects.count()) == (1, 0)


def test_a_new_thing_that_cannot_be_proposed_is_not_added_either(
    molenwijk: Neighbourhood, dirk: User
) -> None:
    with pytest.raises(NoPolicy):
        proposed(molenwijk, new(), dirk)

    assert ValuedItem.objects.count() == 0


def test_the_same_form_twice_proposes_once_also_through_a_second_login(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, eva: User
) -> None:
    first = proposed(molenwijk, new(), dirk, key=KEY)

    assert proposed(molenwijk, new(), dirk, key=KEY) == first
    assert proposed(molenwijk, new(), second_login(dirk), key=KEY) == first
    with pytest.raises(FormUsed):
        proposed(molenwijk, new(), eva, key=KEY)
    assert len(lines("value_decision.propose")) == 1


def test_a_person_known_twice_proposes_as_one(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    assert proposed(molenwijk, reading, second_login(dirk)).proposed_by == dirk.person


def test_who_acts_for_an_organisation_proposes_in_its_name(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    shop = organisation("Winkel", owner=dirk)

    made = proposed(molenwijk, reading, dirk, actor=actor(dirk, principal=shop))

    assert (made.proposed_by, made.proposed_for) == (dirk.person, shop)


def test_nobody_proposes_in_the_name_of_others(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, eva: User
) -> None:
    shop = organisation("Winkel")
    mandate(person=dirk, principal=shop, role=Role.FINANCE)
    mandate(person=dirk, principal=eva.person, role=Role.HELPER)

    for principal in (shop, eva.person):
        with pytest.raises(NotAllowed):
            proposed(molenwijk, reading, dirk, actor=actor(dirk, principal=principal))
    with pytest.raises(NotAllowed):
        proposed(molenwijk, reading, dirk, actor=SYSTEM)


def test_an_office_that_has_ended_speaks_for_nobody(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    club = organisation("Club", kind=PartyKind.ASSOCIATION, owner=dirk)
    club.mandates_given.update(until_on=TODAY - DAY)

    with pytest.raises(NotAllowed):
        proposed(molenwijk, reading, dirk, actor=actor(dirk, principal=club))


def test_one_proposes_nothing_about_what_is_of_another_neighbourhood(
    sluiskade: Neighbourhood, reading: ValuedItem, cas: User
) -> None:
    make.value_policy(sluiskade)

    with pytest.raises(NotAllowed):
        proposed(sluiskade, reading, cas)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"text": " \n"}, TextMissing),
        ({"text": "a" * 2001}, TextMissing),
        ({"evidence": "a" * 1001}, EvidenceTooLong),
        ({"volume": 0}, VolumeRefused),
        ({"volume": 1_000_001}, VolumeRefused),
        ({"amount": 0}, AmountRefused),
        ({"amount": -5}, AmountRefused),
        ({"amount": None}, NothingToEnd),
    ],
)
def test_what_others_could_not_judge_is_not_proposed(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, more: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        proposed(molenwijk, reading, dirk, **more)

    assert ValueDecision.objects.count() == 0


# --- Policy ---------------------------------------------------------------------------------------------------------


def test_the_policy_of_its_category_is_pinned_and_a_newer_one_changes_nothing(
    molenwijk: Neighbourhood, dirk: User
) -> None:
    make.value_policy(molenwijk)
    care = make.category("zorg")
    own = make.value_policy(molenwijk, category=care, voting_days=5)
    made = proposed(molenwijk, make.item(molenwijk, of=make.category("lezen", parent=care)), dirk)

    make.value_policy(molenwijk, category=care, voting_days=3)

    made.refresh_from_db()
    assert made.policy == own


# --- One at a time --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", RUNNING)
def test_while_one_runs_there_is_no_second(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, state: str
) -> None:
    running = make.value_decision(reading, state=ValueState(state))

    with pytest.raises(values.AlreadyRunning) as refused:
        proposed(molenwijk, reading, dirk)

    assert refused.value.details == {"name": "Voorlezen op school", "ref": running.ref}


def test_nor_does_the_database_take_a_second_one(reading: ValuedItem) -> None:
    make.value_decision(reading)

    with pytest.raises(IntegrityError), transaction.atomic():
        make.value_decision(reading, state=ValueState.VOTING)


@pytest.mark.parametrize("state", ["REJECTED", "NO_QUORUM", "WITHDRAWN", "ANNULLED", "DRAFT"])
def test_what_is_over_or_no_proposal_yet_keeps_nobody_from_proposing(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, state: str
) -> None:
    make.value_decision(reading, state=ValueState(state))

    assert running_on(reading) is None
    assert proposed(molenwijk, reading, dirk).state == "PROPOSED"


def test_a_person_has_three_that_wait_for_support_under_whichever_number(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User, eva: User
) -> None:
    twin = second_login(dirk)
    first = proposed(molenwijk, reading, dirk)
    for who, name in ((twin, "Koffie"), (dirk, "Thee")):
        proposed(molenwijk, new(name), who)

    for who in (dirk, twin):
        with pytest.raises(values.TooManyProposals):
            proposed(molenwijk, new("Soep"), who)
    proposed(molenwijk, new("Soep"), eva)
    values.withdraw(decision=first, reason="Vergissing.", actor=actor(dirk), at=NOON)
    proposed(molenwijk, new("Taart"), dirk)


def test_what_was_taken_back_counts_for_a_month(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    """Else each name that comes to mind would stay on the list for ever."""
    for number in range(6):
        made = proposed(molenwijk, new(f"Idee {number}"), dirk)
        values.withdraw(decision=made, reason="Toch niet.", actor=actor(dirk), at=NOON)

    for who in (dirk, second_login(dirk)):
        with pytest.raises(values.TooManyLately):
            proposed(molenwijk, new("Nog een"), who, at=NOON + 29 * DAY)

    assert proposed(molenwijk, new("Nog een"), dirk, at=NOON + 30 * DAY).state == "PROPOSED"


def test_three_in_one_neighbourhood_leave_room_in_another(
    molenwijk: Neighbourhood, sluiskade: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    make.value_policy(sluiskade)
    for name in ("Koffie", "Thee", "Soep"):
        proposed(molenwijk, new(name), dirk)

    assert proposed(sluiskade, new("Koffie"), dirk).neighbourhood == sluiskade


# --- Too soon -------------------------------------------------------------------------------------------------------


def signal(item: ValuedItem, until_on: date) -> DemandSignal:
    return DemandSignal.objects.create(
        item=item, measure=Measure.WAITING, from_on=until_on - 55 * DAY, until_on=until_on, number=12, limit=10,
        decision=make.value_decision(item, state=ValueState.REJECTED), at=NOON,
    )  # fmt: skip


def test_a_new_value_stays_for_the_days_of_the_policy(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, dirk: User, ann: User, ben: User
) -> None:
    for who in (dirk, ben):
        with pytest.raises(values.TooSoon) as refused:
            proposed(molenwijk, worth_since_ten_days, who)
        assert refused.value.details["on"] == TODAY + 80 * DAY

    assert "9 February 2027" in str(refused.value)
    assert proposed(molenwijk, worth_since_ten_days, dirk, at=NOON + 80 * DAY).state == "PROPOSED"


def test_who_leads_the_board_need_not_wait(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, ann: User
) -> None:
    assert proposed(molenwijk, worth_since_ten_days, ann).state == "PROPOSED"


@pytest.mark.parametrize(("days_after", "is_enough"), [(-1, False), (0, True), (5, True)])
def test_nor_does_anybody_when_demand_asks_for_it_since_then(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, dirk: User, days_after: int, is_enough: bool
) -> None:
    signal(worth_since_ten_days, TODAY - 10 * DAY + days_after * DAY)

    if is_enough:
        assert proposed(molenwijk, worth_since_ten_days, dirk).state == "PROPOSED"
    else:
        with pytest.raises(values.TooSoon):
            proposed(molenwijk, worth_since_ten_days, dirk)


def test_one_proposes_an_amount_that_it_is_not_worth_yet(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, dirk: User, ann: User
) -> None:
    with pytest.raises(SameValue):
        proposed(molenwijk, worth_since_ten_days, ann, amount=800)


def test_that_something_has_no_value_any_more_is_proposed_without_an_amount(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, ann: User
) -> None:
    made = proposed(molenwijk, worth_since_ten_days, ann, amount=None)

    assert (made.is_ending, made.proposed) == (True, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueDecision.objects.filter(pk=made.pk).update(proposed=100)


def test_what_has_no_value_any_more_has_nothing_to_end(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, ann: User
) -> None:
    make.worth(worth_since_ten_days, None, on=TODAY - 2 * DAY)

    with pytest.raises(NothingToEnd):
        proposed(molenwijk, worth_since_ten_days, ann, amount=None)
