"""Each deed is told to the other side, in their own language, without amounts and without what was said."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from marketplace.operations.orders import answering, delivering, disputes, messages, references, refunds
from marketplace.operations.orders.clock import watch_orders
from marketplace.operations.orders.placing import SoldOut
from marketplace.operations.responses import choose, decline_response
from people.models import PartyKind, Role, User
from tests.factories.market import AT, Market, demand, supply
from tests.factories.people import actor, mandate, organisation
from tests.factories.residency import second_login
from tests.factories.wallet import fund, open_for
from tests.marketplace.orders.scene import (
    accepted,
    answered,
    confirmed,
    delivered,
    disputed,
    placed,
)


def told() -> list[tuple[str, str]]:
    """Who got a mail about what since the last time, by address."""
    found = sorted((one.to[0].split("@")[0], one.subject.split(":")[0]) for one in mail.outbox)
    mail.outbox.clear()
    return found


def by(login: User) -> dict[str, Any]:
    return {"actor": actor(login), "at": AT}


@pytest.fixture(autouse=True)
def _in_english(there: Market) -> None:
    """Everybody here reads English, but for whom a test says otherwise."""
    for login in User.objects.select_related("person__person_details"):
        login.person.person_details.language = "en"
        login.person.person_details.save()


def test_the_seller_hears_of_an_order_and_the_buyer_of_the_answer(there: Market) -> None:
    order = placed(there)
    assert told() == [("sjoerd", "Ordered")]

    answering.accept(order=order, **by(there.sjoerd))
    assert told() == [("ann", "Accepted")]

    delivering.deliver(order=order, **by(there.sjoerd))
    assert told() == [("ann", "Delivered")]

    delivering.confirm(order=order, **by(there.ann_login))
    assert told() == [("sjoerd", "Paid")]

    refunds.refund(order=order, amount=1_00, reason="Sorry.", **by(there.sjoerd))
    assert told() == [("ann", "Paid back")]


def test_who_does_it_themself_is_not_told(there: Market) -> None:
    order = accepted(there)
    told()

    delivering.receive(order=order, **by(there.ann_login))

    assert told() == [("sjoerd", "Paid")]


def test_a_no_and_a_taking_back_are_told_to_the_other_side(there: Market) -> None:
    first, second, third = placed(there), placed(there), accepted(there)
    told()

    answering.decline(order=first, reason="I am ill.", **by(there.sjoerd))
    assert told() == [("ann", "Declined")]

    answering.cancel(order=second, reason="", **by(there.ann_login))
    assert told() == [("sjoerd", "Cancelled")]

    answering.cancel(order=third, reason="No time.", **by(there.sjoerd))
    assert told() == [("ann", "Cancelled")]


def test_both_hear_when_the_time_for_it_has_passed(there: Market) -> None:
    placed(there)
    told()

    watch_orders(AT + timedelta(days=8))

    assert told() == [("ann", "Ran out of time"), ("sjoerd", "Ran out of time")]


def test_a_disagreement_is_told_to_the_board_but_not_to_who_has_an_interest(there: Market) -> None:
    mandate(person=there.bob, principal=there.shop.holder, role=Role.EDITOR)
    order = delivered(there)
    told()

    disputes.dispute(order=order, text="It is flat again.", language="en", **by(there.ann_login))
    assert told() == [
        ("bea", "Something is wrong"), ("sjoerd", "Something is wrong"), ("tom", "Something is wrong"),
    ]  # fmt: skip

    disputes.mediate(order=order, **by(there.bea))
    assert told() == [("ann", "Somebody of the board listens"), ("sjoerd", "Somebody of the board listens")]

    disputes.resolve(order=order, awarded=0, ruling="Clear.", **by(there.bea))
    assert told() == [("ann", "Settled"), ("sjoerd", "Settled")]


def test_a_message_goes_to_the_other_side_and_to_the_mediator_of_a_disagreement(there: Market) -> None:
    order = disputed(there)
    disputes.mediate(order=order, **by(there.bea))
    told()

    def say(side: str, login: User) -> None:
        messages.say(order=order, side=side, text="Secret.", language="en", key=uuid.uuid4(), **by(login))

    say("buyer", there.ann_login)
    assert "Secret." not in mail.outbox[0].body
    assert told() == [("bea", "A message about"), ("sjoerd", "A message about")]
    say("seller", there.sjoerd)
    assert told() == [("ann", "A message about"), ("bea", "A message about")]
    say("mediator", there.bea)
    assert told() == [("ann", "A message about"), ("sjoerd", "A message about")]


def test_words_about_somebody_are_told_to_them(there: Market) -> None:
    order = confirmed(there)
    told()

    references.refer(order=order, text="Neat.", language="en", key=uuid.uuid4(), **by(there.ann_login))

    assert told() == [("sjoerd", "Words about you")]


def test_who_asked_hears_of_an_answer_and_who_answered_of_the_choice_once(there: Market) -> None:
    one, other = answered(there, demand(there)), answered(there, demand(there))
    assert told() == [("ann", "An answer to"), ("ann", "An answer to")]

    order = choose(response=one, key=uuid.uuid4(), **by(there.ann_login))
    assert str(order.ref) in mail.outbox[0].body
    assert told() == [("ben", "You were chosen")]

    decline_response(response=other, **by(there.ann_login))
    assert told() == [("ben", "Not this time")]


def test_what_is_bought_ahead_is_told_to_the_seller_as_that_and_to_nobody_else(there: Market) -> None:
    placed(there, offer=supply(there, terms={"is_voucher": True, "voucher_days": 90, "uses": 10}))

    assert told() == [("sjoerd", "Bought ahead")]


def test_a_household_hears_it_but_not_who_did_it_under_whatever_login(there: Market) -> None:
    home = organisation("Home", kind=PartyKind.HOUSEHOLD)
    fund(there.place, open_for(there.neighbourhood, home), 50_00)
    for login in (there.ann_login, there.ben_login):
        mandate(person=login, principal=home, role=Role.OWNER)
    second_login(there.ann_login)
    order = placed(there, buyer=home)
    told()

    answering.cancel(order=order, reason="", actor=actor(there.ann_login, principal=home), at=AT)

    assert told() == [("ben", "Cancelled"), ("sjoerd", "Cancelled")]


def test_a_mail_is_in_the_language_of_its_reader_and_tells_no_amount_and_no_name(there: Market) -> None:
    details = there.sjoerd.person.person_details
    details.language = "nl"
    details.save()

    order = placed(there, offer=supply(there, "Band plakken", 12_50))

    letter = mail.outbox[0]
    assert f"/nl/market/orders/{order.ref}/" in letter.body
    assert "Band plakken" in letter.subject
    assert not re.search(r"12[.,]50|Ann", f"{letter.subject} {letter.body}")


def test_who_left_gets_no_mail(there: Market) -> None:
    User.objects.filter(pk=there.sjoerd.pk).update(is_active=False)

    placed(there)

    assert told() == []


def test_an_order_that_is_refused_tells_nobody(there: Market) -> None:
    with pytest.raises(SoldOut):
        placed(there, offer=supply(there, stock=0))

    assert told() == []
