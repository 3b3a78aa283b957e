"""The board takes a value decision along: from the proposal to its vote, and back to the residents."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from neighbourhoods.models import Meeting, Neighbourhood, Seat, ValueDecision, ValuedItem, ValueVote
from neighbourhoods.operations import values as operations
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON
from tests.neighbourhoods.meetings.making import BEGINS
from tests.neighbourhoods.meetings.visiting import SignIn, at, html, post

pytestmark = pytest.mark.django_db

BOUNDS = {"proposed": "9.00", "volume": "40", "low": "5.00", "high": "12.00", "step": "0.50", "wanted_on": ""}


def proposed(item: ValuedItem, by: User, **more: object) -> ValueDecision:
    return values.value_decision(item, state=ValueState.PROPOSED, by=by, at=NOON, **more)


def state_of(decision: ValueDecision) -> str:
    return str(ValueDecision.objects.values_list("state", flat=True).get(pk=decision.pk))


# --- On the agenda or not -------------------------------------------------------------------------------------------


def test_the_chair_puts_on_the_agenda_what_somebody_asks_for(
    browser: SignIn, ann: User, eva: User, reading: ValuedItem
) -> None:
    made = proposed(reading, eva)
    client = browser(ann)

    refused = post(client, "board_value_admit", made.ref, evidence="")
    post(client, "board_value_admit", made.ref, evidence="De school zoekt vijf voorlezers.")

    assert "Write down who asks for it." in refused.content.decode()
    made.refresh_from_db()
    assert (made.state, made.evidence) == ("ADMITTED", "De school zoekt vijf voorlezers.")


def test_what_was_asked_for_already_needs_no_more_words(
    browser: SignIn, ann: User, eva: User, reading: ValuedItem
) -> None:
    made = proposed(reading, eva, evidence="De school vroeg het.")

    post(browser(ann), "board_value_admit", made.ref, evidence="")

    assert state_of(made) == "ADMITTED"


def test_a_member_who_does_not_lead_sees_no_button_and_is_refused(
    browser: SignIn, ann: User, ben: User, eva: User, reading: ValuedItem
) -> None:
    made = proposed(reading, eva, evidence="De school vroeg het.")
    client = browser(ben)

    shown = html(client, "board_value", made.ref)
    refused = post(client, "board_value_admit", made.ref, evidence="")

    assert at("board_value_admit", made.ref) not in shown
    assert "Ask the chair or the secretary to do this." in refused.content.decode()
    assert state_of(made) == "PROPOSED"


def test_nothing_is_turned_away_without_a_reason(
    browser: SignIn, ann: User, eva: User, reading: ValuedItem
) -> None:
    made = proposed(reading, eva)
    client = browser(ann)

    refused = post(client, "board_value_turn_away", made.ref, reason="")
    before = state_of(made)
    post(client, "board_value_turn_away", made.ref, reason="Dit doet de school zelf.")

    assert "Write down why." in refused.content.decode()
    assert (before, state_of(made)) == ("PROPOSED", "REJECTED")


def test_what_demand_brought_up_is_taken_back_by_who_leads_and_what_a_resident_proposed_is_not(
    browser: SignIn, ann: User, eva: User, reading: ValuedItem, molenwijk: Neighbourhood
) -> None:
    signalled = values.value_decision(reading, state=ValueState.ADMITTED, by=None, at=NOON)
    other = proposed(values.item(molenwijk, "Soep koken"), eva)
    client = browser(ann)

    sent = post(client, "board_value_withdraw", signalled.ref, reason="De wachtlijst is weg.")
    theirs = post(client, "board_value_withdraw", other.ref, reason="Niet nodig.")

    assert (sent.status_code, theirs.status_code) == (302, 404)
    assert (state_of(signalled), state_of(other)) == ("WITHDRAWN", "PROPOSED")


# --- The terms of the vote ------------------------------------------------------------------------------------------


def test_the_chair_asks_everybody_with_terms_of_the_board(
    browser: SignIn, ann: User, eva: User, reading: ValuedItem
) -> None:
    made = values.value_decision(reading, state=ValueState.ADMITTED, by=eva, at=NOON)

    post(browser(ann), "board_value_consult", made.ref, **BOUNDS)

    made.refresh_from_db()
    assert (made.state, made.proposed, made.volume) == ("CONSULTATION", 900, 40)
    assert (made.low, made.high, made.step) == (500, 1200, 50)
    assert made.consulted_until == NOON + made.policy.consultation_days * DAY


def test_the_form_begins_with_the_terms_that_the_clock_would_take(
    browser: SignIn, ann: User, eva: User, reading: ValuedItem
) -> None:
    made = values.value_decision(reading, state=ValueState.ADMITTED, by=eva, at=NOON)

    shown = html(browser(ann), "board_value_consult", made.ref)

    for amount in ("9.00", "0.50", "18.00"):
        assert f'value="{amount}"' in shown


def test_bounds_that_make_no_vote_are_refused_beside_their_field(
    browser: SignIn, ann: User, eva: User, reading: ValuedItem
) -> None:
    made = values.value_decision(reading, state=ValueState.ADMITTED, by=eva, at=NOON)

    sent = post(browser(ann), "board_value_consult", made.ref, **{**BOUNDS, "high": "5.50"})

    assert set(sent.context["form"].errors) == {"high"}
    assert state_of(made) == "ADMITTED"


def test_a_board_that_decides_itself_is_asked_for_one_amount_and_no_bounds(
    browser: SignIn, by_the_board: Neighbourhood, ann: User, eva: User, reading: ValuedItem
) -> None:
    made = values.value_decision(reading, state=ValueState.ADMITTED, by=eva, at=NOON)
    client = browser(ann)

    asked = client.get(at("board_value_consult", made.ref)).context["form"].fields
    post(client, "board_value_consult", made.ref, proposed="8.50", volume="30", wanted_on="2027-03-01")

    made.refresh_from_db()
    assert list(asked) == ["proposed", "volume", "wanted_on"]
    assert (made.state, made.proposed, made.low, made.wanted_on) == (
        "CONSULTATION",
        850,
        None,
        date(2027, 3, 1),
    )


def test_terms_change_while_people_can_react_and_no_longer(
    browser: SignIn, noon: time_machine.Traveller, ann: User, eva: User, reading: ValuedItem
) -> None:
    made = _consulted(reading, ann, eva)
    client = browser(ann)

    post(client, "board_value_terms", made.ref, **{**BOUNDS, "volume": "60"})
    noon.move_to(NOON + made.policy.consultation_days * DAY)
    late = post(client, "board_value_terms", made.ref, **{**BOUNDS, "volume": "80"})

    made.refresh_from_db()
    assert made.volume == 60
    assert "The time to react is over" in late.content.decode()


def test_how_often_is_asked_of_who_asks_everybody_about_what_residents_earn(
    browser: SignIn, ann: User, eva: User, reading: ValuedItem
) -> None:
    made = values.value_decision(reading, state=ValueState.ADMITTED, by=eva, at=NOON)

    sent = post(browser(ann), "board_value_consult", made.ref, **{**BOUNDS, "volume": ""})

    assert set(sent.context["form"].errors) == {"volume"}
    assert state_of(made) == "ADMITTED"


def test_who_leads_says_how_often_when_it_was_decided_without(
    browser: SignIn, ann: User, ben: User, reading: ValuedItem
) -> None:
    made = values.value_decision(reading, state=ValueState.APPEAL, at=NOON)
    chair, member = browser(ann), browser(ben)
    asked = "Say how often a month this is expected" in html(chair, "boardroom")
    shown = [
        at("board_value_volume", made.ref) in html(one, "board_value", made.ref) for one in (chair, member)
    ]

    refused = post(member, "board_value_volume", made.ref, volume="12")
    empty = post(chair, "board_value_volume", made.ref, volume="")
    post(chair, "board_value_volume", made.ref, volume="12")

    made.refresh_from_db()
    assert (asked, shown, made.volume) == (True, [True, False], 12)
    assert "Ask the chair or the secretary to do this." in refused.content.decode()
    assert set(empty.context["form"].errors) == {"volume"}
    assert at("board_value_volume", made.ref) not in html(chair, "board_value", made.ref)
    assert chair.get(at("board_value_volume", made.ref)).status_code == 404


def test_a_board_reads_that_it_has_to_name_an_amount(
    browser: SignIn, by_the_board: Neighbourhood, ann: User, reading: ValuedItem
) -> None:
    made = values.value_decision(reading, state=ValueState.ADMITTED, proposed=None, at=NOON)

    assert "If nobody does so within 14 days, it ends." in html(browser(ann), "board_value", made.ref)


# --- The vote of the board ------------------------------------------------------------------------------------------


def test_the_board_decides_in_writing_and_everybody_reads_who_voted_what(
    browser: SignIn, noon: time_machine.Traveller, by_the_board: Neighbourhood, ann: User, ben: User, eva: User,
    reading: ValuedItem,
) -> None:  # fmt: skip
    made = _consulted(reading, ann, eva)
    chair, member = browser(ann), browser(ben)
    early = at("board_value_open", made.ref) in html(chair, "board_value", made.ref)
    noon.move_to(NOON + made.policy.consultation_days * DAY)

    post(chair, "board_value_open", made.ref, where="writing")
    waits = "Vote on this value" in html(member, "boardroom")
    post(member, "board_value_vote", made.ref, choice="yes", reason="Eerlijk")
    after = "Vote on this value" in html(member, "boardroom")
    missing = post(chair, "board_value_close", made.ref)
    post(chair, "board_value_vote", made.ref, choice="yes", reason="")
    post(chair, "board_value_close", made.ref)

    made.refresh_from_db()
    assert (early, waits, after) == (False, True, False)
    assert "Not everybody has voted yet" in missing.content.decode()
    assert (made.state, made.decided) == ("APPEAL", 900)
    shown = html(member, "board_value", made.ref)
    assert ("2 for, 0 against" in shown, "Eerlijk" in shown) == (True, True)


def test_a_vote_is_opened_in_the_meeting_that_is_going_on(
    browser: SignIn, noon: time_machine.Traveller, by_the_board: Neighbourhood, invited: Meeting, ann: User, eva: User,
    reading: ValuedItem,
) -> None:  # fmt: skip
    made = _consulted(reading, ann, eva)
    ValueDecision.objects.filter(pk=made.pk).update(consulted_until=NOON)
    noon.move_to(BEGINS)

    post(browser(ann), "board_value_open", made.ref, where=str(invited.pk))

    assert ValueVote.objects.get().meeting == invited


def test_a_meeting_of_another_neighbourhood_cannot_be_chosen(
    browser: SignIn, noon: time_machine.Traveller, by_the_board: Neighbourhood, invited: Meeting, ann: User, eva: User,
    sluiskade: Neighbourhood, reading: ValuedItem,
) -> None:  # fmt: skip
    made = _consulted(reading, ann, eva)
    Meeting.objects.filter(pk=invited.pk).update(neighbourhood=sluiskade)
    noon.move_to(NOON + made.policy.consultation_days * DAY)

    sent = post(browser(ann), "board_value_open", made.ref, where=str(invited.pk))

    assert "Choose one from the list." in sent.content.decode()
    assert state_of(made) == "CONSULTATION"


def test_who_steps_aside_finds_no_vote_any_more(
    browser: SignIn, noon: time_machine.Traveller, by_the_board: Neighbourhood, ann: User, ben: User, eva: User,
    reading: ValuedItem,
) -> None:  # fmt: skip
    made = _voting(reading, ann, eva, noon)
    client = browser(ben)

    post(client, "board_value_step_aside", made.ref, reason="Mijn zus leest voor.")
    shown = html(client, "board_value", made.ref)
    sent = post(client, "board_value_vote", made.ref, choice="yes", reason="")

    assert ("You stepped aside" in shown, at("board_value_vote", made.ref) in shown) == (True, False)
    assert "You stepped aside in this vote" in sent.content.decode()


def test_what_others_voted_is_not_told_before_the_end(
    browser: SignIn, noon: time_machine.Traveller, by_the_board: Neighbourhood, ann: User, ben: User, eva: User,
    reading: ValuedItem,
) -> None:  # fmt: skip
    made = _voting(reading, ann, eva, noon)
    post(browser(ben), "board_value_vote", made.ref, choice="no", reason="Veel te veel")

    shown = html(browser(ann), "board_value", made.ref)

    assert "Veel te veel" not in shown


def test_a_member_who_came_after_the_roll_reads_and_does_not_vote(
    browser: SignIn, noon: time_machine.Traveller, by_the_board: Neighbourhood, ann: User, eva: User,
    reading: ValuedItem,
) -> None:  # fmt: skip
    made = _voting(reading, ann, eva, noon)
    today = NOON.date() + made.policy.consultation_days * DAY
    Seat.objects.create(
        person=eva.person, neighbourhood=by_the_board, kind="APPOINTED", from_on=today, until_on=today + DAY
    )
    client = browser(eva)

    assert at("board_value_vote", made.ref) not in html(client, "board_value", made.ref)
    sent = post(client, "board_value_vote", made.ref, choice="yes", reason="")
    assert "You are not on the electoral roll of this vote" in sent.content.decode()


def _consulted(item: ValuedItem, chair: User, by: User) -> ValueDecision:
    """Open for reactions since noon, with terms that fit who decides."""
    made = values.value_decision(item, state=ValueState.ADMITTED, by=by, at=NOON)
    terms = operations.Terms(proposed=900, volume=40)
    if made.policy.decider != "BOARD":
        terms = operations.Terms(proposed=900, volume=40, low=500, high=1200, step=50)
    operations.consult(decision=made, terms=terms, actor=actor(chair), at=NOON)
    return made


def _voting(item: ValuedItem, chair: User, by: User, noon: time_machine.Traveller) -> ValueDecision:
    """The board votes in writing; the clock stands there."""
    made = _consulted(item, chair, by)
    moment = NOON + made.policy.consultation_days * DAY
    noon.move_to(moment)
    operations.open_vote(decision=made, actor=actor(chair), at=moment)
    return made
