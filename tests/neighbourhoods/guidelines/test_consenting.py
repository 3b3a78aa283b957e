from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from core.clock import day_of
from core.models import AuditAbout, AuditEntry
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from neighbourhoods.models import (
    ConsentAbout,
    Indication,
    Interest,
    ItemKind,
    Neighbourhood,
    ValueConsent,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.operations.values.consenting import (
    AnswerNeedsReason,
    HasPart,
    NothingAsked,
    OnItsBoard,
    answer_cover,
    answer_guideline,
)
from neighbourhoods.queries.consents import (
    matters_of,
    waiting_count,
)
from neighbourhoods.queries.cover import check_cover
from neighbourhoods.states import ValueState
from people.models import Party, Role, User
from tests.factories import values as make
from tests.factories.people import mandate, person
from tests.factories.pots import pot
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, resident, seated, second_login
from tests.neighbourhoods.guidelines.conftest import acting

WHY = "Er is veel vraag naar."


@pytest.fixture
def waiting(reading: ValuedItem) -> ValueDecision:
    """What lies outside the guideline: decided at 9.00, and waiting for Dijkstad."""
    return outside(reading)


def outside(item: ValuedItem, **more: Any) -> ValueDecision:
    words = {"state": ValueState.AWAITING_CONSENT, "decided": 900, "decided_at": NOON - DAY, "volume": 4}
    return make.value_decision(item, **{**words, **more})


def short(item: ValuedItem, **more: Any) -> ValueDecision:
    """Decided, open to appeal, and dearer than what the pots hold."""
    return make.value_decision(item, state=ValueState.APPEAL, at=NOON, **{"volume": 4, **more})


def answer(decision: ValueDecision, by: User, *, consents: bool = True, why: str = WHY) -> ValueConsent:
    who = acting(by, decision.neighbourhood.municipality)
    return answer_guideline(decision=decision, consents=consents, reason=why, actor=who, at=NOON)


def answer_money(decision: ValueDecision, by: User, *, consents: bool = True, why: str = WHY) -> ValueConsent:
    who = acting(by, decision.neighbourhood.municipality)
    return answer_cover(decision=decision, consents=consents, reason=why, actor=who, at=NOON)


# --- Outside the guideline --------------------------------------------------------------------------------------------


def test_with_consent_the_value_is_open_to_appeal_from_that_moment(waiting: ValueDecision, ann: User) -> None:
    given = answer(waiting, ann)

    waiting.refresh_from_db()
    until = NOON + timedelta(days=waiting.policy.appeal_days)
    assert (waiting.state, waiting.appeals_until) == (ValueState.APPEAL, until)
    assert waiting.effective_on == day_of(until) + DAY
    assert (given.about, given.is_given, given.reason, given.given_by) == ("GUIDELINE", True, WHY, ann.person)


def test_a_later_day_that_was_asked_for_is_kept(reading: ValuedItem, ann: User) -> None:
    early, late = TODAY + DAY, TODAY + 60 * DAY
    decision = outside(reading, wanted_on=late)
    answer(decision, ann)
    assert decision.effective_on == late

    other = outside(make.item(reading.neighbourhood, "Tuinhulp"), wanted_on=early)
    answer(other, ann)
    assert other.effective_on == TODAY + 15 * DAY  # never before the time to appeal is over


def test_without_consent_the_decision_is_rejected_with_the_reason(waiting: ValueDecision, ann: User) -> None:
    answer(waiting, ann, consents=False, why=" Te ver van wat elders geldt. ")

    waiting.refresh_from_db()
    assert (waiting.state, waiting.appeals_until, waiting.effective_on) == (ValueState.REJECTED, None, None)
    assert waiting.consents.get().reason == "Te ver van wat elders geldt."


def test_an_answer_is_given_once(waiting: ValueDecision, ann: User) -> None:
    answer(waiting, ann)

    for consents in (True, False):
        with pytest.raises(MoveRefused):
            answer(waiting, ann, consents=consents)

    assert waiting.consents.count() == 1


@pytest.mark.parametrize("state", [ValueState.VOTING, ValueState.CONSULTATION, ValueState.APPEAL])
def test_only_what_waits_for_it_is_answered(reading: ValuedItem, ann: User, state: str) -> None:
    decision = make.value_decision(reading, state=state)

    with pytest.raises(MoveRefused):
        answer(decision, ann)

    assert not ValueConsent.objects.exists()


@pytest.mark.parametrize("why", ["", "   ", "a" * 1001])
def test_an_answer_has_reasons(waiting: ValueDecision, ann: User, why: str) -> None:
    with pytest.raises(AnswerNeedsReason):
        answer(waiting, ann, why=why)

    waiting.refresh_from_db()
    assert waiting.state == ValueState.AWAITING_CONSENT


def test_who_proposed_it_and_who_answered_read_of_it(reading: ValuedItem, ann: User, ben: User) -> None:
    decision = outside(reading, by=ben)

    answer(decision, ann, consents=False)

    line = AuditEntry.objects.get(event="value_decision.refuse_consent")
    about = AuditAbout.objects.filter(entry=line).values_list("party_id", flat=True)
    assert set(about) == {ann.person_id, ben.person_id}


# --- Who --------------------------------------------------------------------------------------------------------------


def refused(decision: ValueDecision, login: User, refusal: type[Refusal]) -> bool:
    """Whether somebody is refused so, and nothing has changed."""
    with pytest.raises(refusal):
        answer(decision, login)
    decision.refresh_from_db()
    return decision.state == ValueState.AWAITING_CONSENT and not decision.consents.exists()


def test_nobody_but_the_municipality_answers(
    waiting: ValueDecision, dijkstad: Party, ben: User, cas: User
) -> None:
    clara = person("Clara")
    mandate(person=clara, principal=dijkstad, role=Role.CLERK)

    for login in (ben, cas, clara):
        assert refused(waiting, login, NotAllowed)
    with pytest.raises(NotAllowed):
        answer_guideline(decision=waiting, consents=True, reason=WHY, actor=SYSTEM, at=NOON)


def test_a_board_member_does_not_answer_about_the_place_also_not_through_a_second_login(
    waiting: ValueDecision, molenwijk: Neighbourhood, ann: User
) -> None:
    resident(ann, molenwijk)
    seated(ann, molenwijk)

    assert refused(waiting, ann, OnItsBoard)
    assert refused(waiting, second_login(ann), OnItsBoard)


def test_a_board_member_of_another_place_answers(
    waiting: ValueDecision, sluiskade: Neighbourhood, ann: User
) -> None:
    resident(ann, sluiskade)
    seated(ann, sluiskade)

    answer(waiting, ann)

    assert waiting.state == ValueState.APPEAL


def test_who_proposed_it_does_not_answer(reading: ValuedItem, ann: User) -> None:
    decision = outside(reading, by=second_login(ann))

    assert refused(decision, ann, HasPart)


@pytest.mark.parametrize("how", ["office", "interest"])
def test_who_has_an_office_or_interest_in_an_organisation_concerned_does_not_answer(
    waiting: ValueDecision, reading: ValuedItem, sluiskade: Neighbourhood, club: Party, ann: User, how: str
) -> None:
    Indication.objects.create(
        item=reading,
        organisation=club,
        amount=1500,
        grounds="",
        language="nl",
        made_by=ann.person,
        made_at=NOON,
    )
    twin = second_login(ann)
    if how == "office":
        mandate(person=twin, principal=club, role=Role.ORGANISER)
    else:
        Interest.objects.create(
            person=twin.person, neighbourhood=sluiskade, text="Lid", party=club, from_on=TODAY - DAY
        )

    assert refused(waiting, ann, HasPart)


def test_an_indication_of_the_municipality_bars_nobody(
    waiting: ValueDecision, reading: ValuedItem, dijkstad: Party, ann: User
) -> None:
    Indication.objects.create(
        item=reading,
        organisation=dijkstad,
        amount=700,
        grounds="",
        language="nl",
        made_by=ann.person,
        made_at=NOON,
    )

    answer(waiting, ann)

    assert waiting.state == ValueState.APPEAL


# --- When the pots hold too little ------------------------------------------------------------------------------------


def test_the_municipality_may_agree_to_more_than_there_is(reading: ValuedItem, ann: User) -> None:
    decision = short(reading)

    given = answer_money(decision, ann)

    assert (given.about, given.is_given, decision.state) == ("COVER", True, ValueState.APPEAL)
    check_cover(decision, TODAY)
    assert AuditEntry.objects.get(event="value_decision.answer_cover").after == "yes"


def test_without_its_consent_the_value_waits_and_is_not_asked_again(
    reading: ValuedItem, dijkstad: Party, ann: User
) -> None:
    decision = short(reading)

    answer_money(decision, ann, consents=False)

    with pytest.raises(Refusal):
        check_cover(decision, TODAY)
    with pytest.raises(NothingAsked):
        answer_money(decision, ann, consents=False)
    assert decision.consents.get().is_given is False
    assert (matters_of(dijkstad, TODAY), waiting_count([dijkstad], TODAY)) == ([], 0)


def test_a_no_can_be_followed_by_a_yes_and_a_yes_by_nothing(reading: ValuedItem, ann: User) -> None:
    decision = short(reading)
    answer_money(decision, ann, consents=False, why="Nu niet.")

    answer_money(decision, ann, why="Er is een subsidie.")

    check_cover(decision, TODAY)
    for consents in (True, False):
        with pytest.raises(NothingAsked):
            answer_money(decision, ann, consents=consents)
    told = decision.consents.order_by("pk").values_list("is_given", "reason")
    assert list(told) == [(False, "Nu niet."), (True, "Er is een subsidie.")]


def test_nothing_is_asked_about_what_becomes_cheaper(reading: ValuedItem, dijkstad: Party, ann: User) -> None:
    make.worth(reading, 900)
    cheaper = short(reading)

    with pytest.raises(NothingAsked):
        answer_money(cheaper, ann)
    assert (matters_of(dijkstad, TODAY), waiting_count([dijkstad], TODAY)) == ([], 0)

    ValueDecision.objects.filter(pk=cheaper.pk).update(decided=901)
    assert waiting_count([dijkstad], TODAY) == 1


def test_counting_what_waits_costs_as_much_for_three_as_for_one(
    molenwijk: Neighbourhood, dijkstad: Party, waiting: ValueDecision, django_assert_num_queries: Any
) -> None:
    pot(molenwijk, amount=10_00)
    short(make.item(molenwijk, "Tuinhulp"))
    with django_assert_num_queries(4):
        assert waiting_count([dijkstad], TODAY) == 2
    for name in ("Koken", "Fietsen maken"):
        short(make.item(molenwijk, name))

    with django_assert_num_queries(4):
        assert waiting_count([dijkstad], TODAY) == 4


def test_it_is_asked_also_when_nobody_knows_what_it_costs(reading: ValuedItem, ann: User) -> None:
    decision = short(reading, volume=None)

    answer_money(decision, ann)

    check_cover(decision, TODAY)


def test_nothing_is_asked_when_the_pots_hold_enough_or_pay_nothing(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User
) -> None:
    pot(molenwijk, amount=500_00)
    covered = short(reading)
    sold = short(make.item(molenwijk, "Zaalhuur", kind=ItemKind.FEE))
    ending = short(make.item(molenwijk, "Tuinhulp"), is_ending=True)

    for decision in (covered, sold, ending):
        with pytest.raises(NothingAsked):
            answer_money(decision, ann)


def test_money_is_answered_by_the_same_people_for_the_same_reasons(
    reading: ValuedItem, molenwijk: Neighbourhood, ann: User, cas: User
) -> None:
    decision = short(reading)
    resident(ann, molenwijk)
    seated(ann, molenwijk)

    with pytest.raises(NotAllowed):
        answer_money(decision, cas)
    with pytest.raises(OnItsBoard):
        answer_money(decision, ann)
    with pytest.raises(MoveRefused):  # still being voted on
        dirk = person("Dirk")
        mandate(person=dirk, principal=molenwijk.municipality, role=Role.OWNER)
        answer_money(make.value_decision(make.item(molenwijk, "X"), state=ValueState.VOTING), dirk)


# --- The database -----------------------------------------------------------------------------------------------------


def test_the_database_refuses_an_answer_twice_one_without_reasons_and_a_change(
    waiting: ValueDecision, ann: User
) -> None:
    given = answer(waiting, ann)
    words: dict[str, Any] = {"decision": waiting, "given_by": ann.person, "at": NOON, "is_given": True}

    for about, reason in ((ConsentAbout.GUIDELINE, WHY), (ConsentAbout.COVER, "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            ValueConsent.objects.bulk_create([ValueConsent(about=about, reason=reason, **words)])
    with pytest.raises(DatabaseError), transaction.atomic():
        ValueConsent.objects.filter(pk=given.pk).update(is_given=False)

    assert waiting.consents.get().is_given is True
