"""Who leads the board in a decision about a value: nobody with an interest in it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from neighbourhoods.models import Interest, Neighbourhood, SeatOffice, ValueDecision, ValuedItem
from neighbourhoods.operations import values
from neighbourhoods.operations.ballots import HasInterest
from neighbourhoods.operations.meetings.doors import BoardOnly, LeadersOnly
from neighbourhoods.operations.values import Terms
from neighbourhoods.operations.values.leading import leader_about
from neighbourhoods.states import ValueState
from people.models import Party, User
from tests.factories import values as make
from tests.factories.people import actor, mandate, organisation
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, seated, second_login
from tests.neighbourhoods.values.making import lines, reacted

TERMS = Terms(proposed=900, volume=40, low=500, high=1500, step=50)
Step = Callable[[ValuedItem, Party, User], None]


@pytest.fixture
def school(db: None) -> Party:
    return organisation("De Regenboog")


def declared(who: User, party: Party, place: Neighbourhood) -> None:
    """This person told an interest in an organisation."""
    Interest.objects.create(
        person=who.person,
        neighbourhood=place,
        party=party,
        text="Mijn zus werkt er.",
        from_on=TODAY - 30 * DAY,
    )


def asked_by(school: Party, reading: ValuedItem, state: str = ValueState.PROPOSED) -> ValueDecision:
    """The school asks for it."""
    until = NOON + 14 * DAY if state == ValueState.CONSULTATION else None
    return make.value_decision(
        reading, state=state, proposed_for=school, evidence="De school.", consulted_until=until
    )


# --- Each step that steers something ----------------------------------------------------------------------------------


def admits(reading: ValuedItem, school: Party, who: User) -> None:
    made = asked_by(school, reading)
    values.admit(decision=made, actor=actor(who), at=NOON)


def turns_away(reading: ValuedItem, school: Party, who: User) -> None:
    made = asked_by(school, reading)
    values.turn_away(decision=made, reason="Nee.", actor=actor(who), at=NOON)


def consults(reading: ValuedItem, school: Party, who: User) -> None:
    made = asked_by(school, reading, ValueState.ADMITTED)
    values.consult(decision=made, terms=TERMS, actor=actor(who), at=NOON)


def changes_terms(reading: ValuedItem, school: Party, who: User) -> None:
    made = asked_by(school, reading, ValueState.CONSULTATION)
    values.change_terms(decision=made, terms=TERMS, actor=actor(who), at=NOON)


def hides(reading: ValuedItem, school: Party, who: User) -> None:
    made = reacted(asked_by(school, reading, ValueState.CONSULTATION), who)
    values.hide_comment(comment=made, reason="Nee.", actor=actor(who), at=NOON)


def shows(reading: ValuedItem, school: Party, who: User) -> None:
    made = reacted(asked_by(school, reading, ValueState.CONSULTATION), who)
    type(made).objects.filter(pk=made.pk).update(hidden_at=NOON, hidden_by=who.person, hidden_reason="Nee.")
    values.show_comment(comment=made, actor=actor(who), at=NOON)


def withdraws_what_demand_brought_up(reading: ValuedItem, school: Party, who: User) -> None:
    made = values.take_up(item=reading, evidence="12 wachten.", key=uuid.uuid4(), at=NOON)
    ValueDecision.objects.filter(pk=made.pk).update(proposed_for=school)
    made.refresh_from_db()
    values.withdraw(decision=made, reason="Nee.", actor=actor(who), at=NOON)


STEPS = [admits, turns_away, consults, changes_terms, hides, shows, withdraws_what_demand_brought_up]


@pytest.mark.parametrize("step", STEPS)
def test_a_chair_with_an_interest_takes_no_step_that_steers_it(
    reading: ValuedItem, school: Party, ann: User, ben: User, step: Step
) -> None:
    mandate(person=ann, principal=school)

    with pytest.raises(HasInterest):
        step(reading, school, ann)

    for event in ("admit", "turn_away", "consult", "change", "withdraw"):
        assert [one for one in lines(f"value_decision.{event}") if one.acted_by_id] == []
    assert (lines("value_comment.hide"), lines("value_comment.show")) == ([], [])


@pytest.mark.parametrize("step", STEPS)
def test_then_another_member_takes_it(
    reading: ValuedItem, school: Party, ann: User, ben: User, step: Step
) -> None:
    mandate(person=ann, principal=school)

    step(reading, school, ben)


@pytest.mark.parametrize("step", STEPS)
def test_while_the_chair_has_none_the_other_members_do_not(
    reading: ValuedItem, school: Party, ann: User, ben: User, step: Step
) -> None:
    with pytest.raises(LeadersOnly):
        step(reading, school, ben)


# --- Who then leads ---------------------------------------------------------------------------------------------------


def test_a_secretary_without_an_interest_leads_for_the_chair_and_nobody_else_does(
    molenwijk: Neighbourhood, reading: ValuedItem, school: Party, ann: User, ben: User, dirk: User
) -> None:
    made = asked_by(school, reading)
    seated(dirk, molenwijk, office=SeatOffice.SECRETARY)
    declared(ann, school, molenwijk)

    assert leader_about(actor(dirk), made, NOON) == dirk.person
    with pytest.raises(LeadersOnly):
        leader_about(actor(ben), made, NOON)

    declared(dirk, school, molenwijk)
    assert leader_about(actor(ben), made, NOON) == ben.person


def test_an_interest_in_something_else_keeps_nobody_from_leading(
    molenwijk: Neighbourhood, reading: ValuedItem, school: Party, ann: User, ben: User
) -> None:
    declared(ann, organisation("Bakkerij"), molenwijk)

    assert leader_about(actor(ann), asked_by(school, reading), NOON) == ann.person


def test_a_second_login_is_no_way_round(reading: ValuedItem, school: Party, ann: User, ben: User) -> None:
    made = asked_by(school, reading)
    twin = second_login(ann, "Ann2")
    mandate(person=twin, principal=school)

    for who in (ann, twin):
        with pytest.raises(HasInterest):
            leader_about(actor(who), made, NOON)


def test_nobody_leads_from_outside_the_board(
    molenwijk: Neighbourhood, reading: ValuedItem, school: Party, ann: User, ben: User, dirk: User, cas: User
) -> None:
    declared(ann, school, molenwijk)
    made = asked_by(school, reading)

    for who in (actor(dirk), actor(cas), SYSTEM):
        with pytest.raises(BoardOnly):
            leader_about(who, made, NOON)


def test_when_the_whole_board_has_an_interest_the_clock_takes_it_further(
    molenwijk: Neighbourhood, reading: ValuedItem, school: Party, ann: User, ben: User
) -> None:
    for who in (ann, ben):
        declared(who, school, molenwijk)
    made = asked_by(school, reading, ValueState.ADMITTED)

    for who in (ann, ben):
        with pytest.raises(HasInterest):
            values.consult(decision=made, terms=TERMS, actor=actor(who), at=NOON)
    values.consult(decision=made, terms=TERMS, actor=SYSTEM, at=NOON)

    assert made.state == "CONSULTATION"
