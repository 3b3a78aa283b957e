"""Ordering: the coins are reserved and the pieces set apart, or nothing happened and a sentence says why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from ledger.kinds import Label, TransferKind
from ledger.operations import InsufficientFunds, KeyReused, LimitExceeded, block_account, set_limit
from marketplace.models import Admission, Offer, OfferKind, Order, Reach
from marketplace.operations.orders.deadlines import ACCEPT_WITHIN, RESERVED_FOR
from marketplace.operations.orders.placing import (
    CannotBePaid,
    NotEnoughLeft,
    NotForSale,
    NotSoMany,
    SoldOut,
    TermsChanged,
)
from marketplace.operations.standing import NoAccountHere
from marketplace.operations.terms import NotTheValue, OutsideValue
from marketplace.states import OfferState
from neighbourhoods.models import ItemKind
from people.models import PartyKind
from tests.factories import values
from tests.factories.market import Market, demand, supply
from tests.factories.wallet import SYSTEM
from tests.marketplace.orders.scene import AT, PRICE, actor, left, money, placed, same_key


def test_an_order_reserves_the_coins_and_sets_the_pieces_apart(there: Market) -> None:
    offer = supply(there, price=PRICE, stock=5, terms={"euro": 1_00})

    order = placed(there, 2, offer=offer)

    assert (order.state, order.amount, order.euro, order.quantity) == ("PLACED", 25_00, 2_00, 2)
    assert (order.buyer, order.seller) == (there.ann.holder, there.shop.holder)
    assert order.due_at == AT + ACCEPT_WITHIN
    assert order.reservation.expires_at == AT + RESERVED_FOR
    assert money(there.ann) == (100_00, 25_00)
    assert money(there.shop) == (0, 0)
    assert left(offer) == 3


def test_an_order_is_written_down_for_both_sides(there: Market) -> None:
    order = placed(there)

    line = AuditEntry.objects.get(event="order.place")
    assert (line.subject_id, line.after) == (str(order.pk), "PLACED")
    assert {row.party_id for row in line.about.all()} == {order.buyer_id, order.seller_id}


def test_what_is_without_end_stays_without_end(there: Market) -> None:
    offer = supply(there, stock=None)

    placed(there, 3, offer=offer)

    assert left(offer) is None


@pytest.mark.parametrize(
    ("kind", "booked_as", "label"),
    [
        (OfferKind.GOOD, TransferKind.PAYMENT, Label.SALE),
        (OfferKind.MUNICIPAL, TransferKind.SERVICE, Label.SALE),
        (OfferKind.JOB, TransferKind.PAYMENT, Label.WAGE),
    ],
)
def test_the_kind_says_what_it_is_in_law(there: Market, kind: str, booked_as: str, label: str) -> None:
    order = placed(there, offer=supply(there, kind=kind))

    assert (order.reservation.kind, order.reservation.label) == (booked_as, label)


def test_the_same_form_twice_orders_once(there: Market) -> None:
    offer = supply(there, stock=5)

    first = placed(there, 2, offer=offer, key=same_key("form"))
    again = placed(there, 2, offer=offer, key=same_key("form"))

    assert first == again
    assert left(offer) == 3
    assert money(there.ann) == (100_00, 25_00)


@pytest.mark.parametrize("other", ["quantity", "buyer", "offer"])
def test_the_same_form_for_something_else_is_refused(there: Market, other: str) -> None:
    offer = supply(there)
    placed(there, offer=offer, key=same_key("form"))
    changed: dict[str, dict[str, Any]] = {
        "quantity": {"quantity": 2},
        "buyer": {"by": there.ben_login},
        "offer": {"offer": supply(there, "Ketting")},
    }

    with pytest.raises(KeyReused):
        placed(there, **{"quantity": 1, "offer": offer, "key": same_key("form"), **changed[other]})

    assert Order.objects.count() == 1


@pytest.mark.parametrize("quantity", [0, -1, 1001, 10**12])
def test_nobody_orders_nothing_or_more_than_anybody_needs(there: Market, quantity: int) -> None:
    with pytest.raises(NotSoMany):
        placed(there, quantity, offer=supply(there))


def test_what_is_sold_out_says_so_and_what_is_nearly_says_how_many(there: Market) -> None:
    offer = supply(there, stock=1)

    with pytest.raises(NotEnoughLeft, match=r"only 1 left"):
        placed(there, 2, offer=offer)
    placed(there, offer=offer)
    with pytest.raises(SoldOut):
        placed(there, offer=offer, by=there.ben_login)

    assert left(offer) == 0


def test_the_database_refuses_to_oversell(there: Market) -> None:
    offer = supply(there, stock=0)

    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(stock=-1)


def test_without_enough_coins_nothing_is_set_apart(there: Market) -> None:
    offer = supply(there, price=60_00, stock=5)

    with pytest.raises(InsufficientFunds):
        placed(there, 2, offer=offer)

    assert left(offer) == 5
    assert Order.objects.count() == 0
    assert money(there.ann) == (100_00, 0)


@pytest.mark.parametrize(
    "state",
    [OfferState.DRAFT, OfferState.SUBMITTED, OfferState.RETURNED, OfferState.PAUSED, OfferState.ENDED],
)
def test_what_is_not_on_the_market_cannot_be_ordered(there: Market, state: str) -> None:
    with pytest.raises(NotForSale):
        placed(there, offer=supply(there, state=state))


def test_what_is_past_its_last_day_cannot_be_ordered_also_before_the_clock_came_by(there: Market) -> None:
    offer = supply(there, terms={"until_on": date(2026, 11, 22)})

    placed(there, offer=offer)
    with pytest.raises(NotForSale):
        placed(there, offer=offer, at=AT + timedelta(days=1))


def test_what_is_wanted_cannot_be_bought(there: Market) -> None:
    with pytest.raises(NotForSale):
        placed(there, offer=demand(there, by=there.ben.holder))


def test_a_shop_whose_admission_ran_out_sells_nothing(there: Market) -> None:
    offer = supply(there)
    Admission.objects.update(until_on=date(2026, 11, 21))

    with pytest.raises(NotForSale):
        placed(there, offer=offer)


def test_other_terms_than_the_page_showed_are_not_ordered(there: Market) -> None:
    offer = supply(there)

    with pytest.raises(TermsChanged):
        placed(there, offer=offer, terms_version=2)

    assert placed(there, offer=offer, terms_version=1).terms == offer.terms


def test_a_price_above_the_value_of_now_is_not_ordered(there: Market) -> None:
    soup = values.item(there.neighbourhood, "Soep", kind=ItemKind.GOOD, unit="PIECE")
    offer = supply(there, price=5_00, terms={"item": soup})
    placed(there, offer=offer)
    values.worth(soup, 4_00, on=date(2026, 11, 1))

    with pytest.raises(OutsideValue):
        placed(there, offer=offer)


def test_what_has_a_set_value_costs_just_that(there: Market) -> None:
    passport = values.item(there.neighbourhood, "Paspoort", kind=ItemKind.FEE, unit="PIECE")
    values.worth(passport, 6_00, on=date(2026, 11, 1))

    with pytest.raises(NotTheValue):
        placed(there, offer=supply(there, price=5_00, terms={"item": passport}))


def test_who_has_no_account_in_the_coin_is_told_to_open_one(there: Market) -> None:
    with pytest.raises(NoAccountHere):
        placed(there, offer=supply(there, terms={"reach": Reach.ANYWHERE}), by=there.cas_login)


def test_a_blocked_account_pays_nothing(there: Market) -> None:
    block_account(account=there.ann, reason="Lost phone", actor=SYSTEM, at=AT)

    with pytest.raises(NoAccountHere):
        placed(there)


def test_a_seller_whose_account_is_blocked_cannot_be_paid_and_why_is_not_said(there: Market) -> None:
    block_account(account=there.shop, reason="Under investigation", actor=SYSTEM, at=AT)

    with pytest.raises(CannotBePaid, match=r"^Shop Molenwijk cannot be paid now\. Nothing was ordered\.$"):
        placed(there)


def test_the_limits_of_money_safety_hold_for_orders(there: Market) -> None:
    set_limit(
        coin=there.coin, holder_kind=PartyKind.PERSON, per_payment=10_00, per_day=None, per_month=None,
        from_on=AT.date(), actor=SYSTEM, at=AT,
    )  # fmt: skip

    with pytest.raises(LimitExceeded):
        placed(there)


def test_an_order_keeps_what_was_agreed_whatever_is_written_past_the_operations(there: Market) -> None:
    order = placed(there)

    for changed in (
        {"amount": 1},
        {"quantity": 2},
        {"seller": there.ben.holder},
        {"buyer": there.ben.holder},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(**changed)


def test_the_database_refuses_an_order_from_oneself_and_more_paid_than_agreed(there: Market) -> None:
    order = placed(there)

    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(paid=order.amount + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(refunded=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(delivered=2)


def test_the_actor_is_who_ordered(there: Market) -> None:
    order = placed(there)

    assert order.placed_by == there.ann.holder
    assert order.reservation.acted_by == there.ann.holder
    assert actor(there.ann_login).person == there.ann.holder
