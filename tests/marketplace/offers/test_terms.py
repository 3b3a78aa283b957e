from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from core.refusals import Refusal
from marketplace.models import Direction, OfferReach, OfferTerms, Reach, Refund
from marketplace.operations import offers
from marketplace.operations.terms import (
    EuroRefused,
    ItemElsewhere,
    NeedsBoard,
    NotTheValue,
    OfferOver,
    OtherUnit,
    OutsideValue,
    PastDay,
    PlacesNeeded,
    PriceRefused,
    TooFarAhead,
    VoucherInCoinsOnly,
    VoucherOfDemand,
    VoucherRefused,
    change_terms,
    check_price,
    renew,
    terms_in,
    write_terms,
)
from marketplace.permissions import NotYourTrade
from marketplace.queries.bounds import bound_of
from marketplace.states import OfferState
from marketplace.units import OfferUnit
from neighbourhoods.models import ItemKind, Unit
from tests.factories.ledger import SYSTEM
from tests.factories.market import AT, UNTIL, Market, market
from tests.factories.people import actor
from tests.factories.values import BEFORE, item, value_decision, worth
from tests.factories.wallet import open_for
from tests.marketplace.offers.making import (
    DAY,
    TODAY,
    drafted,
    lines,
    published,
    submitted,
    terms,
)

# --- What terms may be ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"amount": 0}, PriceRefused),
        ({"amount": -1}, PriceRefused),
        ({"amount": 1_000_000_001}, PriceRefused),
        ({"euro": -1}, EuroRefused),
        ({"until_on": TODAY - DAY}, PastDay),
        ({"until_on": TODAY + 366 * DAY}, TooFarAhead),
        ({"reach": Reach.NAMED}, PlacesNeeded),
        ({"is_voucher": True}, VoucherRefused),
        ({"is_voucher": True, "voucher_days": 0}, VoucherRefused),
        ({"is_voucher": True, "voucher_days": 731}, VoucherRefused),
        ({"is_voucher": True, "voucher_days": 30, "uses": 0}, VoucherRefused),
        ({"is_voucher": True, "voucher_days": 30, "uses": 101}, VoucherRefused),
        ({"is_voucher": True, "voucher_days": 30, "euro": 1}, VoucherInCoinsOnly),
    ],
)
def test_terms_that_do_not_do_are_refused_and_nothing_is_written(
    there: Market, asked: dict[str, Any], refused: type[Refusal]
) -> None:
    with pytest.raises(refused):
        drafted(there, there.ann_login, terms=terms(**{"amount": 5_00, **asked}))

    assert (OfferTerms.objects.count(), lines("offer.draft")) == (0, [])


@pytest.mark.parametrize("until_on", [TODAY, TODAY + 365 * DAY])
def test_the_last_day_is_today_at_the_earliest_and_a_year_ahead_at_the_latest(
    there: Market, until_on: Any
) -> None:
    assert drafted(there, there.ann_login, terms=terms(until_on=until_on)).until_on == until_on


def test_what_somebody_asks_for_they_cannot_sell_ahead(there: Market) -> None:
    with pytest.raises(VoucherOfDemand):
        drafted(
            there, there.ann_login, direction=Direction.DEMAND, terms=terms(is_voucher=True, voucher_days=30)
        )


def test_what_says_nothing_is_left_out(there: Market) -> None:
    made = drafted(
        there, there.ann_login,
        terms=terms(uses=4, voucher_days=9, refund=Refund.AT_END, places=(there.neighbourhood,)),
    )  # fmt: skip

    assert made.terms is not None
    assert terms_in(made.terms) == terms()


def test_named_neighbourhoods_stand_with_the_terms_each_once_and_not_its_own(there: Market) -> None:
    other = market("Dorpwijk", "NL02ABNA0123456789").neighbourhood

    made = drafted(
        there, there.ann_login, terms=terms(reach=Reach.NAMED, places=(other, there.neighbourhood, other))
    )

    assert [row.neighbourhood for row in OfferReach.objects.filter(terms=made.terms)] == [other]


# --- The value decided by the neighbourhood -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "amount", "refused"),
    [
        (ItemKind.ACTIVITY, 7_99, NotTheValue),
        (ItemKind.ACTIVITY, 8_00, None),
        (ItemKind.ACTIVITY, 8_01, NotTheValue),
        (ItemKind.FEE, 7_99, NotTheValue),
        (ItemKind.FEE, 8_00, None),
        (ItemKind.GOOD, 1, None),
        (ItemKind.GOOD, 8_00, None),
        (ItemKind.GOOD, 8_01, OutsideValue),
        (ItemKind.SERVICE, 8_01, OutsideValue),
    ],
)
def test_a_value_sets_or_bounds_the_price(
    there: Market, kind: str, amount: int, refused: type[Refusal] | None
) -> None:
    valued = item(there.neighbourhood, kind=kind)
    worth(valued, 8_00)

    if refused is None:
        check_price(amount, valued, OfferUnit.HOUR, TODAY)
        return
    with override("nl"), pytest.raises(refused) as caught:
        check_price(amount, valued, OfferUnit.HOUR, TODAY)
    assert (type(caught.value), caught.value.details) == (refused, {"value": "8,00"})


def test_without_a_value_in_force_any_price_does(there: Market) -> None:
    never, ended, later = (item(there.neighbourhood, name) for name in ("Een", "Twee", "Drie"))
    worth(ended, 8_00)
    worth(ended, None, on=BEFORE + DAY)
    worth(later, 8_00, on=TODAY + DAY)

    for one in (never, ended, later):
        check_price(99_00, one, OfferUnit.HOUR, TODAY)
        assert bound_of(one, TODAY) is None
    with pytest.raises(OutsideValue):
        check_price(99_00, later, OfferUnit.HOUR, TODAY + DAY)


def test_a_value_per_hour_says_nothing_about_a_price_per_piece(there: Market) -> None:
    with pytest.raises(OtherUnit):
        check_price(8_00, item(there.neighbourhood, unit=Unit.HOUR), OfferUnit.PIECE, TODAY)


def test_the_bound_tells_since_when_and_who_decided(there: Market) -> None:
    valued = item(there.neighbourhood, kind=ItemKind.GOOD)
    version = worth(valued, 8_00)

    bound = bound_of(valued, TODAY)

    assert bound is not None
    assert (bound.amount, bound.sets, bound.since) == (8_00, False, BEFORE)
    assert bound.decision == version.decision


def test_what_has_a_value_elsewhere_or_in_a_draft_of_the_board_has_none_here(there: Market) -> None:
    elsewhere = item(market("Dorpwijk", "NL02ABNA0123456789").neighbourhood)
    hidden = item(there.neighbourhood, "Geheim")
    value_decision(hidden, state="DRAFT")

    for one in (elsewhere, hidden):
        with pytest.raises(ItemElsewhere):
            drafted(there, there.ann_login, terms=terms(item=one, unit=OfferUnit.HOUR))


def test_a_price_outside_the_value_is_refused_when_it_is_written_and_when_it_comes_on_the_market(
    there: Market,
) -> None:
    valued = item(there.neighbourhood, kind=ItemKind.SERVICE)
    worth(valued, 15_00)
    asked = terms(item=valued, unit=OfferUnit.HOUR)
    made = submitted(there, there.ann_login, terms=asked)
    worth(valued, 10_00, on=BEFORE + DAY)

    with pytest.raises(OutsideValue):
        drafted(there, there.ann_login, terms=asked)
    with pytest.raises(OutsideValue):
        offers.publish(offer=made, actor=actor(there.bea), at=AT)


# --- Versions -------------------------------------------------------------------------------------------------------


def test_other_terms_are_a_new_version_and_the_old_ones_stay(there: Market) -> None:
    made = published(there, there.ann_login)
    old = made.terms

    new = change_terms(offer=made, terms=terms(10_00), actor=actor(there.ann_login), at=AT)

    made.refresh_from_db()
    assert (made.terms, made.price, new.version) == (new, 10_00, 2)
    assert OfferTerms.objects.get(pk=old.pk).amount == 12_50 if old else False
    assert [line.after for line in lines("offer.terms", made)] == ["1", "2"]


def test_the_same_terms_again_change_nothing(there: Market) -> None:
    made = published(there, there.ann_login)

    change_terms(offer=made, terms=terms(), actor=actor(there.ann_login), at=AT + DAY)

    assert OfferTerms.objects.filter(offer=made).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 12_49},
        {"until_on": UNTIL + DAY},
        {"until_on": TODAY},
        {"reach": Reach.ANYWHERE},
        {"amount": 1, "reach": Reach.ANYWHERE, "until_on": TODAY + DAY},
    ],
)
@pytest.mark.parametrize("state", [OfferState.PUBLISHED, OfferState.PAUSED])
def test_what_harms_no_buyer_a_provider_changes_alone(
    there: Market, change: dict[str, Any], state: str
) -> None:
    made = published(there, there.ann_login)
    type(made).objects.filter(pk=made.pk).update(state=state)

    asked = replace(terms(), **change)
    row = change_terms(offer=made, terms=asked, actor=actor(there.ann_login), at=AT)

    assert (terms_in(row), made.state) == (asked, state)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 12_51},
        {"euro": 1},
        {"unit": OfferUnit.KILO},
        {"is_voucher": True, "voucher_days": 30},
    ],
)
def test_anything_else_needs_the_board(there: Market, change: dict[str, Any]) -> None:
    made = published(there, there.ann_login)

    with pytest.raises(NeedsBoard):
        change_terms(offer=made, terms=replace(terms(), **change), actor=actor(there.ann_login), at=AT)

    assert OfferTerms.objects.filter(offer=made).count() == 1


def test_before_it_is_on_the_market_everything_can_change(there: Market) -> None:
    made = submitted(there, there.ann_login)

    change_terms(
        offer=made, terms=terms(99_00, euro=1_00, unit=OfferUnit.KILO), actor=actor(there.ann_login), at=AT
    )

    assert made.price == 99_00


@pytest.mark.parametrize("who", ["board", "municipality"])
def test_the_neighbourhood_and_the_municipality_change_their_own_freely(there: Market, who: str) -> None:
    place = there.neighbourhood
    provider, by = (place.party, there.bea) if who == "board" else (place.municipality, there.place.fenna)
    open_for(place, provider)
    made = drafted(there, by, provider=provider)
    if who == "municipality":
        offers.submit(offer=made, actor=actor(by), at=AT)
    offers.publish(offer=made, actor=actor(there.bea), at=AT)

    change_terms(offer=made, terms=terms(99_00), actor=actor(by), at=AT)

    assert made.price == 99_00


def test_a_page_that_the_board_publishes_changes_the_terms_of_an_organisation(there: Market) -> None:
    made = published(there, there.sjoerd, provider=there.shop.holder)

    with pytest.raises(NeedsBoard):
        change_terms(offer=made, terms=terms(20_00), actor=actor(there.sjoerd), at=AT)
    change_terms(offer=made, terms=terms(20_00), actor=actor(there.bea), at=AT, by_page=True)

    assert made.price == 20_00


def test_an_organisation_does_not_get_round_the_board_with_its_own_page(there: Market) -> None:
    made = published(there, there.sjoerd, provider=there.shop.holder)

    with pytest.raises(NeedsBoard):
        change_terms(offer=made, terms=terms(20_00), actor=actor(there.sjoerd), at=AT, by_page=True)


def test_nobody_changes_the_terms_of_another(there: Market) -> None:
    made = published(there, there.ann_login)

    for deed in (
        lambda: change_terms(offer=made, terms=terms(1), actor=actor(there.ben_login), at=AT),
        lambda: change_terms(offer=made, terms=terms(1), actor=SYSTEM, at=AT),
        lambda: renew(offer=made, until_on=TODAY, actor=actor(there.ben_login), at=AT),
    ):
        with pytest.raises((NotYourTrade, Refusal)):
            deed()

    made.refresh_from_db()
    assert made.price == 12_50


def test_what_has_ended_gets_no_other_terms(there: Market) -> None:
    made = published(there, there.ann_login)
    offers.end(offer=made, actor=actor(there.ann_login), at=AT)

    with pytest.raises(OfferOver):
        change_terms(offer=made, terms=terms(1), actor=actor(there.ann_login), at=AT)
    with pytest.raises(OfferOver):
        renew(offer=made, until_on=TODAY, actor=actor(there.ann_login), at=AT)


# --- What the database refuses --------------------------------------------------------------------------------------


def test_past_the_model_the_database_keeps_terms_as_they_were(there: Market) -> None:
    made = published(there, there.ann_login)

    with pytest.raises(IntegrityError), transaction.atomic():
        OfferTerms.objects.filter(offer=made).update(amount=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferTerms.objects.filter(offer=made).delete()


def test_past_the_model_the_database_refuses_a_version_twice(there: Market) -> None:
    made = published(there, there.ann_login)

    with pytest.raises(IntegrityError), transaction.atomic():
        OfferTerms.objects.create(offer=made, version=1, amount=1, until_on=UNTIL, made_at=AT)


def test_the_system_can_write_terms_where_nobody_acts(there: Market) -> None:
    made = drafted(there, there.ann_login)

    row = write_terms(offer=made, terms=terms(9_00), actor=SYSTEM, at=AT)

    assert (row.made_by, made.price) == (None, 9_00)
