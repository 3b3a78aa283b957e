"""Several at the same moment, in real processes: the last piece is sold once, and one of two deeds happens."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from wagtail.models import Page, Revision

from ledger.proving import find_faults
from marketplace.models import Offer, OfferPage, Order, Reference, Response
from tests.factories.market import Market, demand, market, supply
from tests.factories.residency import resident
from tests.factories.wallet import fund, open_for
from tests.marketplace.orders import deeds
from tests.marketplace.orders.scene import (
    AT,
    accepted,
    answered,
    confirmed,
    delivered,
    disputed,
    left,
    money,
    placed,
)
from tests.plugins.data import RealCommits

Words = dict[str, Any]


@pytest.fixture
def there(real_commits: RealCommits) -> Market:
    made = market()
    fund(made.place, made.ann, 100_00)
    fund(made.place, made.ben, 100_00)
    return made


def outcomes(commits: RealCommits, *calls: Words) -> Counter[str]:
    """What became of each of these, done at the same moment; then the books are looked at."""
    found = Counter(str(one.result) for one in commits.race_between([(deeds.tried, call) for call in calls]))
    deeds.check_books()
    assert find_faults() == []
    return found


def orders(offer: Offer, *who: str) -> list[Words]:
    return [
        {"deed": "place", "email": f"{name}@molenwijk.example", "offer": offer.pk, "name": f"{name} {number}"}
        for number, name in enumerate(who)
    ]


def by(login: Any, deed: str, order: Order, **more: Any) -> Words:
    return {"deed": deed, "email": login.email, "order": order.pk, **more}


def test_the_last_piece_is_sold_once(there: Market, real_commits: RealCommits) -> None:
    offer = supply(there, stock=1)

    found = outcomes(real_commits, *orders(offer, "ann", "ben", "ann", "ben"))

    assert found == {"PLACED": 1, "market_sold_out": 3}
    assert left(offer) == 0
    assert Order.objects.count() == 1


def test_three_pieces_are_sold_three_times_and_never_four(there: Market, real_commits: RealCommits) -> None:
    offer = supply(there, stock=3)

    found = outcomes(real_commits, *orders(offer, *["ann", "ben"] * 3))

    assert found == {"PLACED": 3, "market_sold_out": 3}
    assert left(offer) == 0


def test_a_form_sent_four_times_at_once_orders_once(there: Market, real_commits: RealCommits) -> None:
    offer = supply(there, stock=5)
    call = orders(offer, "ann")[0]

    assert outcomes(real_commits, *[call] * 4) == {"PLACED": 4}
    assert left(offer) == 4
    assert money(there.ann) == (100_00, 12_50)


def test_stock_that_is_set_while_it_is_ordered_is_never_sold_twice(
    there: Market, real_commits: RealCommits
) -> None:
    offer = supply(there, stock=1)
    setting: Words = {"deed": "set_stock", "email": there.sjoerd.email, "offer": offer.pk, "stock": 2}

    found = outcomes(real_commits, setting, *orders(offer, "ann", "ben", "ann", "ben"))

    # Two said to be left: with whoever came before it was said, at most three are sold.
    sold = found["PLACED"]
    assert found["set"] == 1
    assert 2 <= sold <= 3
    assert left(offer) == 0
    assert Order.objects.count() == sold


def test_an_old_draft_that_is_published_while_the_last_piece_is_ordered_brings_nothing_back(
    there: Market, real_commits: RealCommits
) -> None:
    board = there.neighbourhood.party
    open_for(there.neighbourhood, board)
    offer = supply(there, "Tuin huren", by=board, stock=1)
    publishing: Words = {"deed": "publish", "email": there.bea.email, "page": old_draft(there, offer).pk}

    found = outcomes(real_commits, publishing, *orders(offer, "ann", "ben", "ann", "ben"))

    assert found == {"published": 1, "PLACED": 1, "market_sold_out": 3}
    assert left(offer) == 0
    offer.refresh_from_db()
    assert (offer.state, offer.price, offer.versions.count()) == ("PUBLISHED", 12_50, 1)
    assert Order.objects.get().amount == 12_50
    assert offer.texts.get().title == "Oude tuin"  # its words alone are those of the draft


def old_draft(there: Market, offer: Offer) -> OfferPage:
    """A page of an offer, written for another price before the terms of now were."""
    page = OfferPage(
        title="Oude tuin", slug="tuin", offer=offer, terms_amount=Decimal("3.00"), terms_until=offer.until_on,
        live=False,
    )  # fmt: skip
    Page.get_first_root_node().add_child(instance=page)
    written = page.save_revision(user=there.bea)
    Revision.objects.filter(pk=written.pk).update(created_at=AT - timedelta(days=1))
    return page


def test_an_order_that_is_taken_back_while_another_wants_the_last_piece_gives_it_to_one(
    there: Market, real_commits: RealCommits
) -> None:
    offer = supply(there, stock=1)
    order = placed(there, offer=offer)

    found = outcomes(real_commits, by(there.ann_login, "cancel", order), *orders(offer, "ben", "ben"))

    assert found["CANCELLED"] == 1
    assert found["PLACED"] <= 1
    assert left(offer) == 1 - found["PLACED"]


def test_of_two_answers_that_are_picked_at_once_for_one_job_one_is(
    there: Market, real_commits: RealCommits
) -> None:
    offer = demand(there, stock=1)
    resident(there.bea, there.neighbourhood)
    both = [answered(there, offer), answered(there, offer, by=there.bea)]

    found = outcomes(
        real_commits,
        *[
            {"deed": "choose", "email": there.ann_login.email, "response": one.pk, "name": f"pick {one.pk}"}
            for one in both
        ],
    )

    assert found["ACCEPTED"] == 1
    assert Order.objects.count() == 1
    assert sorted(Response.objects.values_list("state", flat=True)) == ["CHOSEN", "DECLINED"]
    assert money(there.ann) == (100_00, 4_00)


def test_one_answer_picked_from_two_tabs_is_one_order(there: Market, real_commits: RealCommits) -> None:
    response = answered(there, demand(there))

    found = outcomes(
        real_commits,
        *[
            {"deed": "choose", "email": there.ann_login.email, "response": response.pk, "name": f"tab {tab}"}
            for tab in range(3)
        ],
    )

    assert found == {"ACCEPTED": 1, "move_refused": 2}


def test_an_answer_that_is_taken_back_while_it_is_picked_is_one_of_the_two(
    there: Market, real_commits: RealCommits
) -> None:
    response = answered(there, demand(there))

    found = outcomes(
        real_commits,
        {"deed": "choose", "email": there.ann_login.email, "response": response.pk, "name": "pick"},
        {"deed": "withdraw_response", "email": there.ben_login.email, "response": response.pk},
    )

    assert found in (
        Counter({"ACCEPTED": 1, "move_refused": 1}),
        Counter({"WITHDRAWN": 1, "move_refused": 1}),
    )
    assert Order.objects.count() == found["ACCEPTED"]


def test_confirmed_from_four_tabs_is_paid_once(there: Market, real_commits: RealCommits) -> None:
    order = delivered(there)

    found = outcomes(real_commits, *[by(there.ann_login, "confirm", order)] * 4)

    assert found == {"CONFIRMED": 1, "move_refused": 3}
    assert money(there.shop) == (12_50, 0)


def test_confirmed_and_disputed_at_once_is_paid_once_or_not_at_all(
    there: Market, real_commits: RealCommits
) -> None:
    order = delivered(there)

    outcomes(
        real_commits,
        *[by(there.ann_login, "confirm", order)] * 2,
        *[by(there.ann_login, "dispute", order)] * 2,
    )

    order.refresh_from_db()
    # Content after all, also in this moment: a disagreement that came first may be confirmed by the other tab.
    assert order.state == "CONFIRMED"
    assert money(there.shop) == (12_50, 0)


def test_ruled_confirmed_and_given_in_at_once_is_one_of_the_three(
    there: Market, real_commits: RealCommits
) -> None:
    order = disputed(there)

    found = outcomes(
        real_commits,
        by(there.bea, "resolve", order, awarded=5_00),
        by(there.ann_login, "confirm", order),
        by(there.sjoerd, "give_in", order),
    )

    order.refresh_from_db()
    assert found["move_refused"] == 2
    assert (order.state, order.paid) in {("RESOLVED", 5_00), ("RESOLVED", 0), ("CONFIRMED", 12_50)}


def test_two_board_members_do_not_both_take_it_on(there: Market, real_commits: RealCommits) -> None:
    order = disputed(there)

    found = outcomes(real_commits, by(there.bea, "mediate", order), by(there.bob, "mediate", order))

    assert found == {"DISPUTED": 1, "market_has_mediator": 1}


def test_accepted_and_expired_at_once_is_one_of_the_two(there: Market, real_commits: RealCommits) -> None:
    offer = supply(there, stock=1)
    order = placed(there, offer=offer)
    last_second = 7 * 24 * 3600 - 1

    found = outcomes(
        real_commits,
        by(there.sjoerd, "accept", order, seconds=last_second),
        *[{"deed": "watch", "days": 7}] * 2,
    )

    order.refresh_from_db()
    assert (order.state, left(offer)) == (("ACCEPTED", 0) if found["ACCEPTED"] else ("EXPIRED", 1))


def test_two_clocks_end_each_order_once(there: Market, real_commits: RealCommits) -> None:
    offer = supply(there, stock=4)
    for _number in range(4):
        placed(there, offer=offer)

    found = outcomes(real_commits, *[{"deed": "watch", "days": 7}] * 3)

    done = sum(int(said.split()[0]) * times for said, times in found.items())
    assert done == 4
    assert left(offer) == 4
    assert money(there.ann) == (100_00, 0)


def test_declined_and_taken_back_at_once_puts_the_pieces_back_once(
    there: Market, real_commits: RealCommits
) -> None:
    offer = supply(there, stock=5)
    order = placed(there, 2, offer=offer)

    found = outcomes(
        real_commits, by(there.sjoerd, "decline", order), by(there.ann_login, "cancel", order),
        by(there.sjoerd, "accept", order),
    )  # fmt: skip

    assert found["move_refused"] + found["market_not_your_trade"] == 2
    assert left(offer) == (3 if found["ACCEPTED"] else 5)


def test_delivered_and_taken_back_at_once_is_one_of_the_two(there: Market, real_commits: RealCommits) -> None:
    offer = supply(there, stock=5)
    order = accepted(there, 2, offer=offer)

    outcomes(
        real_commits,
        by(there.sjoerd, "deliver", order, quantity=1),
        by(there.sjoerd, "cancel", order),
        by(there.ann_login, "receive", order),
    )

    order.refresh_from_db()
    assert (order.state, left(offer)) in {("DELIVERED", 3), ("CANCELLED", 5), ("CONFIRMED", 3)}


def test_given_back_twice_at_once_is_given_back_once(there: Market, real_commits: RealCommits) -> None:
    order = confirmed(there)

    found = outcomes(real_commits, *[by(there.sjoerd, "refund", order, amount=12_50)] * 4)

    assert found == {"REFUNDED": 1, "move_refused": 3}
    assert money(there.ann) == (100_00, 0)


def test_a_reference_sent_from_two_tabs_is_written_once(there: Market, real_commits: RealCommits) -> None:
    order = confirmed(there)

    found = outcomes(
        real_commits, *[by(there.ann_login, "refer", order, name=f"tab {tab}") for tab in range(3)]
    )

    assert found == {"written": 1, "market_already_referred": 2}
    assert Reference.objects.count() == 1


def test_many_who_order_from_each_other_crosswise_never_wait_for_each_other(
    there: Market, real_commits: RealCommits
) -> None:
    of_ann, of_ben = supply(there, by=there.ann.holder), supply(there, by=there.ben.holder)
    crosswise = [orders(of_ben, "ann")[0], orders(of_ann, "ben")[0]]

    found = outcomes(real_commits, *[{**one, "name": f"{turn}"} for turn, one in enumerate(crosswise * 3)])

    assert found == {"PLACED": 6}
