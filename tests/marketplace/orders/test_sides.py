"""Whose an order is, what each side can do with it, and what lists of orders cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from core.clock import day_of
from core.states import MoveRefused
from marketplace.models import Order
from marketplace.operations.orders.answering import accept, cancel, decline
from marketplace.operations.orders.delivering import confirm, deliver, receive
from marketplace.operations.orders.disputes import dispute, give_in, mediate, resolve
from marketplace.operations.orders.refunds import refund
from marketplace.permissions import NotYourTrade
from marketplace.queries.offers import text_of
from marketplace.queries.orders import CLOSED, OPEN, disputes_in, order_at, orders_of, waiting_for
from marketplace.queries.responses import response_at, responses_of, responses_to
from marketplace.sides import DEEDS, Side, deeds_of, side_of
from marketplace.states import ORDER, ResponseState
from neighbourhoods.operations.meetings.doors import BoardOnly
from people.models import PartyKind, Role, User
from tests.factories.market import Market, demand, market, supply
from tests.factories.people import mandate as office
from tests.factories.people import organisation
from tests.factories.residency import resident, second_login
from tests.marketplace.orders.scene import (
    AT,
    accepted,
    actor,
    answered,
    confirmed,
    delivered,
    disputed,
    placed,
)

ON = day_of(AT)


@pytest.mark.parametrize(
    ("login", "side"),
    [("ann_login", "buyer"), ("sjoerd", "seller"), ("ben_login", None), ("cas_login", None), ("bea", None)],
)
def test_an_order_is_of_its_two_sides_and_of_nobody_else(there: Market, login: str, side: str | None) -> None:
    assert side_of(placed(there), getattr(there, login).person, ON) == side


def test_a_disagreement_is_the_boards_too_as_long_as_it_lasts(there: Market) -> None:
    order = disputed(there)

    assert side_of(order, there.bea.person, ON) == Side.MEDIATOR
    resolve(order=order, awarded=0, ruling="So be it.", actor=actor(there.bea), at=AT)

    assert side_of(order, there.bea.person, ON) == Side.MEDIATOR  # who ruled can read it again
    assert side_of(order, there.bob.person, ON) is None


def test_when_the_buyer_is_content_after_all_the_board_sees_nothing_any_more(there: Market) -> None:
    order = disputed(there)
    confirm(order=order, actor=actor(there.ann_login), at=AT)

    assert side_of(order, there.bea.person, ON) is None


def test_the_board_of_another_neighbourhood_sees_nothing(there: Market) -> None:
    other = market("Zuidwijk", "NL02ABNA0123456789")

    assert side_of(disputed(there), other.bea.person, ON) is None


def test_a_second_login_a_helper_and_a_member_of_the_household_are_on_the_side(there: Market) -> None:
    home = organisation("Household", kind=PartyKind.HOUSEHOLD)
    office(person=there.ben_login, principal=home, role=Role.MEMBER)
    order = placed(there)

    assert side_of(order, second_login(there.ann_login).person, ON) == Side.BUYER
    assert side_of(order, there.ben_login.person, ON) is None
    office(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER)

    assert side_of(order, there.ben_login.person, ON) == Side.BUYER


STEPS: list[Callable[..., Order]] = [placed, accepted, delivered, disputed, confirmed]
TRIES: dict[str, Callable[..., object]] = {
    "accept": accept, "decline": decline, "cancel": cancel, "receive": receive, "deliver": deliver,
    "confirm": confirm, "dispute": dispute, "give_in": give_in, "mediate": mediate, "resolve": resolve,
    "refund": refund,
}  # fmt: skip
WORDS: dict[str, dict[str, Any]] = {
    "decline": {"reason": "No."}, "cancel": {"reason": "No."}, "dispute": {"text": "No.", "language": "en"},
    "resolve": {"awarded": 0, "ruling": "So."}, "refund": {"amount": 1, "reason": "So."},
}  # fmt: skip
WHO = {Side.BUYER: "ann_login", Side.SELLER: "sjoerd", Side.MEDIATOR: "bea"}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("side", list(Side))
def test_what_the_table_says_can_be_done_can_be_done_and_nothing_else(
    there: Market, side: Side, step: Callable[..., Order]
) -> None:
    order = step(there)
    login = getattr(there, WHO[side])

    done = {deed for deed in TRIES if is_done(deed, order.pk, login)}

    assert done == deeds_of(order, side) - {"refer"}


def is_done(deed: str, number: int, login: User) -> bool:
    """Whether it can be done; it is undone again."""
    order = Order.objects.get(pk=number)
    with transaction.atomic():
        try:
            TRIES[deed](order=order, actor=actor(login), at=AT, **WORDS.get(deed, {}))
        except (MoveRefused, NotYourTrade, BoardOnly):
            return False
        transaction.set_rollback(True)
    return True


def test_every_deed_of_the_table_is_in_a_state_that_orders_know() -> None:
    assert {state for state, _side in DEEDS} <= ORDER.states
    assert ORDER.states == OPEN | CLOSED


def test_an_order_is_found_by_its_address_alone(there: Market) -> None:
    order = placed(there)

    assert order_at(order.ref) == order
    assert order_at(type(order.ref)(int=order.pk)) is None


def test_what_was_bought_and_sold_is_listed_under_every_number_of_a_person(there: Market) -> None:
    twin = second_login(there.ann_login)
    first, second = placed(there), placed(there, by=twin)
    confirmed(there)

    assert set(orders_of(twin.person, "buyer", ["PLACED"])) == {first, second}
    assert orders_of(there.shop.holder, "seller").count() == 3
    assert orders_of(there.ann.holder, "seller").count() == 0
    with pytest.raises(ValueError, match="mediator"):
        orders_of(there.ann.holder, "mediator")


def test_what_waits_is_listed_by_the_time_that_is_left(there: Market) -> None:
    on_the_way, new, to_confirm = accepted(there), placed(there), delivered(there)

    assert list(waiting_for(there.shop.holder, "seller")) == [new, on_the_way]
    assert list(waiting_for(there.ann.holder, "buyer")) == [to_confirm]


def test_the_board_sees_the_disagreements_of_its_own_neighbourhood(there: Market) -> None:
    order = disputed(there)
    other = market("Zuidwijk", "NL02ABNA0123456789")

    assert list(disputes_in(there.neighbourhood)) == [order]
    assert list(disputes_in(other.neighbourhood)) == []


def test_answers_are_found_by_address_by_offer_and_by_who_answered(there: Market) -> None:
    offer = demand(there)
    response = answered(there, offer)

    assert response_at(response.ref) == response
    assert list(responses_to(offer, ["OPEN"])) == [response]
    assert list(responses_of(there.ben.holder)) == [response]
    assert list(responses_of(there.ben.holder, [ResponseState.OPEN])) == [response]
    assert list(responses_of(there.ann.holder, [ResponseState.OPEN])) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_orders_costs_two_queries_however_long(
    there: Market, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        placed(there, offer=supply(there, f"Offer {number}"))
    ann = there.ann.holder

    with django_assert_num_queries(2):
        said = [(text_of(one.offer).title, *what_a_list_reads(one)) for one in orders_of(ann, "buyer")]

    assert len(said) == rows


def what_a_list_reads(order: Order) -> tuple[object, ...]:
    return (
        order.seller.display_name, order.buyer.display_name, order.offer.neighbourhood.coin.name_plural,
        order.reservation.expires_at, order.placed_by.display_name, order.terms.unit,
        deeds_of(order, Side.BUYER),
    )  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_answers_costs_two_queries_however_long(
    there: Market, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    offer = demand(there)
    for login in (there.ben_login, there.bea, there.bob)[:rows]:
        if login is not there.ben_login:
            resident(login, there.neighbourhood)
        answered(there, offer, by=login)

    with django_assert_num_queries(2):
        said = [(one.responder.display_name, text_of(one.offer).title) for one in responses_to(offer)]

    assert len(said) == rows
