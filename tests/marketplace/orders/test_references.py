"""References: words alone, once for each order and side, after it is finished, and for everybody to read."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from core.refusals import NotAllowed
from ledger.operations import KeyReused
from marketplace.models import Order, Reference, WordRule, WordUse
from marketplace.operations.orders.answering import decline
from marketplace.operations.orders.disputes import resolve
from marketplace.operations.orders.references import AlreadyReferred, NothingToRefer, refer
from marketplace.operations.orders.refunds import refund
from marketplace.operations.orders.settling import NothingSaid
from marketplace.operations.words import BlockedWord
from marketplace.permissions import OwnMatter
from marketplace.queries.orders import paid_references_of, references_on
from people.models import Role, User
from tests.factories.market import Market
from tests.factories.people import mandate as office
from tests.factories.residency import second_login
from tests.marketplace.orders.scene import (
    AT,
    accepted,
    actor,
    confirmed,
    delivered,
    disputed,
    placed,
    same_key,
)


def about(order: Order, by: User, text: str = "Quick and friendly.", **more: Any) -> Reference:
    words = {"language": "en", "key": uuid.uuid4(), **more}
    return refer(order=order, text=text, actor=actor(by), at=AT, **words)


def test_each_side_writes_about_the_other_after_it_was_paid(there: Market) -> None:
    order = confirmed(there)

    of_buyer = about(order, there.ann_login)
    of_seller = about(order, there.sjoerd, "Paid at once.")

    assert (of_buyer.about, of_buyer.author) == (there.shop.holder, there.ann.holder)
    assert (of_seller.about, of_seller.author) == (there.ann.holder, there.sjoerd.person)
    assert list(paid_references_of(there.shop.holder)) == [of_buyer]
    assert set(references_on(order)) == {of_buyer, of_seller}
    assert AuditEntry.objects.filter(event="reference.write").count() == 2


def test_it_is_written_once_for_each_order(there: Market) -> None:
    order = confirmed(there)
    about(order, there.ann_login)

    with pytest.raises(AlreadyReferred):
        about(order, there.ann_login, "Once more.")
    with pytest.raises(AlreadyReferred):
        about(order, second_login(there.ann_login), "Once more.")


def test_the_same_form_twice_writes_it_once(there: Market) -> None:
    order = confirmed(there)

    first = about(order, there.ann_login, key=same_key("form"))
    again = about(order, there.ann_login, key=same_key("form"))

    assert first == again
    with pytest.raises(KeyReused):
        about(order, there.ann_login, "Other words.", key=same_key("form"))


@pytest.mark.parametrize("step", [placed, accepted, delivered, disputed])
def test_nobody_writes_before_it_is_finished(there: Market, step: Any) -> None:
    with pytest.raises(NothingToRefer):
        about(step(there), there.ann_login)


def test_when_nothing_came_of_it_there_is_nothing_to_write(there: Market) -> None:
    order = placed(there)
    decline(order=order, reason="No.", actor=actor(there.sjoerd), at=AT)

    with pytest.raises(NothingToRefer):
        about(order, there.ann_login)


def test_what_was_settled_or_paid_back_can_be_written_about(there: Market) -> None:
    settled, paid_back = disputed(there), confirmed(there)
    resolve(order=settled, awarded=0, ruling="So be it.", actor=actor(there.bea), at=AT)
    refund(order=paid_back, amount=1, reason="Sorry.", actor=actor(there.sjoerd), at=AT)

    about(settled, there.ann_login)
    about(paid_back, there.ann_login)

    # Only what was paid counts as an experience with a seller that others are shown.
    assert [one.order for one in paid_references_of(there.shop.holder)] == [paid_back]


@pytest.mark.parametrize("login", ["ben_login", "cas_login", "bea"])
def test_nobody_else_writes(there: Market, login: str) -> None:
    with pytest.raises(NotAllowed):
        about(confirmed(there), getattr(there, login))


def test_a_mediator_writes_none(there: Market) -> None:
    order = disputed(there)
    resolve(order=order, awarded=0, ruling="So be it.", actor=actor(there.bea), at=AT)

    with pytest.raises(NotAllowed):
        about(order, there.bea)


def test_nobody_praises_themself(there: Market) -> None:
    order = confirmed(there)
    office(person=there.sjoerd, principal=there.ann.holder, role=Role.HELPER)

    with pytest.raises(OwnMatter):
        about(order, there.sjoerd)


def test_a_blocked_word_is_not_used(there: Market) -> None:
    WordRule.objects.create(
        neighbourhood=there.neighbourhood, word="crook", use=WordUse.BLOCKED, made_by=there.bea.person, made_at=AT
    )  # fmt: skip

    with pytest.raises(BlockedWord, match="crook"):
        about(confirmed(there), there.ann_login, "What a crook!")


@pytest.mark.parametrize("text", ["", " ", "x" * 501])
def test_it_has_words_and_not_too_many(there: Market, text: str) -> None:
    with pytest.raises(NothingSaid):
        about(confirmed(there), there.ann_login, text)


def test_the_database_knows_one_for_each_order_and_side_and_hides_none_without_a_reason(
    there: Market,
) -> None:
    written = about(confirmed(there), there.ann_login)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reference.objects.create(
            order=written.order, about=written.about, author=written.author, text="Again", language="en", at=AT,
            key=uuid.uuid4(),
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Reference.objects.filter(pk=written.pk).update(hidden_at=AT)
