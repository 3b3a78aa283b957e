"""Messages about an order: between the two sides, and with the mediator while they disagree."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from core.refusals import NotAllowed
from ledger.operations import KeyReused
from marketplace.models import Order, OrderMessage
from marketplace.operations.orders.messages import say
from marketplace.operations.orders.settling import NothingSaid
from marketplace.permissions import NotYourTrade
from marketplace.queries.orders import messages_of
from people.models import Role, User
from tests.factories.market import Market
from tests.factories.people import mandate as office
from tests.marketplace.orders.scene import AT, actor, disputed, placed, same_key


def told(order: Order, by: User, side: str, text: str = "When can I come?", **more: Any) -> OrderMessage:
    words = {"language": "en", "key": uuid.uuid4(), "at": AT, **more}
    return say(order=order, side=side, text=text, actor=actor(by), **words)


def test_both_sides_write_and_read_in_the_order_of_writing(there: Market) -> None:
    order = placed(there)

    told(order, there.ann_login, "buyer")
    told(order, there.sjoerd, "seller", "<b>Tomorrow</b>", at=AT + timedelta(minutes=1))

    assert [(one.author, one.side, one.text) for one in messages_of(order)] == [
        (there.ann.holder, there.ann.holder, "When can I come?"),
        (there.sjoerd.person, there.shop.holder, "<b>Tomorrow</b>"),
    ]


def test_a_message_sent_twice_is_said_once(there: Market) -> None:
    order = placed(there)

    first = told(order, there.ann_login, "buyer", key=same_key("form"))
    again = told(order, there.ann_login, "buyer", key=same_key("form"))

    assert first == again
    with pytest.raises(KeyReused):
        told(order, there.ann_login, "buyer", "Something else", key=same_key("form"))


@pytest.mark.parametrize("login", ["ben_login", "cas_login", "bea"])
@pytest.mark.parametrize("side", ["buyer", "seller", "mediator"])
def test_nobody_else_writes(there: Market, login: str, side: str) -> None:
    with pytest.raises(NotAllowed if side == "mediator" else NotYourTrade):
        told(placed(there), getattr(there, login), side)


def test_nobody_writes_in_the_name_of_the_other_side(there: Market) -> None:
    order = placed(there)

    with pytest.raises(NotYourTrade):
        told(order, there.ann_login, "seller")
    with pytest.raises(NotYourTrade):
        told(order, there.sjoerd, "buyer")


def test_the_board_writes_in_the_name_of_the_neighbourhood_while_they_disagree(there: Market) -> None:
    message = told(disputed(there), there.bea, "mediator", "Send me a photo.")

    assert (message.author, message.side) == (there.bea.person, there.neighbourhood.party)


def test_a_board_member_of_the_shop_does_not_write_for_the_board(there: Market) -> None:
    office(person=there.bea, principal=there.shop.holder, role=Role.EDITOR)

    with pytest.raises(NotAllowed):
        told(disputed(there), there.bea, "mediator")


@pytest.mark.parametrize("text", ["", " \n", "x" * 1001])
def test_a_message_has_words_and_not_too_many(there: Market, text: str) -> None:
    with pytest.raises(NothingSaid, match="1000"):
        told(placed(there), there.ann_login, "buyer", text)
