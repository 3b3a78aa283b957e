"""A disagreement with the neighbourhood itself: its board is a side, so the appeals panel of the municipality settles
it, and a board that buys gains nothing by waiting."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from core.refusals import Refusal
from marketplace.models import Dispute, Offer, Order
from marketplace.operations.orders.answering import accept
from marketplace.operations.orders.clock import watch_orders
from marketplace.operations.orders.deadlines import RULE_WITHIN
from marketplace.operations.orders.delivering import deliver
from marketplace.operations.orders.disputes import ForMunicipality, HasMediator, dispute, mediate, resolve
from marketplace.operations.orders.messages import say
from marketplace.operations.orders.placing import place
from marketplace.queries.moderation import numbers_in
from marketplace.queries.orders import disputes_before
from marketplace.sides import Side, side_of
from people.models import Mandate, Party, Role, User
from tests.factories.market import Market, supply
from tests.factories.people import mandate as office
from tests.factories.people import person
from tests.factories.residency import second_login
from tests.factories.wallet import fund, open_for
from tests.marketplace.orders.scene import AT, actor, disputed, money

TODAY = AT.date()
Made = Callable[[Market], Order]


@pytest.fixture
def pia(there: Market) -> User:
    """Sits on the appeals panel."""
    login = person("Pia", email="pia@example.org")
    office(person=login, principal=there.neighbourhood.municipality, role=Role.APPEALS)
    return login


def bought_by_board(there: Market) -> Order:
    """Bea ordered for the neighbourhood, the shop delivered, and Bea says that something is wrong."""
    party = there.neighbourhood.party
    fund(there.place, open_for(there.neighbourhood, party), 100_00)
    office(person=there.bea, principal=party, role=Role.FINANCE)
    return _disagreed(supply(there), party, there.bea, there.sjoerd)


def sold_by_board(there: Market) -> Order:
    """Ann ordered from the neighbourhood, for which Bea delivered, and Ann says that something is wrong."""
    party = there.neighbourhood.party
    open_for(there.neighbourhood, party)
    return _disagreed(supply(there, by=party), there.ann.holder, there.ann_login, there.bea)


def _disagreed(offer: Offer, buyer: Party, by: User, seller: User) -> Order:
    order = place(offer=offer, quantity=1, buyer=buyer, key=uuid.uuid4(), actor=actor(by), at=AT)
    accept(order=order, actor=actor(seller), at=AT)
    deliver(order=order, actor=actor(seller), at=AT)
    dispute(order=order, text="It leaks.", language="en", actor=actor(by), at=AT)
    return order


BOTH = pytest.mark.parametrize("made", [bought_by_board, sold_by_board])


@BOTH
def test_no_member_of_the_board_settles_what_the_neighbourhood_bought_or_sold(
    there: Market, made: Made
) -> None:
    order = made(there)

    for login in (there.bea, there.bob, second_login(there.bob)):
        with pytest.raises(ForMunicipality):
            mediate(order=order, actor=actor(login), at=AT)
        with pytest.raises(ForMunicipality):
            resolve(order=order, awarded=0, ruling="We win.", actor=actor(login), at=AT)

    assert Dispute.objects.get(order=order).ruled_at is None


@BOTH
def test_somebody_of_the_appeals_panel_settles_it(there: Market, pia: User, made: Made) -> None:
    order = made(there)

    mediate(order=order, actor=actor(pia), at=AT)
    resolve(order=order, awarded=5_00, ruling="Both are a little right.", actor=actor(pia), at=AT)

    order.refresh_from_db()
    assert (order.state, order.paid, order.dispute.mediator) == ("RESOLVED", 5_00, pia.person)


@pytest.mark.parametrize("role", [Role.OWNER, Role.ORGANISER, Role.CLERK])
def test_another_office_of_the_municipality_settles_nothing(there: Market, role: str) -> None:
    order, login = sold_by_board(there), person("Omar", email="omar@example.org")
    office(person=login, principal=there.neighbourhood.municipality, role=role)

    with pytest.raises(ForMunicipality):
        resolve(order=order, awarded=0, ruling="So be it.", actor=actor(login), at=AT)


def test_who_is_on_the_panel_and_on_the_board_or_near_the_other_side_leaves_it_to_others(
    there: Market, pia: User
) -> None:
    order = sold_by_board(there)
    office(person=there.bob, principal=there.neighbourhood.municipality, role=Role.APPEALS)
    office(person=pia, principal=there.ann.holder, role=Role.HELPER)

    for login in (there.bob, pia):
        with pytest.raises(ForMunicipality):
            resolve(order=order, awarded=0, ruling="So be it.", actor=actor(login), at=AT)


def test_the_panel_settles_nothing_between_two_others(there: Market, pia: User) -> None:
    order = disputed(there)

    assert side_of(order, pia.person, TODAY) is None
    with pytest.raises(Refusal, match="board"):
        resolve(order=order, awarded=0, ruling="So be it.", actor=actor(pia), at=AT)


def test_one_of_the_panel_settles_it_and_another_takes_over_from_who_left(there: Market, pia: User) -> None:
    order, other = sold_by_board(there), person("Quinten", email="quinten@example.org")
    office(person=other, principal=there.neighbourhood.municipality, role=Role.APPEALS)
    mediate(order=order, actor=actor(pia), at=AT)

    with pytest.raises(HasMediator):
        mediate(order=order, actor=actor(other), at=AT)
    Mandate.objects.filter(person=pia.person, role=Role.APPEALS).delete()
    mediate(order=order, actor=actor(other), at=AT)

    assert Dispute.objects.get(order=order).mediator == other.person


def test_a_board_that_buys_gains_nothing_by_waiting(there: Market) -> None:
    order = bought_by_board(there)

    watch_orders(AT + RULE_WITHIN)

    order.refresh_from_db()
    assert (order.state, order.paid) == ("RESOLVED", 12_50)
    assert order.dispute.ruling == "The appeals panel did not rule within 30 days. The seller is paid."
    assert money(there.shop) == (12_50, 0)


def test_what_the_board_sold_goes_back_when_nobody_settles_it(there: Market) -> None:
    order = sold_by_board(there)

    watch_orders(AT + RULE_WITHIN)

    order.refresh_from_db()
    assert (order.state, order.paid) == ("RESOLVED", 0)
    assert order.dispute.ruling.startswith("The appeals panel did not rule")
    assert money(there.ann) == (100_00, 0)


def test_the_panel_writes_in_the_name_of_the_municipality_and_not_of_a_side(there: Market, pia: User) -> None:
    order = sold_by_board(there)

    said = say(
        order=order, side=Side.MEDIATOR, text="I come and look.", language="en", key=uuid.uuid4(),
        actor=actor(pia), at=AT,
    )  # fmt: skip

    assert (said.author, said.side) == (pia.person, there.neighbourhood.municipality)


def test_it_waits_for_the_panel_and_not_for_the_board(there: Market) -> None:
    order, between_others = sold_by_board(there), disputed(there)

    assert list(disputes_before([there.neighbourhood.municipality])) == [order]
    assert list(disputes_before([there.shop.holder])) == []
    assert numbers_in(there.neighbourhood).disputes == 1
    assert between_others.state == "DISPUTED"
