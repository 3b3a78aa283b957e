"""Which answers a municipality still has to give."""

from __future__ import annotations

from typing import Any

import pytest

from neighbourhoods.models import (
    ConsentAbout,
    Neighbourhood,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.queries.consents import (
    answers_of,
    decision_under,
    matter_about,
    matters_of,
    waiting_count,
)
from neighbourhoods.states import ValueState
from people.models import Party, PartyKind, User
from tests.factories import values as make
from tests.factories.people import organisation
from tests.factories.pots import pot
from tests.factories.residency import TODAY
from tests.neighbourhoods.guidelines.test_consenting import answer, answer_money, outside, short


@pytest.fixture
def waiting(reading: ValuedItem) -> ValueDecision:
    """What lies outside the guideline: decided at 9.00, and waiting for Dijkstad."""
    return outside(reading)


def test_what_waits_is_what_lies_outside_and_what_is_short(
    waiting: ValueDecision, molenwijk: Neighbourhood, dijkstad: Party, veenstad: Party, ann: User
) -> None:
    late = short(make.item(molenwijk, "Tuinhulp"))
    make.value_decision(make.item(molenwijk, "Bezig"), state=ValueState.VOTING)
    answer_money(short(make.item(molenwijk, "Beantwoord")), ann)
    answer(outside(make.item(molenwijk, "Ook beantwoord"), volume=0), ann)

    found = matters_of(dijkstad, TODAY)

    assert [(one.decision, one.about) for one in found] == [
        (waiting, ConsentAbout.GUIDELINE), (late, ConsentAbout.COVER),
    ]  # fmt: skip
    assert found[1].cover is not None
    assert found[1].cover.short_by == 108_00
    assert [one.decision.item.pk for one in answers_of(dijkstad)] == [
        decision.item_id
        for decision in ValueDecision.objects.filter(consents__isnull=False).order_by("-consents")
    ]
    assert (matters_of(veenstad, TODAY), answers_of(veenstad)) == ([], [])
    assert (waiting_count([dijkstad, veenstad], TODAY), waiting_count([veenstad], TODAY)) == (2, 0)


def test_one_decision_waits_as_the_list_says(
    waiting: ValueDecision, molenwijk: Neighbourhood, veenstad: Party
) -> None:
    late = short(make.item(molenwijk, "Tuinhulp"))
    voting = make.value_decision(make.item(molenwijk, "Bezig"), state=ValueState.VOTING)

    found = [matter_about(one, TODAY) for one in (waiting, late, voting)]

    assert [one and one.about for one in found] == [ConsentAbout.GUIDELINE, ConsentAbout.COVER, None]
    assert decision_under(molenwijk.municipality, waiting.ref) == waiting
    assert decision_under(veenstad, waiting.ref) is None


def test_a_list_of_three_takes_as_many_queries_as_a_list_of_one(
    waiting: ValueDecision,
    molenwijk: Neighbourhood,
    dijkstad: Party,
    ann: User,
    django_assert_num_queries: Any,
) -> None:
    pot(molenwijk, amount=10_00)
    with django_assert_num_queries(7):
        matters_of(dijkstad, TODAY)
    answer(outside(make.item(molenwijk, "Eerder")), ann)
    with django_assert_num_queries(5):
        answers_of(dijkstad)

    for name in ("Tuinhulp", "Koken"):
        other = organisation(name, kind=PartyKind.ASSOCIATION)
        item = make.item(molenwijk, name, of=make.category(name.lower()))
        short(item, by=other)
        answer(outside(make.item(molenwijk, f"{name} eerder", of=make.category(f"{name}-2"))), ann)
    with django_assert_num_queries(7):
        assert len(matters_of(dijkstad, TODAY)) == 6
    with django_assert_num_queries(5):
        assert len(answers_of(dijkstad)) == 3
