"""What terms of an offer may be: a price that is one, within the value that the neighbourhood decided, for a while."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.amounts import DECIMALS, LARGEST_AMOUNT, format_amount
from core.refusals import Refusal
from marketplace.models import Offer, Reach, Refund
from marketplace.queries.bounds import bound_of
from marketplace.units import OfferUnit
from neighbourhoods.models import Neighbourhood, ValuedItem
from neighbourhoods.queries.prices import is_public

LONGEST: Final = timedelta(days=365)
LARGEST: Final = LARGEST_AMOUNT * 10**DECIMALS
MOST_USES, MOST_VOUCHER_DAYS, MOST_PLACES = 100, 730, 50


class PriceRefused(Refusal):
    """A price is more than nothing, and no slip of the keyboard."""

    code = "offer_price"
    sentence = _("Enter a price above 0, for example 8.50.")
    field = "amount"


class EuroRefused(Refusal):
    """A part in euro is nought or more."""

    code = "offer_euro"
    sentence = _("Enter the part in euro as 0 or more, for example 2.50.")
    field = "euro"


class PastDay(Refusal):
    """The last day lies before today."""

    code = "offer_past_day"
    sentence = _("This day has passed. Choose a last day from today on.")
    field = "until_on"


class TooFarAhead(Refusal):
    """So that nothing stands there that nobody looks after."""

    code = "offer_too_far_ahead"
    sentence = _("Choose a last day within a year. You get a mail before it, and can make it longer then.")
    field = "until_on"


class PlacesNeeded(Refusal):
    """For named neighbourhoods, and none is named."""

    code = "offer_places_needed"
    sentence = _("Choose at least one other neighbourhood.")
    field = "places"


class VoucherRefused(Refusal):
    """What is bought ahead says how often and how long it can be used."""

    code = "offer_voucher"
    sentence = _("Say how many times the voucher can be used, 1 to 100, and for how many days, 1 to 730.")
    field = "voucher_days"


class VoucherInCoinsOnly(Refusal):
    """Nobody stands at a counter when a voucher is bought."""

    code = "offer_voucher_euro"
    sentence = _("A voucher is paid in coins only. Take away the part in euro.")
    field = "euro"


class VoucherOfDemand(Refusal):
    """What somebody asks for they cannot sell ahead."""

    code = "offer_voucher_of_demand"
    sentence = _("Only what you offer can be sold with a voucher.")
    field = "is_voucher"


class ItemElsewhere(Refusal):
    """What has a value in another neighbourhood has none here."""

    code = "offer_item_elsewhere"
    sentence = _("Choose something from the price list of this neighbourhood.")
    field = "item"


class OtherUnit(Refusal):
    """A value per hour says nothing about a price per piece."""

    code = "offer_other_unit"
    sentence = _("Its value is per %(unit)s. Ask the price per %(unit)s too.")
    field = "unit"


class OutsideValue(Refusal):
    """Dearer than the neighbourhood decided. Details: `value`, written out."""

    code = "offer_outside_value"
    sentence = _(
        "The neighbourhood decided that this costs no more than %(value)s. Choose that price or a lower one."
    )
    field = "amount"


class NotTheValue(OutsideValue):
    """Another price than the one that the neighbourhood decided. Details: `value`, written out."""

    code = "offer_not_the_value"
    sentence = _("The neighbourhood decided that this is worth %(value)s. Choose that price.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What somebody asks for an offer; the fields are those of `OfferTerms`. Amounts are minor units."""

    amount: int
    until_on: date
    euro: int = 0
    unit: str = OfferUnit.PIECE
    item: ValuedItem | None = None
    reach: str = Reach.HERE
    places: tuple[Neighbourhood, ...] = field(default=())
    is_voucher: bool = False
    uses: int = 1
    voucher_days: int | None = None
    refund: str = Refund.ANY_TIME


def check_price(amount: int, item: ValuedItem | None, unit: str, on: date) -> None:
    """Hold a price against the value that the neighbourhood decided for it, if it did.

    :raises OtherUnit: when the value is per something else.
    :raises OutsideValue: when it is dearer than the value, or, where the value sets the price, another.
    """
    if item is None:
        return
    if item.unit != unit:
        raise OtherUnit(unit=item.get_unit_display())
    bound = bound_of(item, on)
    if bound is not None and not bound.fits(amount):
        refusal = NotTheValue if bound.sets else OutsideValue
        raise refusal(value=format_amount(bound.amount, get_language() or ""))


def check_terms(offer: Offer, terms: Terms, on: date) -> Terms:
    """The terms without what says nothing: places of an offer for here, uses of what is no voucher.

    :raises Refusal: the first thing that does not do.
    """
    if not 0 < terms.amount <= LARGEST:
        raise PriceRefused
    if not 0 <= terms.euro <= LARGEST:
        raise EuroRefused
    check_last_day(terms.until_on, on)
    clean = _checked_voucher(offer, _checked_reach(offer, terms))
    if clean.item is not None and (
        clean.item.neighbourhood_id != offer.neighbourhood_id or not is_public(clean.item)
    ):
        raise ItemElsewhere
    check_price(clean.amount, clean.item, clean.unit, on)
    return clean


def check_last_day(until_on: date, on: date) -> None:
    """:raises PastDay, TooFarAhead: for a day before today, or more than a year ahead."""
    if until_on < on:
        raise PastDay
    if until_on > on + LONGEST:
        raise TooFarAhead


def _checked_reach(offer: Offer, terms: Terms) -> Terms:
    if terms.reach != Reach.NAMED:
        return replace(terms, places=())
    others = {place.pk: place for place in terms.places if place.pk != offer.neighbourhood_id}
    if not 0 < len(others) <= MOST_PLACES:
        raise PlacesNeeded
    return replace(terms, places=tuple(others[pk] for pk in sorted(others)))


def _checked_voucher(offer: Offer, terms: Terms) -> Terms:
    if not terms.is_voucher:
        return replace(terms, uses=1, voucher_days=None, refund=Refund.ANY_TIME)
    if offer.is_demand:
        raise VoucherOfDemand
    if terms.euro:
        raise VoucherInCoinsOnly
    if not 1 <= terms.uses <= MOST_USES or not 1 <= (terms.voucher_days or 0) <= MOST_VOUCHER_DAYS:
        raise VoucherRefused
    return terms
