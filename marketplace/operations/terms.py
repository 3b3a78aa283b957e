"""What an offer costs and for how long: a new version each time, never a change of what stands.

Whoever ordered keeps the terms that they ordered under. The copies that the offer itself keeps are written here alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.amounts import DECIMALS, LARGEST_AMOUNT, format_amount
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from marketplace.models import Offer, OfferReach, OfferTerms, Reach, Refund
from marketplace.operations.doors import judge_of, trader_of, writer_of
from marketplace.operations.standing import PausedByBoard, check_provider, locked
from marketplace.permissions import may_trade
from marketplace.queries.bounds import bound_of
from marketplace.queries.offers import is_paused_by_clock
from marketplace.states import OfferState
from marketplace.units import OfferUnit
from neighbourhoods.models import Neighbourhood, ValuedItem
from neighbourhoods.permissions import acting_person
from neighbourhoods.queries.prices import is_public
from people.models import PartyKind

LONGEST: Final = timedelta(days=365)
LARGEST: Final = LARGEST_AMOUNT * 10**DECIMALS
MOST_USES, MOST_VOUCHER_DAYS, MOST_PLACES = 100, 730, 50
# Nothing is on the market yet: whoever writes it changes what they like.
WRITABLE: Final = frozenset({OfferState.DRAFT, OfferState.SUBMITTED, OfferState.RETURNED})
OFFICIAL: Final = frozenset({PartyKind.NEIGHBOURHOOD, PartyKind.MUNICIPALITY})


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


class NeedsBoard(Refusal):
    """On the market whoever sells changes alone only what harms no buyer."""

    code = "offer_needs_board"
    sentence = _(
        "On the market you can only lower the price, and change the last day and for whom it is. For anything else, "
        "write it again: the board looks at it, and the old one then ends."
    )


class OfferOver(Refusal):
    """It ended, and is not changed any more."""

    code = "offer_over"
    sentence = _("This has ended. Write it again to put it back on the market.")


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


def terms_in(row: OfferTerms) -> Terms:
    """Terms as they stand, to write the next version from."""
    places = row.places.select_related("neighbourhood").order_by("neighbourhood_id")
    return Terms(
        amount=row.amount, until_on=row.until_on, euro=row.euro, unit=row.unit, item=row.item, reach=row.reach,
        places=tuple(place.neighbourhood for place in places), is_voucher=row.is_voucher, uses=row.uses,
        voucher_days=row.voucher_days, refund=row.refund,
    )  # fmt: skip


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


def write_terms(*, offer: Offer, terms: Terms, actor: Actor, at: datetime) -> OfferTerms:
    """Put other terms in force: a new version, and its copies on the offer, which is brought up to date. The same
    terms again leave what stands. Called by what saw who may: `change_terms`, `renew`, and the drafting of an offer.

    :raises Refusal: what `check_terms` says.
    """
    with transaction.atomic():
        locked(offer)
        clean = check_terms(offer, terms, day_of(at))
        if offer.terms is not None and terms_in(offer.terms) == clean:
            return offer.terms
        row = _next_version(offer, clean, actor, at)
        changed = {
            "terms": row, "price": row.amount, "until_on": row.until_on, "reach": row.reach,
            # A later last day is a day to be reminded of anew.
            "reminded_on": offer.reminded_on if offer.until_on == row.until_on else None,
        }  # fmt: skip
        Offer.objects.filter(pk=offer.pk).update(**changed)
        for name, value in changed.items():
            setattr(offer, name, value)
        record(
            "offer.terms", subject=offer, actor=actor, at=at, about=[offer.provider], after=str(row.version)
        )
    return row


def change_terms(
    *, offer: Offer, terms: Terms, actor: Actor, at: datetime, by_page: bool = False
) -> OfferTerms:
    """Ask other terms. Before it is on the market anything; after that only what harms no buyer, but the neighbourhood
    and the municipality are free within the value. `by_page`: a page of the offer was published, which the board does.

    :raises NotYourTrade: to who does not act for the provider.
    :raises NeedsBoard: for more than a lower price, another last day and another reach.
    :raises OfferOver: when it has ended.
    :raises Refusal: what `check_terms` says.
    """
    with transaction.atomic():
        locked(offer)
        is_board = _is_of_board(offer, actor, at, by_page=by_page)
        if offer.state == OfferState.ENDED:
            raise OfferOver
        is_free = is_board or offer.state in WRITABLE or offer.provider.kind in OFFICIAL
        if not is_free and not _harms_nobody(check_terms(offer, terms, day_of(at)), offer):
            raise NeedsBoard
        return write_terms(offer=offer, terms=terms, actor=actor, at=at)


def renew(*, offer: Offer, until_on: date, actor: Actor, at: datetime) -> OfferTerms:
    """Keep it on the market until another day for the same price. What the clock took off comes back with it.

    :raises NotYourTrade: to who does not act for the provider.
    :raises PausedByBoard: when the board took it off.
    :raises OfferOver: when it has ended, or never was on the market.
    :raises Refusal: when the day, the price or the provider do not do any more.
    """
    with transaction.atomic():
        locked(offer)
        trader_of(actor, offer.provider, at)
        if offer.state not in {OfferState.PUBLISHED, OfferState.PAUSED} or offer.terms is None:
            raise OfferOver
        if offer.paused_by_board:
            raise PausedByBoard
        row = write_terms(
            offer=offer, terms=replace(terms_in(offer.terms), until_on=until_on), actor=actor, at=at
        )
        if is_paused_by_clock(offer):
            check_provider(offer.provider, offer.neighbourhood, day_of(at))
            transition(offer, "resume", actor=actor, at=at, about=(offer.provider,))
    return row


def _is_of_board(offer: Offer, actor: Actor, at: datetime, *, by_page: bool) -> bool:
    """Whether the board changes it, by publishing its page; else it is whoever trades for the provider, who gets no more
    freedom from a page than without one.

    :raises BoardOnly, OwnMatter, NotYourTrade: to whoever is neither.
    """
    person = acting_person(actor)
    if by_page and (person is None or not may_trade(person, offer.provider, day_of(at))):
        judge_of(actor, offer.neighbourhood, offer.provider, at)
        return True
    check = writer_of if offer.state in WRITABLE else trader_of
    check(actor, offer.provider, at)
    return False


def _harms_nobody(terms: Terms, offer: Offer) -> bool:
    if offer.terms is None:
        return False
    stands = terms_in(offer.terms)
    changed = replace(
        stands, amount=terms.amount, euro=terms.euro, until_on=terms.until_on, reach=terms.reach, places=terms.places
    )  # fmt: skip
    return changed == terms and terms.amount <= stands.amount and terms.euro <= stands.euro


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


def _next_version(offer: Offer, terms: Terms, actor: Actor, at: datetime) -> OfferTerms:
    last = OfferTerms.objects.filter(offer=offer).aggregate(last=Max("version"))["last"] or 0
    row = OfferTerms.objects.create(
        offer=offer, version=last + 1, amount=terms.amount, euro=terms.euro, unit=terms.unit, item=terms.item,
        until_on=terms.until_on, reach=terms.reach, is_voucher=terms.is_voucher, uses=terms.uses,
        voucher_days=terms.voucher_days, refund=terms.refund, made_by=acting_person(actor), made_at=at,
    )  # fmt: skip
    OfferReach.objects.bulk_create([OfferReach(terms=row, neighbourhood=place) for place in terms.places])
    return row
