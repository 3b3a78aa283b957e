"""Who can order what: within its reach, for whom they pay, and from nobody that is themself."""

from __future__ import annotations

import uuid

import pytest

from core.refusals import Refusal
from marketplace.models import OfferReach, Reach
from marketplace.operations.orders.placing import (
    MayNotPay,
    OutsideReach,
    OwnOffer,
    place,
)
from marketplace.permissions import NotYourTrade
from marketplace.queries.accounts import account_for
from people.models import PartyKind, Role
from tests.factories.market import Market, market, supply
from tests.factories.people import mandate as office
from tests.factories.people import organisation
from tests.factories.residency import resident, second_login
from tests.factories.wallet import SYSTEM, fund, open_for
from tests.marketplace.orders.scene import AT, money, placed

# --- For whom it is ---


def test_what_is_for_here_is_for_who_lives_here(there: Market) -> None:
    cas = open_for(there.neighbourhood, there.cas.holder)
    fund(there.place, cas, 50_00)

    with pytest.raises(OutsideReach):
        placed(there, by=there.cas_login)


def test_named_neighbourhoods_can_order_and_no_others(there: Market) -> None:
    other = market("Zuidwijk", "NL02ABNA0123456789")
    cas = open_for(there.neighbourhood, there.cas.holder)
    fund(there.place, cas, 50_00)
    offer = supply(there, terms={"reach": Reach.NAMED})
    assert offer.terms is not None

    with pytest.raises(OutsideReach):
        placed(there, offer=offer, by=there.cas_login)
    OfferReach.objects.create(terms=offer.terms, neighbourhood=other.neighbourhood)
    resident(there.cas_login, other.neighbourhood)

    assert placed(there, offer=offer, by=there.cas_login).buyer == there.cas.holder


def test_what_is_for_everybody_is_for_who_has_an_account_in_the_coin(there: Market) -> None:
    cas = open_for(there.neighbourhood, there.cas.holder)
    fund(there.place, cas, 50_00)

    order = placed(there, offer=supply(there, terms={"reach": Reach.ANYWHERE}), by=there.cas_login)

    assert order.buyer == there.cas.holder


def test_a_household_orders_when_one_of_it_lives_there(there: Market) -> None:
    home = organisation("Household", kind=PartyKind.HOUSEHOLD)
    office(person=there.ann_login, principal=home, role=Role.MEMBER)
    fund(there.place, open_for(there.neighbourhood, home), 50_00)

    order = placed(there, buyer=home)

    assert order.buyer == home


# --- Who may ---


def test_nobody_orders_for_another(there: Market) -> None:
    with pytest.raises(NotYourTrade):
        placed(there, by=there.ben_login, buyer=there.ann.holder)


def test_an_operator_sells_for_a_shop_and_does_not_spend_its_coins(there: Market) -> None:
    bakery = organisation("Bakery")
    office(person=there.ann_login, principal=bakery, role=Role.OPERATOR)
    open_for(there.neighbourhood, bakery)

    with pytest.raises(MayNotPay):
        placed(there, buyer=bakery)


def test_the_day_limit_of_a_helper_holds_for_orders(there: Market) -> None:
    office(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER, day_limit=20_00)
    offer = supply(there)

    placed(there, offer=offer, by=there.ben_login, buyer=there.ann.holder)
    with pytest.raises(Refusal) as refused:
        placed(there, offer=offer, by=there.ben_login, buyer=there.ann.holder)

    assert refused.value.code == "actor_limit_exceeded"
    assert money(there.ann) == (100_00, 12_50)


def test_the_day_limit_of_a_helper_counts_all_their_logins(there: Market) -> None:
    twin = second_login(there.ben_login)
    office(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER, day_limit=20_00)
    offer = supply(there)

    placed(there, offer=offer, by=there.ben_login, buyer=there.ann.holder)
    with pytest.raises(Refusal) as refused:
        placed(there, offer=offer, by=twin, buyer=there.ann.holder)

    assert refused.value.code == "actor_limit_exceeded"


def test_nobody_buys_from_themself(there: Market) -> None:
    with pytest.raises(OwnOffer):
        placed(there, offer=supply(there, by=there.ann.holder))


def test_nobody_buys_from_themself_through_a_second_login(there: Market) -> None:
    twin = second_login(there.ann_login)

    with pytest.raises(OwnOffer):
        placed(there, offer=supply(there, by=there.ann.holder), by=twin)


def test_nobody_buys_from_their_household_nor_it_from_them(there: Market) -> None:
    home = organisation("Household", kind=PartyKind.HOUSEHOLD)
    for one in (there.ann_login, there.ben_login):
        office(person=one, principal=home, role=Role.MEMBER)
    fund(there.place, open_for(there.neighbourhood, home), 50_00)

    for offer, buyer in [
        (supply(there, by=home), there.ann.holder),
        (supply(there, by=there.ben.holder), home),
        (supply(there, by=there.ben.holder), there.ann.holder),
    ]:
        with pytest.raises(OwnOffer):
            placed(there, offer=offer, buyer=buyer)


@pytest.mark.parametrize("role", [Role.OWNER, Role.OPERATOR, Role.EDITOR])
def test_nobody_buys_from_an_organisation_that_they_hold_any_office_for(there: Market, role: str) -> None:
    office(person=there.ann_login, principal=there.shop.holder, role=role)

    with pytest.raises(OwnOffer):
        placed(there)


def test_a_helper_does_not_sell_their_own_things_to_whom_they_help(there: Market) -> None:
    office(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER)

    with pytest.raises(OwnOffer):
        placed(there, offer=supply(there, by=there.ben.holder), by=there.ben_login, buyer=there.ann.holder)


def test_a_board_member_buys_from_the_neighbourhood_like_everybody(there: Market) -> None:
    board = there.neighbourhood.party
    open_for(there.neighbourhood, board)
    resident(there.bea, there.neighbourhood)
    hers = account_for(there.bea.person, there.coin)
    assert hers is not None
    fund(there.place, hers, 50_00)

    order = placed(there, offer=supply(there, by=board), by=there.bea)

    assert (order.buyer, order.seller) == (there.bea.person, board)


def test_a_person_known_twice_pays_from_the_account_they_have(there: Market) -> None:
    twin = second_login(there.ann_login)

    order = placed(there, by=twin)

    assert order.buyer == there.ann.holder
    assert money(there.ann) == (100_00, 12_50)


def test_the_system_orders_nothing(there: Market) -> None:
    with pytest.raises(Refusal) as refused:
        place(offer=supply(there), quantity=1, buyer=there.ann.holder, key=uuid.uuid4(), actor=SYSTEM, at=AT)

    assert refused.value.code == "not_allowed"
