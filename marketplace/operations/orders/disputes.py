"""Disagreements: the buyer says what is wrong, a board member on neither side listens to both and rules. Where the
board is a side itself, somebody of the appeals panel of the municipality does."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.amounts import format_amount
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from marketplace.models import Dispute, Order
from marketplace.operations.doors import judge_of, person_of
from marketplace.operations.orders.deadlines import RULE_WITHIN
from marketplace.operations.orders.news import tell
from marketplace.operations.orders.settling import (
    check_in_time,
    check_not_by_voucher,
    check_side,
    hold,
    move,
    pay_out,
    put_back,
    set_free,
    share_of,
    words_in,
)
from marketplace.sides import Side, is_bought_by_board, is_mediator, is_with_board, may_settle
from people.models import Party
from people.queries import canonical

LONGEST_TEXT: Final = 1000


class HasMediator(Refusal):
    """One person settles it, so that both sides know whom they talk to."""

    code = "market_has_mediator"
    sentence = _("Another member of the board has taken this on already.")


class ForMunicipality(NotAllowed):
    """Nobody rules on their own order, a board neither."""

    code = "market_for_municipality"
    sentence = _(
        "The board is one of the two sides here. The appeals panel of the municipality settles this."
    )


class AwardOutOfRange(Refusal):
    """The seller gets nothing, all that was delivered is worth, or something between them."""

    code = "market_award_out_of_range"
    sentence = _("Give the seller between 0 and %(most)s: that is what was delivered.")
    field = "awarded"


def dispute(*, order: Order, text: str, language: str, actor: Actor, at: datetime) -> Dispute:
    """This will say that what came is not what was ordered. The coins stay reserved; the board has thirty days.

    :raises NothingSaid: without words about what is wrong.
    :raises NotYourTrade, OwnMatter, ByVoucher, TooLate, MoveRefused: nothing happened.
    """
    check_not_by_voucher(order)
    person = check_side(order, Side.BUYER, actor, at)
    words = words_in(text, most=LONGEST_TEXT)
    with transaction.atomic():
        hold(order, "dispute")
        check_in_time(order, at)
        made = Dispute.objects.create(
            order=order, text=words, language=language, opened_by=canonical(person), opened_at=at
        )
        move(order, "dispute", actor=actor, at=at, due_at=at + RULE_WITHIN)
    return made


def mediate(*, order: Order, actor: Actor, at: datetime) -> None:
    """This will have a board member take a disagreement on. Done again by the same one it changes nothing.

    :raises HasMediator: when a colleague who still has a seat did.
    :raises BoardOnly, OwnMatter: to who has no seat, or has to do with one of the sides.
    :raises TooLate, MoveRefused: when it is over.
    """
    person = _judge(order, actor, at)
    with transaction.atomic():
        hold(order, "resolve")
        check_in_time(order, at)
        _take_on(order, person, actor, at)


def resolve(*, order: Order, awarded: int, ruling: str, actor: Actor, at: datetime) -> None:
    """This will settle a disagreement: so much (minor units) to the seller, the rest back to the buyer, with reasons.

    :raises AwardOutOfRange: for more than what was delivered costs.
    :raises NothingSaid: without reasons; both sides read them.
    :raises HasMediator, BoardOnly, OwnMatter, TooLate, MoveRefused: nothing happened.
    """
    person = _judge(order, actor, at)
    reasons = words_in(ruling, most=LONGEST_TEXT)
    with transaction.atomic():
        hold(order, "resolve", with_offer=True)
        check_in_time(order, at)
        most = share_of(order, order.delivered or 0)
        if not 0 <= awarded <= most:
            raise AwardOutOfRange(most=format_amount(most, get_language() or ""))
        _take_on(order, person, actor, at)
        _settle(order, awarded, reasons, actor, at)


def give_in(*, order: Order, actor: Actor, at: datetime) -> None:
    """This will end a disagreement as the buyer wants it: the seller gives everything back.

    :raises NotYourTrade, OwnMatter, MoveRefused: nothing happened.
    """
    check_side(order, Side.SELLER, actor, at)
    with transaction.atomic():
        hold(order, "resolve", with_offer=True)
        with translation.override(order.dispute.language):
            why = gettext("The seller gives everything back.")
        _settle(order, 0, why, actor, at)


def end_unruled(*, order: Order, at: datetime) -> bool:
    """This will give everything back when nobody ruled in time. Where the board is the buyer, what it says was wrong
    is paid: it does not win by waiting. For the clock; says whether it was due."""
    with transaction.atomic():
        hold(order, "resolve", with_offer=True)
        if order.due_at is None or order.due_at > at:
            return False
        with translation.override(order.dispute.language):
            awarded, why = _by_itself(order)
        _settle(order, awarded, why % {"days": RULE_WITHIN.days}, Actor.system(), at)
    return True


def _by_itself(order: Order) -> tuple[int, str]:
    """What the seller gets when nobody ruled, and why, in the language of now."""
    if is_bought_by_board(order):
        words = gettext("The appeals panel did not rule within %(days)s days. The seller is paid.")
        return share_of(order, order.delivered or 0), words
    if is_with_board(order):
        return 0, gettext(
            "The appeals panel did not rule within %(days)s days. Everything goes back to the buyer."
        )
    return 0, gettext("The board did not rule within %(days)s days. Everything goes back to the buyer.")


def _judge(order: Order, actor: Actor, at: datetime) -> Party:
    """:raises BoardOnly, OwnMatter: to who has no seat there, or has to do with one of the sides.
    :raises ForMunicipality: to the board, where it is a side itself.
    """
    place = order.offer.neighbourhood
    if is_with_board(order):
        person = person_of(actor)
        if not may_settle(order, person, day_of(at)):
            raise ForMunicipality
        return person
    judge_of(actor, place, order.buyer, at)
    return judge_of(actor, place, order.seller, at)


def _take_on(order: Order, person: Party, actor: Actor, at: datetime) -> None:
    """The disagreement is locked with its order. Who can settle it no more, having left the board or the panel, left it
    to their colleagues."""
    found = Dispute.objects.select_related("mediator").get(order=order)
    if is_mediator(found, person):
        return
    if found.mediator and may_settle(order, found.mediator, day_of(at)):
        raise HasMediator
    Dispute.objects.filter(pk=found.pk).update(mediator=canonical(person))
    about = (order.buyer, order.seller)
    record("order.mediate", subject=order, actor=actor, at=at, about=about)
    tell("order.mediate", order, actor=actor, at=at)


def _settle(order: Order, awarded: int, ruling: str, actor: Actor, at: datetime) -> None:
    """What was not delivered can be ordered again; what the two disagree about cannot."""
    paid = pay_out(order, awarded, actor=actor, at=at)
    set_free(order, actor=actor, at=at)
    put_back(order, order.quantity - (order.delivered or 0))
    Dispute.objects.filter(order=order).update(awarded=awarded, ruling=ruling, ruled_at=at)
    move(order, "resolve", actor=actor, at=at, paid=awarded, transfer=paid, due_at=None)
