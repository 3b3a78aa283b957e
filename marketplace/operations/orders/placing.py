"""Placing an order: the coins are reserved and the pieces set apart in one transaction, or nothing is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.form_keys import derive_key
from core.refusals import NotAllowed, Refusal
from core.states import transition
from ledger.kinds import Label, TransferKind
from ledger.operations import KeyReused, reserve
from marketplace.models import Offer, OfferKind, OfferTerms, Order, Response
from marketplace.operations.doors import trader_of
from marketplace.operations.orders.deadlines import (
    ACCEPT_WITHIN,
    RESERVED_FOR,
    voucher_lasts_until,
)
from marketplace.operations.orders.news import tell
from marketplace.operations.standing import NoAccountHere, NotAdmitted, NotResident, check_takes_part, locked
from marketplace.operations.terms import check_price
from marketplace.permissions import is_other_hand
from marketplace.queries.accounts import account_for
from marketplace.queries.reach import is_within
from marketplace.states import OfferState
from people.models import Party, PartyKind
from people.permissions import day_limit, may_pay
from people.queries import canonical, is_same_person

if TYPE_CHECKING:
    from ledger.models import Account

MOST: Final = 1000  # pieces in one order: more is a slip

# Who makes a voucher for an order that is bought ahead; vouchers put themselves here.
issuers: list[Callable[[Order, datetime], object]] = []


class NotForSale(Refusal):
    """It is not on the market, or it is something that is wanted."""

    code = "market_not_for_sale"
    sentence = _("This cannot be ordered now: it is no longer on the market. Nothing was ordered.")


class NotSoMany(Refusal):
    """Nothing, less than nothing, or more than anybody needs."""

    code = "market_not_so_many"
    sentence = _("Order at least 1 and at most %(most)s.")
    field = "quantity"


class SoldOut(Refusal):
    """Somebody else was earlier."""

    code = "market_sold_out"
    sentence = _("This is sold out. You ordered nothing.")


class NotEnoughLeft(Refusal):
    """There are less left than somebody wants."""

    code = "market_not_enough_left"
    sentence = _("There are only %(left)s left. Order fewer.")
    field = "quantity"


class TermsChanged(Refusal):
    """The page showed other terms than those of now."""

    code = "market_terms_changed"
    sentence = _("The price or the terms have just changed. Look at them again before you order.")


class OwnOffer(Refusal):
    """Both sides would be the same hands."""

    code = "market_own_offer"
    sentence = _("You cannot trade with yourself, your household, or somebody you act for.")


class OutsideReach(Refusal):
    """The offer is for others."""

    code = "market_outside_reach"
    sentence = _("This is only for residents and organisations of the neighbourhoods named with it.")


class CannotBePaid(Refusal):
    """The other side has no open account in the coin. Why is not said."""

    code = "market_cannot_be_paid"
    sentence = _("%(name)s cannot be paid now. Nothing was ordered.")


class MayNotPay(NotAllowed):
    """Who acts buys for this party, but does not pay for it."""

    code = "market_may_not_pay"
    sentence = _("You may not pay for %(name)s. Ask somebody who may to order this.")


def place(
    *,
    offer: Offer,
    quantity: int,
    buyer: Party,
    key: UUID,
    actor: Actor,
    at: datetime,
    terms_version: int | None = None,
) -> Order:
    """This will order so many pieces or places. The coins are reserved; the seller has seven days to say yes.

    The same key with the same content gives the first order again. `terms_version` is what the page showed. What is
    bought ahead is accepted at once and becomes a voucher.

    :raises NotYourTrade, MayNotPay, OwnOffer: who acts may not buy this for this buyer.
    :raises NotForSale, TermsChanged, OutsideReach, OutsideValue: not now, not so, or not for them.
    :raises NotSoMany, NotEnoughLeft, SoldOut: of the pieces.
    :raises NoAccountHere, CannotBePaid, BookingRefused: of the coins; nothing happened.
    """
    person = payer_for(actor, buyer, at)
    if not 1 <= quantity <= MOST:
        raise NotSoMany(most=MOST)
    check_two_sides(person, buyer, offer.provider, at)
    with transaction.atomic():
        locked(offer)
        if known := Order.objects.filter(key=key).first():
            return _same_again(known, offer, quantity, buyer)
        terms = _terms_to_order(offer, terms_version, at)
        if not is_within(buyer, terms, day_of(at)):
            raise OutsideReach
        check_price(terms.amount, terms.item, terms.unit, day_of(at))
        take_pieces(offer, quantity)
        order = write_order(
            offer=offer, terms=terms, buyer=buyer, seller=offer.provider, quantity=quantity,
            amount=terms.amount * quantity, key=key, payer=person, actor=actor, at=at,
        )  # fmt: skip
        if terms.is_voucher:
            _issue(order, at)
    return order


def payer_for(actor: Actor, buyer: Party, at: datetime) -> Party:
    """The person who buys for a party and may pay for it.

    :raises NotYourTrade, MayNotPay: to everybody else.
    """
    person = trader_of(actor, buyer, at)
    if not may_pay(person, buyer, day_of(at)):
        raise MayNotPay(name=buyer.display_name)
    return person


def check_two_sides(person: Party, own: Party, other: Party, at: datetime) -> None:
    """That who acts for one side has nothing to do with the other, also under another number or as a household.

    :raises OwnOffer: when they have. A neighbourhood is nobody's own: its board members buy from it like everybody.
    """
    on = day_of(at)
    if is_same_person(own, other) or is_other_hand(person, other, on):
        raise OwnOffer
    if own.is_person and is_other_hand(own, other, on):
        raise OwnOffer
    if other.is_person and own.kind == PartyKind.HOUSEHOLD and is_other_hand(other, own, on):
        raise OwnOffer


def take_pieces(offer: Offer, quantity: int) -> None:
    """Set pieces of a locked offer apart.

    :raises SoldOut, NotEnoughLeft: when there are not so many.
    """
    if offer.stock is None:
        return
    if offer.stock == 0:
        raise SoldOut
    if offer.stock < quantity:
        raise NotEnoughLeft(left=offer.stock)
    Offer.objects.filter(pk=offer.pk).update(stock=F("stock") - quantity)
    offer.stock -= quantity


def write_order(
    *,
    offer: Offer,
    terms: OfferTerms,
    buyer: Party,
    seller: Party,
    quantity: int,
    amount: int,
    key: UUID,
    payer: Party,
    actor: Actor,
    at: datetime,
    response: Response | None = None,
) -> Order:
    """Reserve the coins and write the order; `payer` is who pays for the buyer (`payer_for`). For who holds the
    transaction and has locked the offer.

    :raises NoAccountHere, CannotBePaid: when one of the two has no account in the coin of the neighbourhood.
    :raises KeyReused, BookingRefused: whatever the ledger says.
    """
    # As the person that counts: what somebody pays through a second login is counted with the rest.
    actor = replace(actor, person=canonical(payer))
    reservation = reserve(
        payer=account_in(offer, buyer),
        payee=_account_of_seller(offer, seller),
        amount=amount,
        kind=TransferKind.SERVICE if offer.kind == OfferKind.MUNICIPAL else TransferKind.PAYMENT,
        label=Label.WAGE if offer.kind == OfferKind.JOB else Label.SALE,
        key=derive_key(scope="market_order", owner=buyer.canonical_id, form_id=key),
        expires_at=_reserved_until(terms, at),
        actor=actor,
        at=at,
        acted_by_day_limit=day_limit(payer, buyer, day_of(at)),
    )
    try:
        order = Order.objects.create(
            offer=offer, terms=terms, response=response, buyer=canonical(buyer), seller=canonical(seller),
            quantity=quantity, amount=amount, euro=terms.euro * quantity, reservation=reservation,
            placed_by=canonical(payer), placed_at=at, due_at=None if terms.is_voucher else at + ACCEPT_WITHIN, key=key,
        )  # fmt: skip
    except IntegrityError as error:  # the same form, sent for another offer in this very moment
        raise KeyReused from error
    about = (order.buyer, order.seller)
    record("order.place", subject=order, actor=actor, at=at, about=about, after=order.state)
    tell("order.place", order, actor=actor, at=at)
    return order


def _same_again(known: Order, offer: Offer, quantity: int, buyer: Party) -> Order:
    """:raises KeyReused: when it was sent before, for something else."""
    if (known.offer_id, known.quantity, known.buyer.canonical_id) != (offer.pk, quantity, buyer.canonical_id):
        raise KeyReused
    return known


def _terms_to_order(offer: Offer, shown: int | None, at: datetime) -> OfferTerms:
    """The terms of a locked offer that is on the market today, as they were shown.

    :raises NotForSale, TermsChanged: when it is not, or they are others.
    """
    if offer.is_demand:
        raise NotForSale
    terms = terms_today(offer, at)
    if shown is not None and terms.version != shown:
        raise TermsChanged
    return terms


def terms_today(offer: Offer, at: datetime) -> OfferTerms:
    """The terms of a locked offer that is on the market today; also when the clock did not come by yet.

    :raises NotForSale: when it is paused, ended, past its last day, or of somebody who may not stand there any more.
    """
    terms = offer.terms
    if terms is None or offer.state != OfferState.PUBLISHED or terms.until_on < day_of(at):
        raise NotForSale
    try:
        check_takes_part(offer.provider, offer.neighbourhood, day_of(at))
    except (NotAdmitted, NotResident) as refusal:
        raise NotForSale from refusal
    return terms


def account_in(offer: Offer, party: Party) -> Account:
    """The account of a party in the coin of an offer.

    :raises NoAccountHere: when it has none that is open.
    """
    coin = offer.neighbourhood.coin
    account = account_for(party, coin)
    if account is None:
        raise NoAccountHere(name=party.display_name, coin=coin.name_plural)
    return account


def _account_of_seller(offer: Offer, seller: Party) -> Account:
    account = account_for(seller, offer.neighbourhood.coin)
    if account is None:
        raise CannotBePaid(name=seller.display_name)
    return account


def _reserved_until(terms: OfferTerms, at: datetime) -> datetime:
    if terms.is_voucher:
        return voucher_lasts_until(at, terms.voucher_days or 0)
    return at + RESERVED_FOR


def _issue(order: Order, at: datetime) -> None:
    """What is bought ahead is the buyer's at once: the system accepts, and a voucher is made."""
    if not issuers:
        raise RuntimeError("Nobody makes vouchers: marketplace.operations.vouchers was not imported.")
    about = (order.buyer, order.seller)
    system = Actor.system()
    transition(order, "accept", actor=system, at=at, about=about, along={"due_at": None})
    for issue in issuers:
        issue(order, at)
    tell("order.accept", order, actor=system, at=at)
