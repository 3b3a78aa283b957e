"""Responses: others say for how much they would do what is wanted, and who asked picks one. Then it is an order."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.privacy import before_erasure
from core.refusals import Refusal
from core.states import transition
from ledger.operations import KeyReused
from marketplace.models import Offer, OfferTerms, Order, Response
from marketplace.operations.doors import trader_of
from marketplace.operations.orders.deadlines import DELIVER_WITHIN
from marketplace.operations.orders.news import tell
from marketplace.operations.orders.placing import (
    NotForSale,
    OutsideReach,
    SoldOut,
    account_in,
    check_two_sides,
    payer_for,
    take_pieces,
    terms_today,
    write_order,
)
from marketplace.operations.orders.settling import NothingSaid, move
from marketplace.operations.standing import locked
from marketplace.operations.terms import LARGEST, PriceRefused, check_price
from marketplace.permissions import OwnMatter
from marketplace.queries.reach import is_within
from marketplace.queries.responses import competes, is_still_asked
from marketplace.states import RESPONSE, OfferState, ResponseState
from people.models import Party
from people.queries import canonical, numbers_of

LONGEST_TEXT: Final = 1000


class NotWanted(Refusal):
    """Nobody asks this any more, or somebody offers it."""

    code = "market_not_wanted"
    sentence = _("This is no longer asked for. Nothing was changed.")


class AlreadyResponded(Refusal):
    """One open answer for each who answers."""

    code = "market_already_responded"
    sentence = _("You already answered this. Take that answer back first.")


class ChosenAlready(Refusal):
    """As many were chosen as were wanted."""

    code = "market_chosen_already"
    sentence = _("You have already chosen as many as you asked for.")


def respond(
    *,
    offer: Offer,
    responder: Party,
    amount: int,
    text: str,
    language: str,
    key: UUID,
    actor: Actor,
    at: datetime,
) -> Response:
    """This will answer what is wanted: for how much (minor units per unit) somebody would do it. It binds nobody to
    pay; who asked may choose it. The same key with the same content gives the first answer again.

    :raises NotYourTrade, OwnOffer, OutsideReach, NoAccountHere: who acts may not answer this for this party.
    :raises NotWanted, AlreadyResponded: not now.
    :raises PriceRefused, OutsideValue, NothingSaid: not so.
    """
    person = trader_of(actor, responder, at)
    words = text.strip()
    if len(words) > LONGEST_TEXT:
        raise NothingSaid(most=LONGEST_TEXT)
    if not 1 <= amount <= LARGEST:
        raise PriceRefused
    check_two_sides(person, responder, offer.provider, at)
    with transaction.atomic():
        locked(offer)
        if known := Response.objects.filter(key=key).select_related("responder").first():
            return _same_again(known, offer, responder, amount)
        terms = _wanted(offer, at)
        if not is_within(responder, terms, day_of(at)):
            raise OutsideReach
        account_in(offer, responder)
        check_price(amount, terms.item, terms.unit, day_of(at))
        _check_first(offer, responder)
        response = Response.objects.create(
            offer=offer, terms=terms, responder=canonical(responder), amount=amount, text=words, language=language,
            made_by=canonical(person), made_at=at, key=key,
        )  # fmt: skip
        record("response.respond", subject=response, actor=actor, at=at, about=(response.responder,))
        tell("response.respond", response, actor=actor, at=at)
    return response


def choose(*, response: Response, key: UUID, actor: Actor, at: datetime) -> Order:
    """This will pick an answer: the coins are reserved for who gave it, who has thirty days to deliver. When as many
    were picked as were asked for, the other answers are declined. The same key again gives the first order.

    :raises NotYourTrade, MayNotPay, OwnOffer: who acts did not ask this, may not pay, or has to do with who answered.
    :raises NotWanted, ChosenAlready, OutsideValue, MoveRefused: not now, or not for this price any more.
    :raises NoAccountHere, CannotBePaid, BookingRefused: of the coins; nothing happened.
    """
    offer, responder = response.offer, response.responder
    person = payer_for(actor, offer.provider, at)
    check_two_sides(person, offer.provider, responder, at)
    with transaction.atomic():
        locked(offer)
        _hold(response)
        if known := Order.objects.filter(key=key).first():
            if known.response_id != response.pk:
                raise KeyReused
            return known
        RESPONSE.after(response.state, "choose")
        _check_still_asked(offer)
        check_price(response.amount, response.terms.item, response.terms.unit, day_of(at))
        try:
            take_pieces(offer, 1)
        except SoldOut as refusal:
            raise ChosenAlready from refusal
        about = (responder,)
        transition(response, "choose", actor=actor, at=at, about=about)
        order = write_order(
            offer=offer, terms=response.terms, buyer=offer.provider, seller=responder, quantity=1,
            amount=response.amount, key=key, payer=person, actor=actor, at=at, response=response,
        )  # fmt: skip
        # Who answered said yes with the answer.
        move(order, "accept", actor=Actor.system(), at=at, due_at=at + DELIVER_WITHIN)
        tell("response.choose", response, actor=actor, at=at)
        if offer.stock == 0:
            _decline_others(offer, at)
    return order


def decline_response(*, response: Response, actor: Actor, at: datetime) -> None:
    """This will say no to an answer.

    :raises NotYourTrade, MoveRefused: nothing happened.
    :raises OwnMatter: to who has to do with somebody who answered too: nobody clears away their rivals.
    """
    person = trader_of(actor, response.offer.provider, at)
    if competes(person, response.offer, day_of(at)):
        raise OwnMatter
    _end(response, "decline", actor, at)


def withdraw_response(*, response: Response, actor: Actor, at: datetime) -> None:
    """This will take an answer back before it is chosen.

    :raises NotYourTrade, MoveRefused: nothing happened.
    """
    trader_of(actor, response.responder, at)
    _end(response, "withdraw", actor, at)


@before_erasure
def take_back_responses(party: models.Model, at: datetime) -> None:
    """Whoever is forgotten, and an organisation that closes, waits for nobody's choice any more."""
    system = Actor.system()
    mine = Response.objects.filter(responder_id=party.pk, state=ResponseState.OPEN)
    for response in mine.select_related("responder", "offer").order_by("pk"):
        _end(response, "withdraw", system, at)


def decline_when_ended(*, response: Response, at: datetime) -> bool:
    """This will say no to an answer to what is not asked any more. For the clock; says whether it was due."""
    response.offer.refresh_from_db(fields=["state"])
    if response.offer.state != OfferState.ENDED:
        return False
    _end(response, "decline", Actor.system(), at)
    return True


def _end(response: Response, event: str, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        transition(response, event, actor=actor, at=at, about=(response.responder,))
        tell(f"response.{event}", response, actor=actor, at=at)


def _decline_others(offer: Offer, at: datetime) -> None:
    """As many as were asked for are chosen: nobody waits for an answer that cannot come."""
    left = Response.objects.filter(offer=offer, state=ResponseState.OPEN).select_related("responder", "offer")
    for response in left.order_by("pk"):
        _end(response, "decline", Actor.system(), at)


def _hold(response: Response) -> None:
    rows = Response.objects.select_for_update(no_key=True, of=("self",))
    response.refresh_from_db(fields=["state"], from_queryset=rows)


def _wanted(offer: Offer, at: datetime) -> OfferTerms:
    """The terms of a locked demand that is on the market today.

    :raises NotWanted: when it is not, or has got all that was asked for.
    """
    if not offer.is_demand or offer.is_sold_out:
        raise NotWanted
    try:
        return terms_today(offer, at)
    except NotForSale as refusal:
        raise NotWanted from refusal


def _check_still_asked(offer: Offer) -> None:
    """Who asked may pick from the answers also after the last day; not when the board took it off, or it ended.

    :raises NotWanted: then.
    """
    if not is_still_asked(offer):
        raise NotWanted


def _check_first(offer: Offer, responder: Party) -> None:
    """The database knows one number; a person who is known twice answers once as well.

    :raises AlreadyResponded: when an answer is open.
    """
    numbers = numbers_of(responder).order_by() if responder.is_person else [responder]
    if Response.objects.filter(offer=offer, responder__in=numbers, state=ResponseState.OPEN).exists():
        raise AlreadyResponded


def _same_again(known: Response, offer: Offer, responder: Party, amount: int) -> Response:
    """:raises KeyReused: when it was sent before, for something else."""
    if (known.offer_id, known.responder.canonical_id, known.amount) != (
        offer.pk,
        responder.canonical_id,
        amount,
    ):
        raise KeyReused
    return known
