from __future__ import annotations

from marketplace.states import OfferState
from tests.factories.market import Market
from tests.marketplace.offers.making import drafted, published, submitted


def test_what_a_resident_offers_comes_on_the_market_when_the_board_lets_it(there: Market) -> None:
    assert drafted(there, there.ann_login).state == OfferState.DRAFT
    assert submitted(there, there.ann_login).state == OfferState.SUBMITTED
    assert published(there, there.ann_login).state == OfferState.PUBLISHED
