"""Messages about an order, between its two sides, and with the board when they disagree."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from core.actor import Actor
from core.clock import day_of
from core.refusals import NotAllowed
from ledger.operations import KeyReused
from marketplace.models import Order, OrderMessage
from marketplace.operations.doors import person_of, trader_of
from marketplace.operations.orders.news import tell
from marketplace.operations.orders.settling import words_in
from marketplace.sides import Side, may_mediate, settled_by
from people.models import Party
from people.queries import canonical

LONGEST_MESSAGE: Final = 1000


def say(
    *, order: Order, side: str, text: str, language: str, key: UUID, actor: Actor, at: datetime
) -> OrderMessage:
    """This will write a message to the other side, in the name of this one. The same key again gives the first.

    :raises NothingSaid: for no words, or too many.
    :raises NotYourTrade, NotAllowed: to who is not on this side.
    """
    person, party = _writer(order, Side(side), actor, at)
    words = words_in(text, most=LONGEST_MESSAGE)
    try:
        with transaction.atomic():
            message = OrderMessage.objects.create(
                order=order,
                author=canonical(person),
                side=party,
                text=words,
                language=language,
                at=at,
                key=key,
            )
            tell("order.message", message, actor=actor, at=at)
    except IntegrityError:
        return _same_again(key, order, person, words)
    return message


def _writer(order: Order, side: Side, actor: Actor, at: datetime) -> tuple[Party, Party]:
    """Who writes, and in whose name."""
    if side == Side.MEDIATOR:
        person = person_of(actor)
        if not may_mediate(order, person, day_of(at)):
            raise NotAllowed
        return person, settled_by(order)
    party = order.buyer if side == Side.BUYER else order.seller
    return trader_of(actor, party, at), party


def _same_again(key: UUID, order: Order, person: Party, words: str) -> OrderMessage:
    """:raises KeyReused: when it was sent before, with other words."""
    known = OrderMessage.objects.select_related("author").get(key=key)
    if (known.order_id, known.author.canonical_id, known.text) != (order.pk, person.canonical_id, words):
        raise KeyReused
    return known
