"""What is written again while people go on ordering the old one: no piece is sold twice, and none is made up."""

from __future__ import annotations

from uuid import uuid4

import pytest

from marketplace.models import Offer
from marketplace.operations import offers
from marketplace.operations.offers.checking import StockRefused
from marketplace.operations.orders.answering import decline
from marketplace.operations.orders.placing import place
from marketplace.queries.offers import fingerprint
from tests.factories.market import AT, Market
from tests.factories.people import actor
from tests.factories.wallet import fund
from tests.marketplace.offers.making import DAY, lines, published

LATER = AT + DAY


def again(there: Market, offer: Offer) -> Offer:
    return offers.again(offer=offer, key=uuid4(), actor=actor(there.ann_login), at=AT)


def submit(there: Market, offer: Offer) -> Offer:
    return offers.submit(offer=offer, actor=actor(there.ann_login), at=AT)


def order(there: Market, offer: Offer, pieces: int) -> object:
    fund(there.place, there.ben, 100_00)
    return place(
        offer=offer, quantity=pieces, buyer=there.ben.holder, key=uuid4(), actor=actor(there.ben_login), at=AT
    )


def out(there: Market, offer: Offer) -> int | None:
    """How many there are of it once the board let it out, having read it as it is now."""
    offers.publish(offer=offer, seen=fingerprint(offer), actor=actor(there.bea), at=LATER)
    offer.refresh_from_db()
    return offer.stock


def test_what_is_ordered_of_the_old_one_while_the_board_looks_is_not_sold_once_more(there: Market) -> None:
    old = published(there, there.ann_login, stock=7)
    order(there, old, 2)  # before it was written again: that is in the number already
    new = submit(there, again(there, old))
    order(there, old, 3)
    old.refresh_from_db()
    assert (old.stock, new.stock) == (2, 5)

    assert out(there, new) == 2

    assert [(line.before, line.after) for line in lines("offer.stock", new)] == [("5", "2")]


def test_what_was_put_back_meanwhile_can_be_sold(there: Market) -> None:
    old = published(there, there.ann_login, stock=5)
    new = submit(there, again(there, old))
    decline(order=order(there, old, 3), reason="Geen tijd.", actor=actor(there.ann_login), at=AT)  # type: ignore[arg-type]

    assert out(there, new) == 5


def test_who_says_anew_how_many_there_are_knows_what_was_ordered_before(there: Market) -> None:
    old = published(there, there.ann_login, stock=5)
    new = again(there, old)
    order(there, old, 3)
    offers.set_stock(offer=new, stock=9, actor=actor(there.ann_login), at=AT)
    submit(there, new)
    order(there, old, 1)

    assert out(there, new) == 8


def test_when_all_is_gone_meanwhile_it_comes_out_sold_out(there: Market) -> None:
    old = published(there, there.ann_login, stock=2)
    new = submit(there, again(there, old))
    order(there, old, 2)

    assert out(there, new) == 0


def test_what_has_no_end_keeps_none(there: Market) -> None:
    old = published(there, there.ann_login)
    new = submit(there, again(there, old))
    order(there, old, 2)

    assert out(there, new) is None


@pytest.mark.parametrize("is_over", [False, True])
def test_something_sold_out_is_written_again_and_not_sent_before_it_says_how_many_there_are(
    there: Market, is_over: bool
) -> None:
    old = published(there, there.ann_login, stock=2)
    order(there, old, 2)
    if is_over:
        offers.end(offer=old, actor=actor(there.ann_login), at=AT)

    new = again(there, old)

    assert new.stock == 0
    with pytest.raises(StockRefused):
        submit(there, new)
    offers.set_stock(offer=new, stock=4, actor=actor(there.ann_login), at=AT)
    assert out(there, submit(there, new)) == 4
