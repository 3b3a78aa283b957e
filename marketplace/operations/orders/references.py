"""References: what one side says of the other after an order. Words alone, once for each order, for everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from ledger.operations import KeyReused
from marketplace.models import Order, Reference
from marketplace.operations.doors import person_of
from marketplace.operations.orders.news import tell
from marketplace.operations.orders.settling import check_side, words_in
from marketplace.operations.words import check_words
from marketplace.sides import Side, deeds_of, side_of
from people.queries import canonical

LONGEST_REFERENCE: Final = 500


class AlreadyReferred(Refusal):
    """One reference for each order, by each side."""

    code = "market_already_referred"
    sentence = _("You already wrote about this order.")


class NothingToRefer(Refusal):
    """Nobody knows yet how it went."""

    code = "market_nothing_to_refer"
    sentence = _("You can write about an order when it is finished and paid.")


def refer(*, order: Order, text: str, language: str, key: UUID, actor: Actor, at: datetime) -> Reference:
    """This will write down how it went with the other side. Everybody reads it. The same key again gives the first.

    :raises NothingToRefer: before the order is finished, and when nothing came of it.
    :raises AlreadyReferred: the second time.
    :raises BlockedWord, NothingSaid: about the words.
    :raises NotAllowed, OwnMatter: to who is on neither side, or on both.
    """
    side = side_of(order, person_of(actor), day_of(at))
    if side is None or side == Side.MEDIATOR:
        raise NotAllowed
    person = check_side(order, side, actor, at)
    words = words_in(text, most=LONGEST_REFERENCE)
    party, about = (order.buyer, order.seller) if side == Side.BUYER else (order.seller, order.buyer)
    check_words(order.offer.neighbourhood, words, party=party)
    order.refresh_from_db(fields=["state"])
    if "refer" not in deeds_of(order, side):
        raise NothingToRefer
    try:
        with transaction.atomic():
            written = Reference.objects.create(
                order=order,
                about=about,
                author=canonical(person),
                text=words,
                language=language,
                at=at,
                key=key,
            )
            both = (order.buyer, order.seller)
            record("reference.write", subject=written, actor=actor, at=at, about=both)
            tell("reference.write", written, actor=actor, at=at)
    except IntegrityError as error:
        known = Reference.objects.filter(key=key).first()
        if known is None:
            raise AlreadyReferred from error
        if (known.order_id, known.about_id, known.text) != (order.pk, about.pk, words):
            raise KeyReused from error
        return known
    return written
