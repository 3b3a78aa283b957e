"""Terms put in force: a new version each time, never a change of what stands.

Whoever ordered keeps the terms that they ordered under. The copies that the offer itself keeps are written here alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from marketplace.models import Offer, OfferReach, OfferTerms
from marketplace.operations.doors import judge_of, trader_of, writer_of
from marketplace.operations.standing import PausedByBoard, check_provider, locked
from marketplace.operations.terms.checking import Terms, check_terms
from marketplace.permissions import may_trade
from marketplace.queries.offers import is_paused_by_clock
from marketplace.states import OfferState
from neighbourhoods.permissions import acting_person
from people.models import PartyKind

# Nothing is on the market yet: whoever writes it changes what they like.
WRITABLE: Final = frozenset({OfferState.DRAFT, OfferState.SUBMITTED, OfferState.RETURNED})
OFFICIAL: Final = frozenset({PartyKind.NEIGHBOURHOOD, PartyKind.MUNICIPALITY})


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


def terms_in(row: OfferTerms) -> Terms:
    """Terms as they stand, to write the next version from."""
    places = row.places.select_related("neighbourhood").order_by("neighbourhood_id")
    return Terms(
        amount=row.amount, until_on=row.until_on, euro=row.euro, unit=row.unit, item=row.item, reach=row.reach,
        places=tuple(place.neighbourhood for place in places), is_voucher=row.is_voucher, uses=row.uses,
        voucher_days=row.voucher_days, refund=row.refund,
    )  # fmt: skip


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
    """Whether the board changes it, by publishing its page; else it is whoever trades for the provider, who gets no
    more freedom from a page than without one.

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


def _next_version(offer: Offer, terms: Terms, actor: Actor, at: datetime) -> OfferTerms:
    last = OfferTerms.objects.filter(offer=offer).aggregate(last=Max("version"))["last"] or 0
    row = OfferTerms.objects.create(
        offer=offer, version=last + 1, amount=terms.amount, euro=terms.euro, unit=terms.unit, item=terms.item,
        until_on=terms.until_on, reach=terms.reach, is_voucher=terms.is_voucher, uses=terms.uses,
        voucher_days=terms.voucher_days, refund=terms.refund, made_by=acting_person(actor), made_at=at,
    )  # fmt: skip
    OfferReach.objects.bulk_create([OfferReach(terms=row, neighbourhood=place) for place in terms.places])
    return row
