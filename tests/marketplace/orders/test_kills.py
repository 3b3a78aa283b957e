"""A process that is killed before any statement of what it does: all of it is there or nothing, and again is once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.db import connection

from ledger.proving import find_faults
from marketplace.models import Offer, Order
from tests.factories.market import Market, demand, market, supply
from tests.factories.wallet import fund
from tests.marketplace.orders import deeds
from tests.marketplace.orders.scene import (
    accepted,
    answered,
    confirmed,
    delivered,
    disputed,
    placed,
)
from tests.plugins.data import RealCommits

Words = dict[str, Any]
STOCK = 5


def to_place(there: Market, name: str) -> Words:
    return {"email": there.ann_login.email, "offer": supply(there, price=1_00, stock=STOCK).pk, "name": name}


def to_choose(there: Market, name: str) -> Words:
    offer = demand(there, price=1_00, stock=STOCK)
    response = answered(there, offer, 1_00)
    return {"email": there.ann_login.email, "response": response.pk, "name": name}


def of_order(step: Callable[..., Order], login: str, **more: Any) -> Callable[[Market, str], Words]:
    """An order on which this can be done, and the words to do it with."""

    def prepare(there: Market, _name: str) -> Words:
        order = step(there, 2, offer=supply(there, price=50, stock=STOCK))
        return {"email": getattr(there, login).email, "order": order.pk, **more}

    return prepare


PREPARE: dict[str, Callable[[Market, str], Words]] = {
    "place": to_place,
    "choose": to_choose,
    "decline": of_order(placed, "sjoerd"),
    "receive": of_order(accepted, "ann_login"),
    "confirm": of_order(delivered, "ann_login"),
    "resolve": of_order(disputed, "bea", awarded=30),
    "refund": of_order(confirmed, "sjoerd", amount=1_00),
}


@pytest.mark.once
def test_before_whatever_statement_an_order_is_killed(real_commits: RealCommits) -> None:
    kill_before(real_commits, "place", count(1))


@pytest.mark.once
@pytest.mark.parametrize("deed", [deed for deed in PREPARE if deed != "place"])
def test_before_every_fourth_statement_what_follows_is_killed(real_commits: RealCommits, deed: str) -> None:
    kill_before(real_commits, deed, count(2, 4))


@pytest.mark.once("postgres")
@pytest.mark.parametrize("deed", list(PREPARE))
def test_before_some_statements_it_is_killed_on_a_server_too(real_commits: RealCommits, deed: str) -> None:
    kill_before(real_commits, deed, count(3, 7))


def kill_before(real_commits: RealCommits, deed: str, statements: Iterator[int]) -> None:
    there = market()
    fund(there.place, there.ann, 10_000_00)
    fund(there.place, there.shop, 1_00)  # so that what was earned can be given back

    for statement in statements:
        words = PREPARE[deed](there, f"{deed} {statement}")
        worker = real_commits.begin(deeds.do_and_stop, {"deed": deed, "stop_before": statement, **words})
        said = worker.said()
        worker.kill()
        wait_until_it_is_gone()
        check_whole()
        first = deeds.tried(deed, **words)
        again = deeds.tried(deed, **words)
        assert "refused" not in first or said == "returned"
        assert again in {first, "move_refused"}
        check_whole()
        if said == "returned":
            break

    assert find_faults() == []


def check_whole() -> None:
    """Orders, ledger and stock say the same."""
    deeds.check_books()
    for offer in Offer.objects.filter(stock__isnull=False):
        assert STOCK - (offer.stock or 0) == sum(map(held, offer.orders.all())), offer


def held(order: Order) -> int:
    """How many pieces of its offer an order keeps."""
    if order.state in {"DECLINED", "CANCELLED", "EXPIRED"}:
        return 0
    if order.state in {"PLACED", "ACCEPTED"}:
        return order.quantity
    return order.delivered or 0


def wait_until_it_is_gone() -> None:
    if connection.vendor == "postgresql":
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [deeds.DOOR])
        other.close()
