"""Yes, no, and taking back: who may, until when, and that everything comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.models import AuditEntry
from core.states import MoveRefused
from marketplace.operations.orders.answering import accept, cancel, decline
from marketplace.operations.orders.deadlines import ACCEPT_WITHIN, DELIVER_WITHIN
from marketplace.operations.orders.settling import NothingSaid, TooLate
from marketplace.permissions import NotYourTrade, OwnMatter
from people.models import Role
from tests.factories.market import Market, supply
from tests.factories.people import mandate as office
from tests.factories.residency import resident
from tests.factories.wallet import fund, open_for
from tests.marketplace.orders.scene import AT, accepted, actor, delivered, left, money, placed

DAY = timedelta(days=1)


def test_the_seller_says_yes_and_has_thirty_days(there: Market) -> None:
    order = placed(there)

    accept(order=order, actor=actor(there.sjoerd), at=AT + DAY)

    order.refresh_from_db()
    assert (order.state, order.due_at) == ("ACCEPTED", AT + DAY + DELIVER_WITHIN)
    assert money(there.ann) == (100_00, 12_50)


def test_the_seller_says_no_and_everything_comes_back(there: Market) -> None:
    offer = supply(there, stock=5)
    order = placed(there, 2, offer=offer)

    decline(order=order, reason="Closed this week.", actor=actor(there.sjoerd), at=AT + DAY)

    order.refresh_from_db()
    assert (order.state, order.due_at) == ("DECLINED", None)
    assert money(there.ann) == (100_00, 0)
    assert left(offer) == 5
    assert AuditEntry.objects.get(event="order.decline").note.text == "Closed this week."


def test_the_buyer_takes_back_what_was_not_accepted_and_needs_no_reason(there: Market) -> None:
    offer = supply(there, stock=5)
    order = placed(there, 2, offer=offer)

    cancel(order=order, reason="", actor=actor(there.ann_login), at=AT + DAY)

    order.refresh_from_db()
    assert order.state == "CANCELLED"
    assert money(there.ann) == (100_00, 0)
    assert left(offer) == 5


def test_once_it_is_accepted_the_seller_alone_takes_it_back_and_says_why(there: Market) -> None:
    order = accepted(there)

    with pytest.raises(NotYourTrade):
        cancel(order=order, reason="I changed my mind.", actor=actor(there.ann_login), at=AT)
    with pytest.raises(NothingSaid):
        cancel(order=order, reason="  ", actor=actor(there.sjoerd), at=AT)
    cancel(order=order, reason="The part is not to be had.", actor=actor(there.sjoerd), at=AT)

    assert order.state == "CANCELLED"
    assert money(there.ann) == (100_00, 0)


def test_a_buyer_who_saw_it_placed_does_not_take_back_what_was_accepted_meanwhile(there: Market) -> None:
    order = placed(there)
    seen = type(order).objects.get(pk=order.pk)
    accept(order=order, actor=actor(there.sjoerd), at=AT)

    with pytest.raises(MoveRefused):
        cancel(order=seen, reason="", actor=actor(there.ann_login), at=AT)

    order.refresh_from_db()
    assert order.state == "ACCEPTED"
    assert money(there.ann) == (100_00, 12_50)


@pytest.mark.parametrize("login", ["ann_login", "ben_login", "cas_login", "bea"])
def test_nobody_but_the_seller_says_yes_or_no(there: Market, login: str) -> None:
    order = placed(there)
    somebody = actor(getattr(there, login))

    with pytest.raises(NotYourTrade):
        accept(order=order, actor=somebody, at=AT)
    with pytest.raises(NotYourTrade):
        decline(order=order, reason="No.", actor=somebody, at=AT)


@pytest.mark.parametrize("login", ["ben_login", "cas_login", "sjoerd"])
def test_nobody_but_the_buyer_takes_back_what_was_placed(there: Market, login: str) -> None:
    with pytest.raises(NotYourTrade):
        cancel(order=placed(there), reason="No.", actor=actor(getattr(there, login)), at=AT)


def test_who_helps_the_buyer_does_not_say_yes_for_the_seller(there: Market) -> None:
    order = placed(there)
    office(person=there.sjoerd, principal=there.ann.holder, role=Role.HELPER)

    with pytest.raises(OwnMatter):
        accept(order=order, actor=actor(there.sjoerd), at=AT)


def test_a_board_member_does_not_say_yes_to_their_own_order_from_the_neighbourhood(there: Market) -> None:
    board = there.neighbourhood.party
    open_for(there.neighbourhood, board)
    resident(there.bea, there.neighbourhood)
    fund(there.place, there.ann, 10_00, "more")
    order = placed(there, offer=supply(there, by=board))
    office(person=there.bea, principal=there.ann.holder, role=Role.HELPER)

    with pytest.raises(OwnMatter):
        accept(order=order, actor=actor(there.bea), at=AT)
    accept(order=order, actor=actor(there.bob), at=AT)

    assert order.state == "ACCEPTED"


def test_after_seven_days_it_is_too_late_to_say_yes_also_before_the_clock_came_by(there: Market) -> None:
    order = placed(there)

    with pytest.raises(TooLate):
        accept(order=order, actor=actor(there.sjoerd), at=AT + ACCEPT_WITHIN)
    accept(order=order, actor=actor(there.sjoerd), at=AT + ACCEPT_WITHIN - timedelta(seconds=1))

    assert order.state == "ACCEPTED"


def test_no_without_a_reason_is_no_answer(there: Market) -> None:
    order = placed(there)

    with pytest.raises(NothingSaid, match="at most 500"):
        decline(order=order, reason=" \n ", actor=actor(there.sjoerd), at=AT)
    with pytest.raises(NothingSaid):
        decline(order=order, reason="x" * 501, actor=actor(there.sjoerd), at=AT)


def test_what_was_delivered_is_neither_accepted_declined_nor_taken_back(there: Market) -> None:
    order = delivered(there)
    seller = actor(there.sjoerd)

    with pytest.raises(MoveRefused):
        accept(order=order, actor=seller, at=AT)
    with pytest.raises(MoveRefused):
        decline(order=order, reason="No.", actor=seller, at=AT)
    with pytest.raises(MoveRefused):
        cancel(order=order, reason="No.", actor=seller, at=AT)

    assert money(there.ann) == (100_00, 12_50)
