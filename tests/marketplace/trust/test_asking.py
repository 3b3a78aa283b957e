"""An organisation asks to take part in a market."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from marketplace.models import Admission
from marketplace.operations import admissions, words
from marketplace.states import AdmissionState
from neighbourhoods.operations.residency import FormUsed
from people.models import Party, PartyKind, Role, User
from tests.factories.market import AT, Market
from tests.factories.people import actor, mandate, organisation
from tests.factories.residency import second_login
from tests.marketplace.trust.making import asked, events_about, let_in

TODAY = day_of(AT)
KEY = uuid.UUID("00000000-0000-4000-8000-00000000a001")


def test_the_owner_asks_and_the_board_gets_what_was_written(there: Market, bakery: Party, kim: User) -> None:
    made = asked(
        there, bakery, kim, about="  Brood en koek  ", insurance="Polis 12", insured_until_on=TODAY + timedelta(days=90)
    )  # fmt: skip

    made.refresh_from_db()
    assert (made.state, made.about, made.insurance) == (AdmissionState.REQUESTED, "Brood en koek", "Polis 12")
    assert (made.requested_by, made.requested_at) == (kim.person, AT)
    assert events_about(bakery) == events_about(kim.person) == ["admission.request"]


def test_a_form_sent_twice_asks_once(there: Market, bakery: Party, kim: User) -> None:
    first, second = asked(there, bakery, kim, key=KEY), asked(there, bakery, kim, key=KEY)

    assert (first, Admission.objects.filter(organisation=bakery).count()) == (second, 1)


def test_the_form_of_another_gives_nothing(there: Market, bakery: Party, kim: User) -> None:
    asked(there, bakery, kim, key=KEY)

    with pytest.raises(FormUsed):
        asked(
            there,
            organisation("Schaakclub", owner=there.sjoerd, kind=PartyKind.ASSOCIATION),
            there.sjoerd,
            key=KEY,
        )


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EDITOR, Role.FINANCE, Role.ORGANISER])
def test_other_offices_do_not_ask(there: Market, bakery: Party, role: str) -> None:
    mandate(person=there.ann_login, principal=bakery, role=role)

    with pytest.raises(NotAllowed):
        asked(there, bakery, there.ann_login)


def test_nobody_asks_for_the_organisation_of_another(there: Market, bakery: Party) -> None:
    with pytest.raises(NotAllowed):
        asked(there, bakery, there.ben_login)


@pytest.mark.parametrize("kind", [PartyKind.HOUSEHOLD, PartyKind.MUNICIPALITY, PartyKind.NEIGHBOURHOOD])
def test_who_takes_part_by_what_it_is_does_not_ask(there: Market, kim: User, kind: str) -> None:
    party = organisation("Iets", owner=kim, kind=kind)

    with pytest.raises(admissions.NotForThis):
        asked(there, party, kim)


def test_a_person_does_not_ask_for_themself(there: Market, kim: User) -> None:
    with pytest.raises(admissions.NotForThis):
        asked(there, kim.person, kim)


def test_a_company_needs_a_number_in_the_trade_register_and_a_club_does_not(there: Market, kim: User) -> None:
    company = organisation("Zonder nummer", owner=kim)
    club = organisation("Schaakclub", owner=kim, kind=PartyKind.ASSOCIATION)

    with pytest.raises(admissions.NoTradeNumber):
        asked(there, company, kim)
    assert asked(there, club, kim).state == AdmissionState.REQUESTED


def test_it_asks_once_while_the_first_waits_or_holds(there: Market, bakery: Party, kim: User) -> None:
    made = asked(there, bakery, kim)
    with pytest.raises(admissions.AlreadyAsked):
        asked(there, bakery, kim)

    let_in(made, there.bea)

    with pytest.raises(admissions.AlreadyAsked):
        asked(there, bakery, kim)


def test_after_a_no_it_can_ask_again(there: Market, bakery: Party, kim: User) -> None:
    first = asked(there, bakery, kim)
    admissions.refuse_admission(admission=first, reason="Nog niet.", actor=actor(there.bea), at=AT)

    assert asked(there, bakery, kim).pk != first.pk


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"about": "  "}, admissions.AboutMissing),
        ({"about": "x" * 1001}, admissions.AboutMissing),
        ({"displacement": ""}, admissions.DisplacementMissing),
        ({"insurance": "Polis 12"}, admissions.InsuranceUnclear),
        ({"insured_until_on": TODAY + timedelta(days=9)}, admissions.InsuranceUnclear),
        ({"insurance": "P", "insured_until_on": TODAY - timedelta(days=1)}, admissions.InsuranceUnclear),
        ({"insurance": "P" * 201, "insured_until_on": TODAY}, admissions.InsuranceUnclear),
    ],
)
def test_what_is_not_clear_is_refused(
    there: Market, bakery: Party, kim: User, more: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        asked(there, bakery, kim, **more)

    assert not Admission.objects.filter(organisation=bakery).exists()


def test_a_blocked_word_is_refused_by_name(there: Market, bakery: Party, kim: User) -> None:
    words.add_word(
        neighbourhood=there.neighbourhood, word="wiet", use="BLOCKED", actor=actor(there.bea), at=AT
    )

    with pytest.raises(words.BlockedWord) as refused:
        asked(there, bakery, kim, about="Koek met W-i-e-t en met wiet.")

    assert refused.value.details == {"word": "wiet"}


def test_the_owner_takes_the_request_back_once(there: Market, bakery: Party, kim: User) -> None:
    made = asked(there, bakery, kim)

    admissions.withdraw_admission(admission=made, actor=actor(kim), at=AT)

    assert made.state == AdmissionState.WITHDRAWN
    with pytest.raises(MoveRefused):
        admissions.withdraw_admission(admission=made, actor=actor(kim), at=AT)


def test_nobody_else_takes_it_back_or_tells_its_insurance(there: Market, bakery: Party, kim: User) -> None:
    made = asked(there, bakery, kim)

    with pytest.raises(NotAllowed):
        admissions.withdraw_admission(admission=made, actor=actor(there.bea), at=AT)
    with pytest.raises(NotAllowed):
        admissions.tell_insurance(
            admission=made, insurance="P", insured_until_on=TODAY, actor=actor(there.sjoerd), at=AT
        )


def test_an_owner_under_a_second_login_is_the_same_owner(there: Market, bakery: Party, kim: User) -> None:
    second = second_login(kim)

    made = asked(there, bakery, second, key=KEY)

    assert made.requested_by == kim.person
    assert asked(there, bakery, kim, key=KEY) == made


def test_the_insurance_is_told_anew_while_it_matters(there: Market, bakery: Party, kim: User) -> None:
    made = let_in(asked(there, bakery, kim), there.bea)
    until = TODAY + timedelta(days=300)

    admissions.tell_insurance(
        admission=made, insurance="Polis 13", insured_until_on=until, actor=actor(kim), at=AT
    )

    assert (made.insurance, made.insured_until_on) == ("Polis 13", until)
    assert events_about(bakery)[-1] == "admission.insure"
    admissions.end_admission(admission=made, reason="Weg", actor=actor(there.bea), at=AT)
    with pytest.raises(admissions.NotRunning):
        admissions.tell_insurance(
            admission=made, insurance="Polis 14", insured_until_on=until, actor=actor(kim), at=AT
        )
