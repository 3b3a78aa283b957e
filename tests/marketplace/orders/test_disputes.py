"""Disagreements: a board member on neither side rules, with reasons, on what was delivered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Refusal
from core.states import MoveRefused
from marketplace.models import Dispute
from marketplace.operations.orders.deadlines import RULE_WITHIN, SILENCE_WITHIN
from marketplace.operations.orders.delivering import confirm
from marketplace.operations.orders.disputes import (
    AwardOutOfRange,
    HasMediator,
    dispute,
    give_in,
    mediate,
    resolve,
)
from marketplace.operations.orders.settling import NothingSaid, TooLate
from marketplace.permissions import NotYourTrade, OwnMatter
from neighbourhoods.models import Seat
from people.models import PartyKind, Role, User
from tests.factories.market import Market, supply
from tests.factories.people import mandate as office
from tests.factories.people import organisation
from tests.factories.residency import second_login
from tests.factories.wallet import SYSTEM
from tests.marketplace.orders.scene import AT, accepted, actor, delivered, disputed, left, money

DAY = timedelta(days=1)


def test_a_buyer_says_what_is_wrong_and_the_coins_stay_reserved(there: Market) -> None:
    order = delivered(there)

    made = dispute(order=order, text=" It leaks. ", language="en", actor=actor(there.ann_login), at=AT + DAY)

    assert (made.text, made.opened_by, made.ruled_at) == ("It leaks.", there.ann.holder, None)
    assert (order.state, order.due_at) == ("DISPUTED", AT + DAY + RULE_WITHIN)
    assert money(there.ann) == (100_00, 12_50)


@pytest.mark.parametrize(
    ("awarded", "buyer", "seller"),
    [(0, 100_00, 0), (12_49, 87_51, 12_49), (12_50, 87_50, 12_50)],
)
def test_the_board_divides_what_was_reserved(there: Market, awarded: int, buyer: int, seller: int) -> None:
    order = disputed(there)

    resolve(order=order, awarded=awarded, ruling="So be it.", actor=actor(there.bea), at=AT + DAY)

    order.refresh_from_db()
    ruled = Dispute.objects.get(order=order)
    assert (order.state, order.paid, order.due_at) == ("RESOLVED", awarded, None)
    assert (ruled.awarded, ruled.ruling, ruled.mediator) == (awarded, "So be it.", there.bea.person)
    assert money(there.ann) == (buyer, 0)
    assert money(there.shop) == (seller, 0)


def test_what_the_two_disagree_about_is_not_sold_again_and_what_was_not_delivered_is(there: Market) -> None:
    offer = supply(there, stock=5)
    order = disputed(there, 3, came=1, offer=offer)

    resolve(order=order, awarded=0, ruling="It leaks.", actor=actor(there.bea), at=AT)

    assert left(offer) == 4


@pytest.mark.parametrize("awarded", [-1, 12_51])
def test_the_seller_gets_no_more_than_what_was_delivered_costs(there: Market, awarded: int) -> None:
    order = disputed(there, 3, came=1)

    with pytest.raises(AwardOutOfRange, match=r"0 and 12\.50"):
        resolve(order=order, awarded=awarded, ruling="So be it.", actor=actor(there.bea), at=AT)

    assert money(there.ann) == (100_00, 37_50)


def test_a_buyer_who_is_content_after_all_pays(there: Market) -> None:
    order = disputed(there)

    confirm(order=order, actor=actor(there.ann_login), at=AT)

    assert (order.state, order.paid) == ("CONFIRMED", 12_50)


def test_a_seller_who_gives_in_gives_everything_back(there: Market) -> None:
    order = disputed(there)

    give_in(order=order, actor=actor(there.sjoerd), at=AT)

    ruled = Dispute.objects.get(order=order)
    assert (order.state, ruled.awarded, ruled.ruling) == ("RESOLVED", 0, "The seller gives everything back.")
    assert money(there.ann) == (100_00, 0)


def test_what_the_seller_says_is_in_the_language_of_the_disagreement(there: Market) -> None:
    order = delivered(there)
    dispute(order=order, text="Lek.", language="nl", actor=actor(there.ann_login), at=AT)

    give_in(order=order, actor=actor(there.sjoerd), at=AT)

    assert Dispute.objects.get(order=order).ruling


@pytest.mark.parametrize("login", ["ann_login", "ben_login", "sjoerd", "cas_login"])
def test_who_has_no_seat_neither_takes_it_on_nor_rules(there: Market, login: str) -> None:
    order = disputed(there)
    somebody = actor(getattr(there, login))

    with pytest.raises(Refusal) as refused:
        mediate(order=order, actor=somebody, at=AT)
    with pytest.raises(Refusal) as refused_too:
        resolve(order=order, awarded=0, ruling="So be it.", actor=somebody, at=AT)

    assert refused.value.code == refused_too.value.code == "board_only"


@pytest.mark.parametrize("side", ["ann", "shop"])
@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR, Role.HELPER])
def test_a_board_member_who_has_to_do_with_a_side_does_not_rule(there: Market, side: str, role: str) -> None:
    order = disputed(there)
    office(person=there.bea, principal=getattr(there, side).holder, role=role)

    for login in (there.bea, second_login(there.bea)):
        with pytest.raises(OwnMatter):
            mediate(order=order, actor=actor(login), at=AT)
        with pytest.raises(OwnMatter):
            resolve(order=order, awarded=0, ruling="So be it.", actor=actor(login), at=AT)


def test_a_board_member_who_lives_with_the_buyer_does_not_rule(there: Market) -> None:
    order = disputed(there)
    home = organisation("Household", kind=PartyKind.HOUSEHOLD)
    for one in (there.ann_login, there.bea):
        office(person=one, principal=home, role=Role.MEMBER)

    with pytest.raises(OwnMatter):
        resolve(order=order, awarded=0, ruling="So be it.", actor=actor(there.bea), at=AT)


def test_one_member_of_the_board_settles_it(there: Market) -> None:
    order = disputed(there)
    mediate(order=order, actor=actor(there.bea), at=AT)
    mediate(order=order, actor=actor(there.bea), at=AT)

    with pytest.raises(HasMediator):
        mediate(order=order, actor=actor(there.bob), at=AT)
    with pytest.raises(HasMediator):
        resolve(order=order, awarded=0, ruling="So be it.", actor=actor(there.bob), at=AT)
    resolve(order=order, awarded=0, ruling="So be it.", actor=actor(there.bea), at=AT)

    assert order.state == "RESOLVED"


def test_a_colleague_takes_over_from_who_left_the_board(there: Market) -> None:
    order = disputed(there)
    mediate(order=order, actor=actor(there.bea), at=AT)
    Seat.objects.filter(person=there.bea.person).update(until_on=AT.date() - DAY)

    mediate(order=order, actor=actor(there.bob), at=AT)

    assert Dispute.objects.get(order=order).mediator == there.bob.person


def test_a_ruling_has_reasons(there: Market) -> None:
    order = disputed(there)

    with pytest.raises(NothingSaid):
        resolve(order=order, awarded=0, ruling=" ", actor=actor(there.bea), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.filter(order=order).update(ruled_at=AT, awarded=0)


def test_what_was_ruled_is_not_ruled_again(there: Market) -> None:
    order = disputed(there)
    resolve(order=order, awarded=0, ruling="So be it.", actor=actor(there.bea), at=AT)

    with pytest.raises(MoveRefused):
        resolve(order=order, awarded=12_50, ruling="Other.", actor=actor(there.bea), at=AT)
    with pytest.raises(MoveRefused):
        confirm(order=order, actor=actor(there.ann_login), at=AT)
    with pytest.raises(MoveRefused):
        give_in(order=order, actor=actor(there.sjoerd), at=AT)

    assert money(there.shop) == (0, 0)


def test_there_is_nothing_to_disagree_about_before_it_is_delivered_or_after_fourteen_days(
    there: Market,
) -> None:
    with pytest.raises(MoveRefused):
        say_it_is_wrong(there, accepted(there))
    with pytest.raises(TooLate):
        dispute(
            order=delivered(there), text="Late.", language="en", actor=actor(there.ann_login),
            at=AT + SILENCE_WITHIN,
        )  # fmt: skip


def say_it_is_wrong(there: Market, order: object, by: User | None = None) -> None:
    dispute(order=order, text="No.", language="en", actor=actor(by or there.ann_login), at=AT)  # type: ignore[arg-type]


@pytest.mark.parametrize("login", ["sjoerd", "ben_login", "bea"])
def test_nobody_but_the_buyer_begins_it(there: Market, login: str) -> None:
    with pytest.raises(NotYourTrade):
        say_it_is_wrong(there, delivered(there), getattr(there, login))


def test_after_thirty_days_the_board_rules_no_more(there: Market) -> None:
    order = disputed(there)

    with pytest.raises(TooLate):
        resolve(order=order, awarded=12_50, ruling="Late.", actor=actor(there.bea), at=AT + RULE_WITHIN)


def test_the_system_rules_on_nothing(there: Market) -> None:
    with pytest.raises(Refusal) as refused:
        resolve(order=disputed(there), awarded=12_50, ruling="So.", actor=SYSTEM, at=AT)

    assert refused.value.code == "board_only"
