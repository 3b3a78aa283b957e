"""Who leads the board and has an interest in a value sees no button to steer it; another member does."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from neighbourhoods.models import ValueComment, ValueDecision, ValuedItem
from neighbourhoods.states import ValueState
from people.models import Party, User
from tests.factories import values
from tests.factories.people import mandate, organisation
from tests.factories.residency import DAY, NOON
from tests.neighbourhoods.meetings.visiting import SignIn, at, html, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(ann: User) -> Party:
    """Ann, who chairs the board, works for it."""
    made = organisation("De Regenboog")
    mandate(person=ann, principal=made)
    return made


def asked(reading: ValuedItem, school: Party, state: str, **more: Any) -> ValueDecision:
    return values.value_decision(
        reading, state=state, at=NOON, proposed_for=school, evidence="De school.", **more
    )


def test_another_member_has_the_buttons_and_puts_it_on_the_agenda(
    browser: SignIn, ann: User, ben: User, reading: ValuedItem, school: Party
) -> None:
    made = asked(reading, school, ValueState.PROPOSED)

    seen = [
        at("board_value_admit", made.ref) in html(browser(who), "board_value", made.ref) for who in (ann, ben)
    ]
    refused = post(browser(ann), "board_value_admit", made.ref, evidence="")
    post(browser(ben), "board_value_admit", made.ref, evidence="")

    assert seen == [False, True]
    assert "You have an interest in this" in refused.content.decode()
    made.refresh_from_db()
    assert made.state == "ADMITTED"


def test_so_do_the_reactions_and_what_waits_in_the_room(
    browser: SignIn, ann: User, ben: User, eva: User, reading: ValuedItem, school: Party
) -> None:
    made = asked(reading, school, ValueState.CONSULTATION, consulted_until=NOON + DAY)
    reaction = ValueComment.objects.create(
        decision=made, author=eva.person, text="Te veel.", language="nl", at=NOON, key=uuid.uuid4()
    )
    other = asked(values.item(reading.neighbourhood, "Koffie"), school, ValueState.ADMITTED, admitted_at=NOON)

    pages = [html(browser(who), "board_value", made.ref) for who in (ann, ben)]
    rooms = [html(browser(who), "boardroom") for who in (ann, ben)]

    for name in ("board_comment_hide", "board_value_terms"):
        ref = reaction.ref if name == "board_comment_hide" else made.ref
        assert [at(name, ref) in page for page in pages] == [False, True]
    assert ["Ask everybody about this value" in room for room in rooms] == [False, True]
    assert at("board_value_consult", other.ref) in html(browser(ben), "board_value", other.ref)


def test_a_day_years_ahead_is_refused_beside_its_field(
    browser: SignIn, ann: User, reading: ValuedItem
) -> None:
    made = values.value_decision(reading, state=ValueState.ADMITTED, at=NOON)
    terms = {"proposed": "9.00", "volume": "40", "low": "5.00", "high": "20.00", "step": "0.50"}

    sent = post(browser(ann), "board_value_consult", made.ref, **terms, wanted_on="2029-03-01")

    assert set(sent.context["form"].errors) == {"wanted_on"}
    assert "Choose a day within a year from now." in sent.content.decode()
