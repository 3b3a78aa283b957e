from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import Election, Neighbourhood, Nomination, Roll, RollObjection
from neighbourhoods.operations.elections import advance
from neighbourhoods.states import ElectionState, NominationState, ObjectionState
from people.models import User
from tests.factories.democracy import CLOSES, VOTING, election, election_in_voting, nomination, policy
from tests.factories.residency import TODAY, resident
from tests.neighbourhoods.polling_pages.conftest import browser
from tests.neighbourhoods.polling_pages.pages import KEY, read, sent, url

HOUR = timedelta(hours=1)


def filled_in(client: Client, address: str) -> dict[str, str]:
    """What stands in the fields of a form when it is opened."""
    page = client.get(address).content.decode()
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and name[1] != "csrfmiddlewaretoken":
            found[name[1]] = value[1]
    return found


@pytest.fixture
def drafted(as_olga: Client, with_rules: Neighbourhood) -> Election:
    """A draft as the page proposes it, under a name."""
    address = reverse("polling_draft", args=["molenwijk"])
    form = filled_in(as_olga, address)
    sent(as_olga, address, **{**form, "title": "Bestuursverkiezing", "seats": "1"})
    return Election.objects.get()


# --- Draft, announce, cancel ----------------------------------------------------------------------------------------


def test_the_days_that_the_page_proposes_can_be_announced_as_they_are(
    as_olga: Client, drafted: Election
) -> None:
    assert drafted.state == ElectionState.DRAFT

    page = sent(as_olga, url("polling_announce", drafted))

    drafted.refresh_from_db()
    assert drafted.state == ElectionState.ANNOUNCED
    assert "The election is announced. Everybody can see it." in page


def test_a_draft_that_is_sent_twice_is_made_once(as_olga: Client, with_rules: Neighbourhood) -> None:
    address = reverse("polling_draft", args=["molenwijk"])
    form = {**filled_in(as_olga, address), "title": "Bestuursverkiezing", "seats": "3", "key": KEY}

    sent(as_olga, address, **form)
    sent(as_olga, address, **form)

    assert Election.objects.count() == 1


def test_without_rules_the_office_reads_that_the_municipality_writes_them_down(
    as_olga: Client, molenwijk: Neighbourhood
) -> None:
    address = reverse("polling_draft", args=["molenwijk"])
    form: dict[str, Any] = {
        "key": uuid4(), "title": "Verkiezing", "seats": 1, "nominations_from": "2026-12-01T08:00",
        "nominations_until": "2026-12-15T20:00", "freezes_at": "2026-12-16T20:00", "opens_at": "2026-12-17T08:00",
        "closes_at": "2026-12-30T20:00", "term_from_on": "2027-02-01", "term_until_on": "2029-01-31",
    }  # fmt: skip

    page = sent(as_olga, address, **form)

    assert "It is not written down yet how Molenwijk decides this." in page
    assert not Election.objects.exists()


def test_days_in_the_wrong_order_are_told_and_what_was_filled_in_stays(
    as_olga: Client, with_rules: Neighbourhood
) -> None:
    address = reverse("polling_draft", args=["molenwijk"])
    form = {**filled_in(as_olga, address), "title": "Bestuursverkiezing", "seats": "3"}

    response = as_olga.post(address, {**form, "closes_at": form["opens_at"]})

    page = response.content.decode()
    assert "These moments are not in the right order" in page
    assert 'value="Bestuursverkiezing"' in page
    assert not Election.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [(name, f"{year}-12-31T23:30") for name in ("nominations_from", "closes_at") for year in ("0001", "9999")]
    + [("term_from_on", "9998-12-31"), ("term_until_on", "9999-12-31")],
)
def test_a_year_with_a_typing_error_is_told_and_nothing_breaks(
    as_olga: Client, with_rules: Neighbourhood, field: str, value: str
) -> None:
    address = reverse("polling_draft", args=["molenwijk"])
    form = {**filled_in(as_olga, address), "title": "Bestuursverkiezing", "seats": "3"}

    page = sent(as_olga, address, **{**form, field: value})

    assert "Enter a date" in page
    assert not Election.objects.exists()


def test_the_form_asks_for_no_more_seats_than_can_be_counted(
    as_olga: Client, with_rules: Neighbourhood
) -> None:
    address = reverse("polling_draft", args=["molenwijk"])
    form = {**filled_in(as_olga, address), "title": "Bestuursverkiezing"}

    assert "There are at most 15 seats." in sent(as_olga, address, **{**form, "seats": "16"})
    sent(as_olga, address, **{**form, "seats": "15"})

    assert Election.objects.get().seats == 15


def test_a_draft_is_changed_and_what_was_announced_is_not(as_olga: Client, drafted: Election) -> None:
    form = {**filled_in(as_olga, url("polling_change", drafted)), "seats": "5"}
    sent(as_olga, url("polling_change", drafted), **form)
    drafted.refresh_from_db()
    assert drafted.seats == 5

    sent(as_olga, url("polling_announce", drafted))

    assert as_olga.get(url("polling_change", drafted)).status_code == 404


def test_what_the_rules_refuse_is_told_beside_the_button(as_olga: Client, drafted: Election) -> None:
    Election.objects.filter(pk=drafted.pk).update(
        closes_at=drafted.opens_at + timedelta(days=1), term_from_on=drafted.term_from_on
    )

    page = sent(as_olga, url("polling_announce", drafted))

    assert "The rules of this neighbourhood ask for at least 10 days here." in page
    drafted.refresh_from_db()
    assert drafted.state == ElectionState.DRAFT


def test_cancelling_needs_a_reason_that_everybody_can_read(
    as_olga: Client, with_rules: Neighbourhood
) -> None:
    open_one = election(with_rules)
    assert "Write down why." in sent(as_olga, url("polling_cancel", open_one), reason="")

    page = sent(as_olga, url("polling_cancel", open_one), reason="Het buurthuis is afgebrand.")

    open_one.refresh_from_db()
    assert open_one.state == ElectionState.CANCELLED
    assert "Het buurthuis is afgebrand." in page


# --- Candidates -----------------------------------------------------------------------------------------------------


def test_somebody_who_may_not_stand_is_kept_off_the_ballot_and_reads_why(
    as_olga: Client, as_ann: Client, ann: User, with_rules: Neighbourhood
) -> None:
    going_on = election(with_rules)
    stands = nomination(going_on, ann)

    page = sent(as_olga, url("polling_reject", going_on, stands.ref), reason="Ze woont hier niet.")

    stands.refresh_from_db()
    assert (stands.state, stands.reason) == (NominationState.REJECTED, "Ze woont hier niet.")
    assert "Ann de Vries is no candidate." in page
    own_page = read(as_ann, reverse("election_nominations", args=[going_on.ref]))
    assert "You are no candidate Ze woont hier niet." in own_page


def test_an_officer_is_offered_no_deed_about_themself(
    as_olga: Client, olga: User, with_rules: Neighbourhood
) -> None:
    resident(olga, with_rules)
    going_on = election(with_rules)
    stands = nomination(going_on, olga, state=NominationState.PROPOSED)

    page = read(as_olga, url("polling_candidate", going_on, stands.ref))
    refused = sent(as_olga, url("polling_reject", going_on, stands.ref), reason="Weg ermee.")

    assert "This is about yourself" in page
    assert "Keep off the ballot" not in page
    assert "This is about yourself. Ask a colleague to do it." in refused
    stands.refresh_from_db()
    assert stands.state == NominationState.PROPOSED


# --- Objections -----------------------------------------------------------------------------------------------------


@pytest.fixture
def objected(with_rules: Neighbourhood, ann: User, ben: User, now: object) -> RollObjection:
    """Ann is left out of the roll and says so."""
    roll = Roll.objects.create(
        neighbourhood=with_rules, policy=policy(with_rules), reference_on=TODAY, built_at=VOTING
    )
    for who, is_included in ((ann, False), (ben, True)):
        roll.entries.create(
            person=who.person, is_included=is_included, basis="ALL" if is_included else "AGE", salt="0"
        )
    election(with_rules, roll=roll)
    return RollObjection.objects.create(
        roll=roll, person=ann.person, text="Ik woon hier al jaren.", filed_at=VOTING, key=uuid4()
    )


def test_an_objection_that_is_right_changes_the_roll(as_olga: Client, objected: RollObjection) -> None:
    going_on = objected.roll.election
    page = read(as_olga, url("polling_objection", going_on, objected.pk))
    assert "Ik woon hier al jaren." in page

    done = sent(
        as_olga, url("polling_objection", going_on, objected.pk), upheld="yes", answer="Je hebt gelijk."
    )

    objected.refresh_from_db()
    assert (objected.state, objected.answer) == (ObjectionState.UPHELD, "Je hebt gelijk.")
    assert "The objection is answered." in done
    assert objected.roll.entries.get(person=objected.person).is_included


def test_an_objection_needs_an_answer_and_a_choice(as_olga: Client, objected: RollObjection) -> None:
    page = sent(as_olga, url("polling_objection", objected.roll.election, objected.pk), answer="")

    assert "Choose yes or no." in page
    assert "Write down why." in page
    objected.refresh_from_db()
    assert objected.state == ObjectionState.FILED


def test_the_office_sees_first_what_holds_an_election_up(as_olga: Client, objected: RollObjection) -> None:
    page = read(as_olga, reverse("polling_office", args=["molenwijk"]))

    assert "1 thing to do" in page
    assert "1 objection to the roll to answer" in page


def test_a_roll_is_not_fixed_while_somebody_waits_for_an_answer(
    as_olga: Client, objected: RollObjection, ben: User, now: time_machine.Traveller
) -> None:
    going_on = objected.roll.election
    nomination(going_on, ben)
    now.move_to(going_on.freezes_at)

    page = sent(as_olga, url("polling_freeze", going_on))

    assert "There are objections that are not decided yet. Decide them first." in page
    going_on.refresh_from_db()
    assert going_on.state == ElectionState.NOMINATIONS


# --- More time ------------------------------------------------------------------------------------------------------


def test_more_time_is_given_with_a_reason_and_the_election_says_the_same(
    as_olga: Client, molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    voting = election_in_voting(molenwijk, [ann, ben], [ann, ben], seats=1)

    sent(as_olga, url("polling_extend", voting), closes_at="2026-11-28T20:00", reason="De site lag stil.")

    voting.refresh_from_db()
    assert voting.box is not None
    assert voting.closes_at == voting.box.closes_at
    assert voting.closes_at.isoformat() == "2026-11-28T19:00:00+00:00"


def test_voting_is_never_made_shorter(
    as_olga: Client, molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    voting = election_in_voting(molenwijk, [ann, ben], [ann, ben], seats=1)

    page = sent(as_olga, url("polling_extend", voting), closes_at="2026-11-22T20:00", reason="Snel klaar.")

    assert "Choose a moment after the one at which voting would end now." in page


def test_voting_is_not_made_longer_by_a_slip_of_the_pen(
    as_olga: Client, molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    voting = election_in_voting(molenwijk, [ann, ben], [ann, ben], seats=1)

    for year, told in (("2126", "At once you can give time until"), ("9999", "Enter a date and a time")):
        page = sent(
            as_olga,
            url("polling_extend", voting),
            closes_at=f"{year}-11-28T20:00",
            reason="De site lag stil.",
        )
        assert told in page

    voting.refresh_from_db()
    assert (voting.closes_at, as_olga.get(url("polling_extend", voting)).status_code) == (CLOSES, 200)


# --- The whole way --------------------------------------------------------------------------------------------------


def test_an_election_goes_its_way_through_the_office(
    as_olga: Client, drafted: Election, ann: User, ben: User, cas: User, now: time_machine.Traveller
) -> None:
    sent(as_olga, url("polling_announce", drafted))
    _at(now, drafted, "nominations_from")
    for who, words in ((ann, "Meer groen."), (ben, "Meer banken.")):
        said = sent(
            browser(who), reverse("stand", args=[drafted.ref]), statement=words, has_no_interests="on"
        )
        assert "You stand for election." in said
    _at(now, drafted, "nominations_until")
    assert "Until then people can object" in read(as_olga, url("polling_election", drafted))
    assert "It is too early for this." in sent(as_olga, url("polling_freeze", drafted))
    now.move_to(drafted.freezes_at)
    assert "Fix the candidates and the roll" in read(as_olga, reverse("polling_office", args=["molenwijk"]))
    sent(as_olga, url("polling_freeze", drafted))
    _at(now, drafted, "opens_at")

    drafted.refresh_from_db()
    assert drafted.state == ElectionState.VOTING
    assert "0 of 3 have voted" in read(as_olga, url("polling_election", drafted))
    assert Nomination.objects.filter(state=NominationState.ON_BALLOT).count() == 2


def _at(now: time_machine.Traveller, going_on: Election, name: str) -> None:
    """The clock stands at a moment of an election, and what is due was done."""
    going_on.refresh_from_db()
    now.move_to(getattr(going_on, name))
    advance(now=getattr(going_on, name))


# --- Lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_candidates_costs_the_same_whatever_its_length(
    as_olga: Client, with_rules: Neighbourhood, number: int, ann: User, ben: User, cas: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    going_on = election(with_rules)
    for who in (ann, ben, cas)[:number]:
        nomination(going_on, who)
    as_olga.get(url("polling_candidates", going_on))

    with django_assert_num_queries(12):
        as_olga.get(url("polling_candidates", going_on))


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_elections_costs_the_same_whatever_its_length(
    as_olga: Client, with_rules: Neighbourhood, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rules = policy(with_rules)
    for _one in range(number):
        election(with_rules, state=ElectionState.FINAL, policy=rules)
    as_olga.get(reverse("polling_elections", args=["molenwijk"]))

    with django_assert_num_queries(10):
        as_olga.get(reverse("polling_elections", args=["molenwijk"]))
