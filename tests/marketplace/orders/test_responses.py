"""Answers to what is wanted: others name an amount, who asked picks one, and it is an order the other way round."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from core.refusals import Refusal
from core.states import MoveRefused
from ledger.kinds import Label, TransferKind
from ledger.operations import InsufficientFunds, KeyReused, transfer
from marketplace.models import Offer, OfferKind, Order, Reach, Response
from marketplace.operations.orders.answering import cancel
from marketplace.operations.orders.clock import watch_responses
from marketplace.operations.orders.deadlines import DELIVER_WITHIN
from marketplace.operations.orders.delivering import receive
from marketplace.operations.orders.placing import MayNotPay, OutsideReach, OwnOffer
from marketplace.operations.orders.settling import NothingSaid
from marketplace.operations.responses import (
    AlreadyResponded,
    ChosenAlready,
    NotWanted,
    choose,
    decline_response,
    respond,
    withdraw_response,
)
from marketplace.operations.standing import NoAccountHere
from marketplace.operations.terms import NotTheValue, PriceRefused
from marketplace.permissions import NotYourTrade
from marketplace.states import OfferState
from neighbourhoods.models import ItemKind
from people.models import Role, User
from people.operations.privacy import erase_person
from tests.factories import values
from tests.factories.market import Market, demand, supply
from tests.factories.people import mandate as office
from tests.factories.people import organisation
from tests.factories.residency import resident, second_login
from tests.factories.wallet import SYSTEM, fund, open_for
from tests.marketplace.orders.scene import AT, actor, answered, left, money, same_key


def picked(response: Response, by: User, **more: Any) -> Order:
    return choose(response=response, actor=actor(by), **{"key": uuid.uuid4(), "at": AT, **more})


def test_an_answer_reserves_nothing(there: Market) -> None:
    response = answered(there, demand(there), 4_50)

    assert (response.state, response.amount, response.responder) == ("OPEN", 4_50, there.ben.holder)
    assert money(there.ann) == (100_00, 0)
    line = AuditEntry.objects.get(event="response.respond")
    assert [row.party_id for row in line.about.all()] == [there.ben.holder.pk]


def test_who_asked_picks_one_and_it_is_an_accepted_order_the_other_way_round(there: Market) -> None:
    offer = demand(there, stock=1, terms={"euro": 1_00})
    response = answered(there, offer, 4_50)

    order = picked(response, there.ann_login)

    order.refresh_from_db()
    response.refresh_from_db()
    assert (order.buyer, order.seller, order.response) == (there.ann.holder, there.ben.holder, response)
    assert (order.state, order.due_at) == ("ACCEPTED", AT + DELIVER_WITHIN)
    assert (order.amount, order.euro, order.quantity) == (4_50, 1_00, 1)
    assert response.state == "CHOSEN"
    assert money(there.ann) == (100_00, 4_50)
    assert left(offer) == 0


def test_what_was_picked_is_delivered_and_paid_like_every_order(there: Market) -> None:
    order = picked(answered(there, demand(there)), there.ann_login)

    receive(order=order, actor=actor(there.ann_login), at=AT)

    assert (order.state, order.paid) == ("CONFIRMED", 4_00)
    assert money(there.ben) == (104_00, 0)


def test_a_job_is_paid_as_a_wage(there: Market) -> None:
    order = picked(answered(there, demand(there, kind=OfferKind.JOB)), there.ann_login)

    assert order.reservation.label == Label.WAGE


def test_the_same_form_twice_answers_once_and_picks_once(there: Market) -> None:
    offer = demand(there)
    words: dict[str, Any] = {
        "offer": offer, "responder": there.ben.holder, "text": "", "language": "en", "key": same_key("answer"),
        "actor": actor(there.ben_login), "at": AT,
    }  # fmt: skip

    response = respond(amount=4_00, **words)
    assert respond(amount=4_00, **words) == response
    with pytest.raises(KeyReused):
        respond(amount=5_00, **words)
    order = picked(response, there.ann_login, key=same_key("pick"))

    assert picked(response, there.ann_login, key=same_key("pick")) == order
    assert money(there.ann) == (100_00, 4_00)


def test_with_the_last_one_picked_the_others_are_told_no(there: Market) -> None:
    offer = demand(there, stock=1)
    first = answered(there, offer)
    other = answered(there, offer, by=with_account(there, there.cas_login))

    picked(first, there.ann_login)

    other.refresh_from_db()
    assert other.state == "DECLINED"
    assert AuditEntry.objects.get(event="response.decline").acted_by is None
    with pytest.raises(NotWanted):
        answered(there, offer, by=there.ben_login)


def test_as_long_as_more_are_wanted_more_can_be_picked(there: Market) -> None:
    offer = demand(there, stock=2)
    first = answered(there, offer)
    other = answered(there, offer, by=with_account(there, there.cas_login))

    picked(first, there.ann_login)
    picked(other, there.ann_login)

    assert left(offer) == 0
    assert money(there.ann) == (100_00, 8_00)


def with_account(there: Market, login: User) -> User:
    """They moved here, and have an account with the move."""
    resident(login, there.neighbourhood)
    return login


def test_no_more_are_picked_than_were_wanted(there: Market) -> None:
    offer = demand(there, stock=1)
    response = answered(there, offer)
    Offer.objects.filter(pk=offer.pk).update(stock=0)

    with pytest.raises(ChosenAlready):
        picked(response, there.ann_login)

    assert money(there.ann) == (100_00, 0)


def test_when_the_one_picked_gives_up_another_can_be_picked(there: Market) -> None:
    offer = demand(there, stock=1)
    order = picked(answered(there, offer), there.ann_login)

    cancel(order=order, reason="I am ill.", actor=actor(there.ben_login), at=AT)

    assert left(offer) == 1
    assert answered(there, offer).state == "OPEN"


def test_one_answers_once_also_through_a_second_login(there: Market) -> None:
    offer = demand(there)
    answered(there, offer)

    with pytest.raises(AlreadyResponded):
        answered(there, offer, 3_00)
    with pytest.raises(AlreadyResponded):
        answered(there, offer, 3_00, by=second_login(there.ben_login))
    with pytest.raises(IntegrityError), transaction.atomic():
        row = Response.objects.get()
        row.pk, row.key, row.ref = None, uuid.uuid4(), uuid.uuid4()
        row.save()


def test_who_took_an_answer_back_can_answer_anew(there: Market) -> None:
    offer = demand(there)
    response = answered(there, offer)

    withdraw_response(response=response, actor=actor(there.ben_login), at=AT)

    assert answered(there, offer, 3_00).amount == 3_00
    with pytest.raises(MoveRefused):
        picked(response, there.ann_login)


def test_who_asked_says_no(there: Market) -> None:
    response = answered(there, demand(there))

    with pytest.raises(NotYourTrade):
        decline_response(response=response, actor=actor(there.ben_login), at=AT)
    decline_response(response=response, actor=actor(there.ann_login), at=AT)

    assert response.state == "DECLINED"
    with pytest.raises(NotYourTrade):
        withdraw_response(response=response, actor=actor(there.ann_login), at=AT)


@pytest.mark.parametrize("amount", [0, -1, 10**12])
def test_an_answer_names_an_amount(there: Market, amount: int) -> None:
    with pytest.raises(PriceRefused):
        answered(there, demand(there), amount)


def test_an_answer_is_no_letter(there: Market) -> None:
    with pytest.raises(NothingSaid):
        respond(
            offer=demand(there), responder=there.ben.holder, amount=1, text="x" * 1001, language="en",
            key=uuid.uuid4(), actor=actor(there.ben_login), at=AT,
        )  # fmt: skip


def test_a_value_in_force_holds_for_answers_when_given_and_when_picked(there: Market) -> None:
    reading = values.item(there.neighbourhood, kind=ItemKind.ACTIVITY, unit="HOUR")
    offer = demand(there, terms={"item": reading, "unit": "HOUR"})
    response = answered(there, offer, 4_00)
    values.worth(reading, 5_00, on=date(2026, 11, 1))

    with pytest.raises(NotTheValue):
        picked(response, there.ann_login)
    withdraw_response(response=response, actor=actor(there.ben_login), at=AT)
    with pytest.raises(NotTheValue):
        answered(there, offer, 4_00)

    assert picked(answered(there, offer, 5_00), there.ann_login).amount == 5_00


def test_what_is_offered_is_not_answered(there: Market) -> None:
    with pytest.raises(NotWanted):
        answered(there, supply(there))


@pytest.mark.parametrize("state", [OfferState.SUBMITTED, OfferState.PAUSED, OfferState.ENDED])
def test_what_is_not_on_the_market_is_not_answered(there: Market, state: str) -> None:
    with pytest.raises(NotWanted):
        answered(there, demand(there, state=state))


def test_who_asked_can_still_pick_after_the_last_day_but_not_what_the_board_took_off(there: Market) -> None:
    offer = demand(there, terms={"until_on": AT.date()})
    first = answered(there, offer)
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.PAUSED, paused_by_board=True)

    with pytest.raises(NotWanted):
        picked(first, there.ann_login)
    Offer.objects.filter(pk=offer.pk).update(paused_by_board=False)

    assert picked(first, there.ann_login, at=AT + timedelta(days=1)).state == "ACCEPTED"


def test_nobody_answers_themself_their_household_or_whom_they_work_for(there: Market) -> None:
    with pytest.raises(OwnOffer):
        answered(there, demand(there), by=there.ann_login)
    with pytest.raises(OwnOffer):
        answered(there, demand(there), by=second_login(there.ann_login))
    with pytest.raises(OwnOffer):
        answered(there, demand(there, by=there.shop.holder), by=with_account(there, there.sjoerd))


def test_a_board_member_does_not_pick_their_own_answer_to_the_neighbourhood(there: Market) -> None:
    board = there.neighbourhood.party
    fund(there.place, open_for(there.neighbourhood, board), 50_00)
    for one in (there.bea, there.bob):
        office(person=one, principal=board, role=Role.FINANCE)
    response = answered(there, demand(there, by=board), by=with_account(there, there.bea))

    with pytest.raises(OwnOffer):
        picked(response, there.bea)

    assert picked(response, there.bob).seller == there.bea.person


def test_a_board_member_without_an_office_over_money_does_not_spend_it(there: Market) -> None:
    board = there.neighbourhood.party
    fund(there.place, open_for(there.neighbourhood, board), 50_00)
    response = answered(there, demand(there, by=board))

    with pytest.raises(MayNotPay):
        picked(response, there.bea)


def test_who_lives_elsewhere_or_has_no_account_does_not_answer(there: Market) -> None:
    with pytest.raises(OutsideReach):
        answered(there, demand(there), by=there.cas_login)
    with pytest.raises(NoAccountHere):
        answered(there, demand(there, terms={"reach": Reach.ANYWHERE}), by=there.cas_login)


def test_an_organisation_that_was_let_in_answers(there: Market) -> None:
    response = respond(
        offer=demand(there), responder=there.shop.holder, amount=9_00, text="", language="nl", key=uuid.uuid4(),
        actor=actor(there.sjoerd), at=AT,
    )  # fmt: skip

    assert (response.responder, response.made_by) == (there.shop.holder, there.sjoerd.person)


def test_nobody_answers_for_another_nor_picks_for_another(there: Market) -> None:
    offer = demand(there)

    with pytest.raises(NotYourTrade):
        respond(
            offer=offer, responder=there.shop.holder, amount=9_00, text="", language="nl", key=uuid.uuid4(),
            actor=actor(there.ben_login), at=AT,
        )  # fmt: skip
    with pytest.raises(NotYourTrade):
        picked(answered(there, offer), there.ben_login)


def test_without_enough_coins_nothing_is_picked(there: Market) -> None:
    offer = demand(there, stock=1)
    response = answered(there, offer, 100_01)

    with pytest.raises(InsufficientFunds):
        picked(response, there.ann_login)

    response.refresh_from_db()
    assert response.state == "OPEN"
    assert left(offer) == 1


def test_what_was_answered_is_never_changed(there: Market) -> None:
    response = answered(there, demand(there))

    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(amount=1)
    assert organisation("Other").pk != response.responder_id


def test_answers_to_what_ended_are_told_no_by_the_clock(there: Market) -> None:
    over, running = demand(there, state=OfferState.PUBLISHED), demand(there)
    waiting, other = answered(there, over), answered(there, running)
    Offer.objects.filter(pk=over.pk).update(state=OfferState.ENDED)

    assert watch_responses(AT) == 1
    assert watch_responses(AT) == 0

    waiting.refresh_from_db()
    other.refresh_from_db()
    assert (waiting.state, other.state) == ("DECLINED", "OPEN")


def test_who_is_forgotten_waits_for_no_answer_and_their_words_go(there: Market) -> None:
    response = answered(there, demand(there))
    spend_all(there)

    erase_person(person=there.ben.holder, actor=actor(there.ben_login), at=AT)

    response.refresh_from_db()
    assert (response.state, response.text) == ("WITHDRAWN", "")


def test_nobody_is_forgotten_while_an_order_of_theirs_runs(there: Market) -> None:
    picked(answered(there, demand(there)), there.ann_login)
    spend_all(there)

    with pytest.raises(Refusal) as refused:
        erase_person(person=there.ben.holder, actor=actor(there.ben_login), at=AT)

    assert refused.value.code == "coins_left"


def spend_all(there: Market) -> None:
    transfer(
        payer=there.ben, payee=there.shop, amount=100_00, kind=TransferKind.PAYMENT, key=same_key("spent"),
        actor=SYSTEM, at=AT,
    )  # fmt: skip
