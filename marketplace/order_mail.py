"""Mails about orders and about answers to what somebody asked: to the other side, and to the board when two disagree.

The first task is put in line in the transaction of the deed: with it, or not at all. It finds out who is written to and
puts one in line for each, so that one address that does not work keeps nobody else from hearing of it. No mail tells an
amount, an address or what was said: that stands behind the sign-in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from core.actor import Actor
from core.clock import day_of
from marketplace.models import Order, OrderMessage, Reference, Response
from marketplace.operations.orders.news import Thing, on_news
from marketplace.queries.offers import text_of
from marketplace.queries.orders import with_all
from marketplace.queries.responses import with_all as with_all_responses
from marketplace.queries.traders import logins_of_traders
from marketplace.sides import is_by_voucher, is_with_board, may_mediate, settled_by
from people.models import Mandate, Party, Role, User
from people.queries import canonical

BUYER, SELLER, BOARD, OTHERS = "buyer", "seller", "board", "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """To whom an event is told, and in which words."""

    to: tuple[str, ...]
    subject: Promise
    text: Promise


BOTH: Final = (BUYER, SELLER)
OF_VOUCHERS: Final = frozenset({"order.expire", "order.refund", "voucher.use"})
LETTERS: Final[dict[str, Letter]] = {
    "order.place": Letter(
        to=(SELLER,), subject=_("Ordered: %(title)s"),
        text=_("Somebody ordered “%(title)s” from you. Say yes or no within seven days."),
    ),
    "order.bought_ahead": Letter(
        to=(SELLER,), subject=_("Bought ahead: %(title)s"),
        text=_("Somebody bought “%(title)s” ahead. They come with a voucher. You are paid when you take it."),
    ),
    "order.accept": Letter(
        to=(BUYER,), subject=_("Accepted: %(title)s"), text=_("Your order of “%(title)s” was accepted."),
    ),
    "order.decline": Letter(
        to=(BUYER,), subject=_("Declined: %(title)s"),
        text=_("Your order of “%(title)s” was declined. You paid nothing. You can read why."),
    ),
    "order.cancel": Letter(
        to=(OTHERS,), subject=_("Cancelled: %(title)s"), text=_("The order of “%(title)s” was cancelled."),
    ),
    "order.expire": Letter(
        to=BOTH, subject=_("Ran out of time: %(title)s"),
        text=_("The time for the order of “%(title)s” has passed, so it ended. What was set apart is free again."),
    ),
    "order.deliver": Letter(
        to=(BUYER,), subject=_("Delivered: %(title)s"),
        text=_("“%(title)s” was delivered. Is all well? Then confirm. If you do nothing, it is paid after 14 days."),
    ),
    "order.confirm": Letter(
        to=(SELLER,), subject=_("Paid: %(title)s"), text=_("The order of “%(title)s” is confirmed. You are paid."),
    ),
    "order.dispute": Letter(
        to=(SELLER, BOARD), subject=_("Something is wrong: %(title)s"),
        text=_("Buyer and seller do not agree about “%(title)s”. Somebody of the board listens and settles it."),
    ),
    "order.dispute_with_board": Letter(
        to=(SELLER, BUYER, BOARD), subject=_("Something is wrong: %(title)s"),
        text=_(
            "Buyer and seller do not agree about “%(title)s”. Somebody of the appeals panel of the municipality "
            "listens and settles it."
        ),
    ),
    "order.mediate_with_board": Letter(
        to=BOTH, subject=_("Somebody of the appeals panel listens: %(title)s"),
        text=_("Somebody of the appeals panel has taken on your disagreement about “%(title)s”."),
    ),
    "voucher.use": Letter(
        to=(BUYER,), subject=_("Your voucher was used: %(title)s"),
        text=_("Your voucher for “%(title)s” was just used. Was that not you? Then block it, and ask the seller."),
    ),
    "order.mediate": Letter(
        to=BOTH, subject=_("Somebody of the board listens: %(title)s"),
        text=_("A member of the board has taken on your disagreement about “%(title)s”."),
    ),
    "order.resolve": Letter(
        to=BOTH, subject=_("Settled: %(title)s"),
        text=_("The disagreement about “%(title)s” is settled. You can read how, and why."),
    ),
    "order.refund": Letter(
        to=(BUYER,), subject=_("Paid back: %(title)s"), text=_("You were paid back for “%(title)s”."),
    ),
    "order.message": Letter(
        to=(OTHERS,), subject=_("A message about: %(title)s"),
        text=_("There is a message for you about the order of “%(title)s”."),
    ),
    "reference.write": Letter(
        to=(OTHERS,), subject=_("Words about you: %(title)s"),
        text=_("The other side of the order of “%(title)s” wrote how it went. Everybody on the market can read it."),
    ),
    "response.respond": Letter(
        to=(BUYER,), subject=_("An answer to: %(title)s"),
        text=_("Somebody answered what you asked: “%(title)s”. You can choose."),
    ),
    "response.choose": Letter(
        to=(SELLER,), subject=_("You were chosen: %(title)s"),
        text=_("Your answer to “%(title)s” was chosen. The coins are set apart for you. You have thirty days for it."),
    ),
    "response.decline": Letter(
        to=(SELLER,), subject=_("Not this time: %(title)s"),
        text=_("Another answer to “%(title)s” was chosen, or nobody is needed any more. Thank you for answering."),
    ),
}  # fmt: skip


@on_news
def write_news(event: str, thing: Thing, actor: Actor, at: datetime) -> None:
    """Put in line what has to be told. Who did it themself is not told."""
    told = event_to_tell(event, thing)
    if told:
        doer = actor.person.pk if actor.person else 0
        write_about.enqueue(told, type(thing).__name__, thing.pk, doer, day_of(at).isoformat())


def event_to_tell(event: str, thing: Thing) -> str:
    """The letter for an event; none when the other side knows already, or there is nothing to know."""
    if isinstance(thing, Order):
        if thing.response_id is not None and event in {"order.place", "order.accept"}:
            return ""  # whoever was chosen hears just that
        if is_by_voucher(thing):
            # Using and ending a voucher happens at the counter, or tells its own.
            return {"order.place": "order.bought_ahead"}.get(event, event if event in OF_VOUCHERS else "")
        if is_with_board(thing) and f"{event}_with_board" in LETTERS:
            return f"{event}_with_board"
    return event if event in LETTERS else ""


@task
def write_about(event: str, model: str, number: int, doer: int, on: str) -> None:
    """To each login on the sides that this event is told to."""
    order, response, speaker = _read(model, number)
    day = date.fromisoformat(on)
    acting = Party.objects.filter(pk=doer).first()
    known: set[int] = set()
    for side in LETTERS[event].to:
        for login in _logins(side, order, response, speaker, day):
            is_doer = acting is not None and login.person.canonical_id == canonical(acting).pk
            if not is_doer and login.pk not in known:
                known.add(login.pk)
                mail_about.enqueue(login.pk, event, order.pk if order else 0, response.pk if response else 0)


@task
def mail_about(login: int, event: str, order: int, response: int) -> None:
    """In the language of the person, also the address of the page. Nothing to who erased themself meanwhile."""
    user = User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()
    if user is None:
        return
    details = getattr(user.person, "person_details", None)
    with translation.override(details.language if details else settings.LANGUAGE_CODE):
        title, path = _about(event, order, response)
        letter = LETTERS[event]
        words = {
            "subject": str(letter.subject) % {"title": title},
            "text": str(letter.text) % {"title": title},
            "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path,
        }
        subject = render_to_string("marketplace/email/order_subject.txt", words)
        text = render_to_string("marketplace/email/order_message.txt", words)
    send_mail(" ".join(subject.split()), text, None, [user.email])


def _about(event: str, order: int, response: int) -> tuple[str, str]:
    """The title of what it is about, and where it is read, in the language of the mail."""
    if order:
        found = with_all(Order.objects.all()).get(pk=order)
        return text_of(found.offer).title, reverse("order", args=[found.ref])
    answer = with_all_responses(Response.objects.all()).get(pk=response)
    title, ref = text_of(answer.offer).title, answer.offer.ref
    made = Order.objects.filter(response=answer).first()
    if made:
        return title, reverse("order", args=[made.ref])
    return title, reverse("responses" if event == "response.respond" else "offer", args=[ref])


def _read(model: str, number: int) -> tuple[Order | None, Response | None, Party | None]:
    """The order or the answer that it is about, and the side that spoke, when it was a message or a reference."""
    if model == Response.__name__:
        return None, with_all_responses(Response.objects.all()).get(pk=number), None
    if model == OrderMessage.__name__:
        message = OrderMessage.objects.select_related("side").get(pk=number)
        return _order(message.order_id), None, message.side
    if model == Reference.__name__:
        reference = Reference.objects.get(pk=number)
        order = _order(reference.order_id)
        return order, None, order.buyer if reference.about_id == order.seller_id else order.seller
    return _order(number), None, None


def _order(number: int) -> Order:
    return with_all(Order.objects.all()).get(pk=number)


def _logins(
    side: str,
    order: Order | None,
    response: Response | None,
    speaker: Party | None,
    on: date,
) -> Iterator[User]:
    if response is not None:
        yield from _traders(response.offer.provider if side == BUYER else response.responder, on)
    if order is None:
        return
    if side == BOARD:
        yield from _mediators(order, on)
    elif side == OTHERS:
        sides = [order.buyer, order.seller]
        for party in sides:
            if speaker is None or party.pk != speaker.pk:
                yield from _traders(party, on)
        yield from _own_mediator(order, speaker)
    else:
        yield from _traders(order.buyer if side == BUYER else order.seller, on)


def _traders(party: Party, on: date) -> Iterator[User]:
    yield from logins_of_traders(party, on)


def _mediators(order: Order, on: date) -> Iterator[User]:
    """Those who can settle it: of the board, or of the municipality where the board is a side, and with nothing to do
    with one of the sides."""
    place = order.offer.neighbourhood
    known = Q(pk__in=place.seats.in_force(on).values("person"))
    if is_with_board(order):
        offices = Mandate.objects.in_force(on).filter(principal=place.municipality, role=Role.APPEALS)
        known = Q(pk__in=offices.values("person"))
    judges = Party.objects.filter(known)
    for login in (
        User.objects.filter(person__in=judges, is_active=True).select_related("person").order_by("pk")
    ):
        if may_mediate(order, login.person, on):
            yield login


def _own_mediator(order: Order, speaker: Party | None) -> Iterator[User]:
    """Whoever took a disagreement on reads what the two say about it, as long as it is not settled."""
    dispute = getattr(order, "dispute", None)
    if speaker is None or dispute is None or dispute.mediator is None or dispute.ruled_at is not None:
        return
    if speaker.pk != settled_by(order).pk:
        yield from User.objects.filter(person=dispute.mediator, is_active=True).select_related("person")
