"""A decided value that does not hold yet, though its day has come: nobody reads that it does, everybody what it waits
for."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from neighbourhoods.models import Appeal, ConsentAbout, Neighbourhood, ValueConsent, ValueDecision, ValuedItem
from neighbourhoods.queries.value_record import record_of
from neighbourhoods.queries.value_waits import Wait, is_waiting, waits_for
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values
from tests.factories.democracy import DAY, VOTING
from tests.factories.people import organisation
from tests.neighbourhoods.polling_pages.pages import read
from tests.neighbourhoods.values import deciding

TODAY = VOTING.date()


@pytest.fixture
def paid(molenwijk: Neighbourhood, reading: ValuedItem) -> ValuedItem:
    """Reading aloud, worth 8.00, where pots must hold enough for three months. There is no pot."""
    values.worth(reading, 800)
    values.value_policy(molenwijk, cover_months=3)
    return reading


def late(item: ValuedItem, **more: Any) -> ValueDecision:
    """9.00 was decided, and was to hold from yesterday."""
    return values.value_decision(
        item, state=ValueState.APPEAL,
        **{"decided_at": VOTING - 20 * DAY, "appeals_until": VOTING - 2 * DAY, "effective_on": TODAY - DAY,
           "volume": 40, **more},
    )  # fmt: skip


def page_of(client: Client, decision: ValueDecision) -> str:
    return read(client, reverse("value_decision", args=[decision.ref]))


def wait_of(decision: ValueDecision) -> Wait | None:
    return waits_for(record_of(decision, TODAY), VOTING)


@pytest.mark.parametrize(
    ("more", "wait", "why"),
    [
        ({}, Wait.COVER, "It does not hold yet: there is not enough money for it."),
        (
            {"volume": None},
            Wait.VOLUME,
            "It does not hold yet: nobody said how often a month this is expected.",
        ),
        ({"decided": 800}, Wait.TURN, "It does not hold yet: it begins today or tomorrow."),
    ],
)
def test_after_its_day_the_page_says_that_it_does_not_hold_and_what_it_waits_for(
    client: Client, paid: ValuedItem, more: dict[str, Any], wait: Wait, why: str
) -> None:
    made = late(paid, **more)

    page = page_of(client, made)

    assert wait_of(made) == wait
    for words in (
        "Decided, but it does not hold yet",
        f"{why} Until then it stays 8.00.",
        "In force not yet",
    ):
        assert words in page
    for words in (
        "You can appeal until",
        "from 20 November 2026",
        "In force 20 November",
        "What it was 8.00",
    ):
        assert words not in page


def test_an_appeal_that_is_not_answered_keeps_it_waiting(
    client: Client, reading: ValuedItem, dirk: User, now: time_machine.Traveller
) -> None:
    made = deciding.decided(reading, 900, dirk)
    Appeal.objects.create(
        box=made.votes.get().box, appellant=dirk.person, grounds="Er ging iets mis.", language="nl",
        filed_at=VOTING + 11 * DAY, key=uuid.uuid4(),
    )  # fmt: skip
    now.move_to(VOTING + 40 * DAY)

    page = page_of(client, made)

    assert waits_for(record_of(made, TODAY + 40 * DAY), VOTING + 40 * DAY) == Wait.APPEAL
    assert "It does not hold yet: somebody appealed, and that is answered first." in page


def test_between_the_time_to_appeal_and_its_day_it_waits_for_its_day_alone(
    client: Client, paid: ValuedItem
) -> None:
    made = late(paid, effective_on=TODAY + DAY)

    page = page_of(client, made)

    assert wait_of(made) == Wait.DAY
    assert "Decided. It begins on 22 November 2026" in page
    assert "Until that day it stays 8.00." in page
    assert "does not hold yet" not in page
    assert "You can appeal until" not in page


def test_what_the_municipality_agreed_to_waits_for_no_money(paid: ValuedItem, ann: User) -> None:
    made = late(paid)
    ValueConsent.objects.create(
        decision=made, about=ConsentAbout.COVER, is_given=True, reason="Er komt geld bij.", given_by=ann.person,
        at=VOTING,
    )  # fmt: skip

    assert wait_of(made) == Wait.TURN


def test_until_the_last_moment_to_appeal_nothing_is_waiting(paid: ValuedItem) -> None:
    made = late(paid, appeals_until=VOTING, effective_on=TODAY + DAY)

    assert not is_waiting(made, VOTING - timedelta(seconds=1))
    assert is_waiting(made, VOTING)
    assert not is_waiting(values.value_decision(values.item(paid.neighbourhood, "Koffie")), VOTING)


def test_what_becomes_cheaper_is_not_said_to_wait_for_money(client: Client, paid: ValuedItem) -> None:
    page = page_of(client, late(paid, decided=700, effective_on=TODAY + DAY, appeals_until=VOTING + DAY))

    assert "It costs no more than now, so it does not wait for money." in page
    for words in ("It cannot begin before", "There is not enough money for it now"):
        assert words not in page
    asked = values.value_decision(
        values.item(paid.neighbourhood, "Koken"), volume=40, proposed_for=organisation("A")
    )
    assert "It cannot begin before there is enough money, or the municipality agrees." in page_of(
        client, asked
    )
