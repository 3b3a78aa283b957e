from __future__ import annotations

from datetime import timedelta

import pytest

from core.refusals import Refusal
from marketplace.operations import offers
from marketplace.operations.offer_clock import watch_offers
from marketplace.operations.standing import NotAdmitted, PausedByBoard
from marketplace.operations.terms import (
    OutsideValue,
    PastDay,
    TooFarAhead,
    change_terms,
    renew,
)
from marketplace.states import OfferState
from marketplace.units import OfferUnit
from neighbourhoods.models import ItemKind
from tests.factories.market import AT, UNTIL, Market
from tests.factories.people import actor
from tests.factories.values import item, worth
from tests.marketplace.offers.making import (
    DAY,
    TODAY,
    admission_of_shop,
    published,
    terms,
)

# --- Longer ---------------------------------------------------------------------------------------------------------


def test_it_can_stay_longer_for_the_same_price_and_is_then_reminded_of_anew(there: Market) -> None:
    made = published(there, there.ann_login, terms=terms(until_on=TODAY + 3 * DAY))
    watch_offers(AT)

    renew(offer=made, until_on=UNTIL, actor=actor(there.ann_login), at=AT)

    made.refresh_from_db()
    assert (made.price, made.until_on, made.reminded_on, made.state) == (
        12_50, UNTIL, None, OfferState.PUBLISHED,
    )  # fmt: skip


def test_what_the_clock_took_off_comes_back_with_a_new_last_day(there: Market) -> None:
    made = published(there, there.ann_login, terms=terms(until_on=TODAY))
    later = AT + 5 * DAY
    watch_offers(later)

    renew(offer=made, until_on=TODAY + 30 * DAY, actor=actor(there.ann_login), at=later)

    made.refresh_from_db()
    assert (made.state, made.until_on) == (OfferState.PUBLISHED, TODAY + 30 * DAY)


def test_what_its_provider_paused_stays_paused_with_a_new_last_day(there: Market) -> None:
    made = published(there, there.ann_login)
    offers.pause(offer=made, actor=actor(there.ann_login), at=AT)

    renew(offer=made, until_on=UNTIL + DAY, actor=actor(there.ann_login), at=AT)

    made.refresh_from_db()
    assert (made.state, made.until_on) == (OfferState.PAUSED, UNTIL + DAY)


def test_it_does_not_stay_longer_for_a_price_that_the_value_does_not_allow_any_more(there: Market) -> None:
    valued = item(there.neighbourhood, kind=ItemKind.SERVICE)
    worth(valued, 12_50)
    made = published(there, there.ann_login, terms=terms(item=valued, unit=OfferUnit.HOUR))
    worth(valued, 10_00, on=TODAY)

    with pytest.raises(OutsideValue):
        renew(offer=made, until_on=UNTIL + DAY, actor=actor(there.ann_login), at=AT)
    change_terms(
        offer=made, terms=terms(10_00, item=valued, unit=OfferUnit.HOUR), actor=actor(there.ann_login), at=AT
    )
    assert made.price == 10_00


def test_what_the_board_took_off_is_not_put_back_by_a_new_last_day(there: Market) -> None:
    made = published(there, there.ann_login)
    offers.suspend(offer=made, reason="Onveilig.", actor=actor(there.bea), at=AT)

    with pytest.raises(PausedByBoard):
        renew(offer=made, until_on=UNTIL + DAY, actor=actor(there.ann_login), at=AT)

    assert made.state == OfferState.PAUSED


def test_who_is_not_let_in_any_more_does_not_come_back_with_a_new_last_day(there: Market) -> None:
    made = published(there, there.sjoerd, provider=there.shop.holder, terms=terms(until_on=TODAY))
    watch_offers(AT + DAY)
    admission_of_shop(there, state="ENDED")

    with pytest.raises(NotAdmitted):
        renew(offer=made, until_on=UNTIL, actor=actor(there.sjoerd), at=AT + DAY)

    made.refresh_from_db()
    assert (made.state, made.until_on) == (OfferState.PAUSED, TODAY)


@pytest.mark.parametrize(("days", "refused"), [(-1, PastDay), (366, TooFarAhead)])
def test_a_last_day_is_neither_past_nor_too_far(there: Market, days: int, refused: type[Refusal]) -> None:
    made = published(there, there.ann_login)

    with pytest.raises(refused):
        renew(offer=made, until_on=TODAY + timedelta(days), actor=actor(there.ann_login), at=AT)
