"""Giving back: once, by the seller, no more than was paid, as a chargeback that the ledger knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.models import AuditEntry
from core.states import MoveRefused
from ledger.kinds import TransferKind
from ledger.operations import InsufficientFunds, transfer
from marketplace.operations.orders.refunds import MayNotRefund, RefundOutOfRange, refund
from marketplace.operations.orders.settling import NothingSaid
from marketplace.permissions import NotYourTrade, OwnMatter
from people.models import Role
from tests.factories.market import Market
from tests.factories.people import mandate as office
from tests.factories.people import person
from tests.factories.wallet import SYSTEM, key
from tests.marketplace.orders.scene import AT, actor, confirmed, delivered, money

if TYPE_CHECKING:
    from marketplace.models import Order
    from people.models import User


def give_back(order: Order, amount: int, by: User, reason: str = "It broke.") -> None:
    refund(order=order, amount=amount, reason=reason, actor=actor(by), at=AT)


@pytest.mark.parametrize("amount", [1, 5_00, 12_50])
def test_a_seller_gives_back_all_or_a_part(there: Market, amount: int) -> None:
    order = confirmed(there)

    give_back(order, amount, there.sjoerd)

    order.refresh_from_db()
    assert (order.state, order.paid, order.refunded) == ("REFUNDED", 12_50, amount)
    assert money(there.ann) == (87_50 + amount, 0)
    assert money(there.shop) == (12_50 - amount, 0)
    assert order.transfer is not None
    assert [one.amount for one in order.transfer.chargebacks.all()] == [amount]
    assert AuditEntry.objects.get(event="order.refund").note.text == "It broke."


def test_a_seller_gives_back_once(there: Market) -> None:
    order = confirmed(there)
    give_back(order, 1_00, there.sjoerd)

    with pytest.raises(MoveRefused):
        give_back(order, 1_00, there.sjoerd)

    assert money(there.shop) == (11_50, 0)


@pytest.mark.parametrize("amount", [0, -1, 12_51])
def test_nobody_gives_back_nothing_or_more_than_was_paid(there: Market, amount: int) -> None:
    with pytest.raises(RefundOutOfRange, match=r"12\.50"):
        give_back(confirmed(there), amount, there.sjoerd)


def test_coins_that_are_spent_cannot_be_given_back(there: Market) -> None:
    order = confirmed(there)
    transfer(
        payer=there.shop, payee=there.ben, amount=12_50, kind=TransferKind.PAYMENT, key=key("spent"), actor=SYSTEM,
        at=AT,
    )  # fmt: skip

    with pytest.raises(InsufficientFunds):
        give_back(order, 1_00, there.sjoerd)

    order.refresh_from_db()
    assert (order.state, order.refunded) == ("CONFIRMED", 0)


def test_what_was_not_paid_is_not_given_back(there: Market) -> None:
    with pytest.raises(MoveRefused):
        give_back(delivered(there), 1_00, there.sjoerd)


@pytest.mark.parametrize("login", ["ann_login", "ben_login", "bea", "fenna"])
def test_nobody_but_the_seller_gives_back(there: Market, login: str) -> None:
    somebody = getattr(there, login, None) or getattr(there.place, login)

    with pytest.raises(NotYourTrade):
        give_back(confirmed(there), 1_00, somebody)


def test_who_organises_for_a_seller_does_not_give_its_money_back_and_an_operator_does(there: Market) -> None:
    order = confirmed(there)
    oda, otto = person("Oda"), person("Otto")
    office(person=oda, principal=there.shop.holder, role=Role.ORGANISER)
    office(person=otto, principal=there.shop.holder, role=Role.OPERATOR)

    with pytest.raises(MayNotRefund):
        give_back(order, 1_00, oda)
    give_back(order, 1_00, otto)

    assert order.state == "REFUNDED"


def test_nobody_gives_back_to_themself(there: Market) -> None:
    order = confirmed(there)
    office(person=there.ann_login, principal=there.shop.holder, role=Role.OPERATOR)

    with pytest.raises(OwnMatter):
        give_back(order, 1_00, there.ann_login)


def test_a_reason_is_given_and_fits_the_receipt(there: Market) -> None:
    order = confirmed(there)

    for reason in ("", "  ", "x" * 141):
        with pytest.raises(NothingSaid, match="at most 140"):
            give_back(order, 1_00, there.sjoerd, reason)
