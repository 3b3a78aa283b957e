"""Whose hands are on both sides: of who works for a municipality, and of who lives with an owner."""

from __future__ import annotations

import pytest

from marketplace.models import OfferKind
from marketplace.operations import offers
from marketplace.operations.orders.placing import OwnOffer
from marketplace.operations.orders.settling import BothSides
from marketplace.permissions import OwnMatter, has_interest, has_stake, may_judge
from marketplace.states import OfferState
from people.models import Mandate, PartyKind, Role
from tests.factories.market import Market, supply
from tests.factories.people import actor, mandate, organisation
from tests.factories.wallet import open_for
from tests.marketplace.offers.making import TODAY
from tests.marketplace.orders.scene import AT, accepted, placed


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.FINANCE, Role.OWNER, Role.APPEALS])
def test_who_works_for_the_municipality_buys_from_it_unless_they_trade_or_pay_for_it(
    there: Market, role: Role
) -> None:
    town = there.neighbourhood.municipality
    open_for(there.neighbourhood, town)
    swim = supply(there, "Zwemmen", 4_00, by=town, kind=OfferKind.MUNICIPAL)
    mandate(person=there.ann_login, principal=town, role=role)

    if role == Role.APPEALS:
        assert placed(there, offer=swim).seller == town
        assert has_interest(there.ann.holder, town, TODAY)  # and decides on nothing of it
    else:
        with pytest.raises(OwnOffer):
            placed(there, offer=swim)


def test_a_board_member_decides_nothing_about_the_company_of_who_they_live_with(there: Market) -> None:
    offer = supply(there, state=OfferState.SUBMITTED)
    home = organisation("Thuis", kind=PartyKind.HOUSEHOLD)
    mandate(person=there.sjoerd, principal=home, role=Role.OWNER)
    assert may_judge(there.bea.person, there.neighbourhood, there.shop.holder, TODAY)
    mandate(person=there.bea, principal=home, role=Role.MEMBER)

    assert has_stake(there.bea.person, there.shop.holder, TODAY)
    assert not has_interest(there.bea.person, there.shop.holder, TODAY)  # they can buy there like everybody
    with pytest.raises(OwnMatter):
        offers.publish(offer=offer, actor=actor(there.bea), at=AT)
    assert offers.publish(offer=offer, actor=actor(there.bob), at=AT).state == OfferState.PUBLISHED


def test_who_has_to_do_with_both_sides_hears_that_and_nothing_of_a_board(there: Market) -> None:
    from marketplace.operations.orders.delivering import deliver

    order = accepted(there)
    Mandate.objects.filter(principal=there.shop.holder).exclude(person=there.sjoerd.person).delete()
    home = organisation("Thuis", kind=PartyKind.HOUSEHOLD)
    for login in (there.ann_login, there.sjoerd):
        mandate(person=login, principal=home, role=Role.MEMBER)

    with pytest.raises(BothSides) as refused:
        deliver(order=order, actor=actor(there.sjoerd), at=AT)

    assert "both sides" in str(refused.value)
