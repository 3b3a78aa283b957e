"""The way of an order in words: what was done, what comes next, and what happens when nobody does anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.amounts import format_amount
from marketplace.models import Order
from marketplace.operations.orders.settling import share_of
from marketplace.queries.order_story import Passed
from marketplace.sides import is_bought_by_board, is_by_voucher, is_with_board
from marketplace.states import OrderState
from marketplace.views.orders.base import AtOrder

_S = OrderState

# Ring: nothing is settled; half: going on; full: done; struck: it came to nothing.
DISCS: Final[dict[str, str]] = {
    _S.PLACED: "open",
    _S.ACCEPTED: "half",
    _S.DELIVERED: "half",
    _S.DISPUTED: "half",
    _S.CONFIRMED: "done",
    _S.RESOLVED: "done",
    _S.REFUNDED: "done",
    _S.DECLINED: "no",
    _S.CANCELLED: "no",
    _S.EXPIRED: "no",
}
AHEAD: Final[dict[str, tuple[str, ...]]] = {
    _S.PLACED: ("accept", "deliver", "confirm"),
    _S.ACCEPTED: ("deliver", "confirm"),
    _S.DELIVERED: ("confirm",),
    _S.DISPUTED: ("resolve",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step on the page: done, the one of now, or still to come."""

    title: str
    at: datetime | None = None
    text: str = ""
    is_done: bool = False
    is_now: bool = False


def steps_of(at: AtOrder, story: list[Passed]) -> list[Step]:
    """All steps in their order. What is bought ahead has but one step before it: the voucher itself."""
    done = _done(at, story)
    if is_by_voucher(at.order):
        ahead = [_("The voucher is used")] if at.order.state == _S.ACCEPTED else []
    else:
        ahead = [ahead_words(_named(at, event, "resolve")) for event in AHEAD.get(at.order.state, ())]
    coming = [Step(title=words, is_now=number == 0) for number, words in enumerate(ahead)]
    return [*done, *coming]


def state_words(order: Order) -> str:
    """How far it is. What is bought ahead was accepted by itself: of that nobody says more than that it is bought."""
    if is_by_voucher(order) and order.state == _S.ACCEPTED:
        return pgettext("an order", "bought")
    return str(order.get_state_display())


def _done(at: AtOrder, story: list[Passed]) -> list[Step]:
    if not is_by_voucher(at.order):
        return [
            Step(title=done_words(_named(at, one.event, "mediate")), at=one.at, text=one.reason, is_done=True)
            for one in story
        ]
    named = [(one, _("Bought") if one.event == "place" else done_words(one.event)) for one in story]
    return [
        Step(title=title, at=one.at, text=one.reason, is_done=True)
        for one, title in named
        if one.event != "accept"
    ]


def _named(at: AtOrder, event: str, of_board: str) -> str:
    """The step as it is called where the board is a side, and the appeals panel does what a board does."""
    return f"{event}_with_board" if event == of_board and is_with_board(at.order) else event


def done_words(event: str) -> str:
    """What a step that was taken is called."""
    return {
        "place": _("Ordered"),
        "accept": _("Accepted"),
        "decline": _("Declined"),
        "cancel": _("Cancelled"),
        "expire": _("Ran out of time"),
        "deliver": _("Delivered"),
        "confirm": pgettext("an order", "Confirmed and paid"),
        "dispute": _("Something was wrong"),
        "mediate": _("Somebody of the board took it on"),
        "mediate_with_board": _("Somebody of the appeals panel took it on"),
        "resolve": _("Settled"),
        "refund": _("Paid back"),
    }[event]


def ahead_words(event: str) -> str:
    """What a step that is to come is called."""
    return {
        "accept": _("The seller says yes"),
        "deliver": _("The seller delivers"),
        "confirm": _("The buyer confirms. Then it is paid."),
        "resolve": _("The board settles it"),
        "resolve_with_board": _("The appeals panel settles it"),
    }[event]


def next_words(at: AtOrder) -> str:
    """What happens now, for whoever looks, and what happens by itself."""
    if is_by_voucher(at.order) and at.order.state == _S.ACCEPTED:
        return _voucher(at)
    return _WORDS[at.order.state](at)


def _placed(at: AtOrder) -> str:
    if at.is_seller:
        return _("Say yes or no before %(day)s. After that the order ends by itself.") % _due(at)
    words = _("%(name)s can say yes until %(day)s. %(amount)s is set apart. Nothing is paid yet.")
    return words % {**_due(at), **_money(at), "name": at.order.seller.display_name}


def _accepted(at: AtOrder) -> str:
    if at.is_seller:
        words = _("Deliver it before %(day)s, and say so here. Then %(name)s confirms, and you are paid.")
        return words % {**_due(at), "name": at.order.buyer.display_name}
    words = _(
        "%(name)s delivers before %(day)s. You pay when you have it. Do you not need it any more? Then ask the seller."
    )
    return words % {**_due(at), "name": at.order.seller.display_name}


def _delivered(at: AtOrder) -> str:
    came = {**_due(at), "amount": _amount(share_of(at.order, at.order.delivered or 0))}
    if at.is_seller:
        words = _(
            "%(name)s looks whether all is well. If you hear nothing, you are paid %(amount)s on %(day)s."
        )
        return words % {**came, "name": at.order.buyer.display_name}
    return _("Is all well? Then confirm. If you do nothing, %(amount)s is paid on %(day)s.") % came


def _disputed(at: AtOrder) -> str:
    if is_bought_by_board(at.order):
        return (
            _("Hear both sides, and settle it before %(day)s. After that the seller is paid.") % _due(at)
            if at.is_mediator
            else _(
                "You do not agree. Somebody of the appeals panel listens to you both. Not settled "
                "before %(day)s? Then the seller is paid."
            )
            % _due(at)
        )
    if at.is_mediator:
        words = _(
            "Hear both sides, and settle it before %(day)s. After that everything goes back to the buyer."
        )
        return words % _due(at)
    if is_with_board(at.order):
        words = _(
            "You do not agree. Somebody of the appeals panel listens to you both. Not settled before %(day)s? "
            "Then everything goes back to the buyer."
        )
        return words % _due(at)
    words = _(
        "You do not agree. Somebody of the board listens to you both. Not settled before %(day)s? Then everything goes "
        "back to the buyer."
    )
    return words % _due(at)


def _confirmed(at: AtOrder) -> str:
    paid = {"amount": _amount(at.order.paid)}
    if at.is_seller:
        return _("You received %(amount)s from %(name)s.") % {**paid, "name": at.order.buyer.display_name}
    return _("You paid %(amount)s to %(name)s.") % {**paid, "name": at.order.seller.display_name}


def _refunded(at: AtOrder) -> str:
    back = {"amount": _amount(at.order.refunded), "paid": _amount(at.order.paid)}
    if at.is_seller:
        return _("You paid back %(amount)s of %(paid)s.") % back
    return _("You got back %(amount)s of %(paid)s.") % back


def _resolved(at: AtOrder) -> str:
    shares = {
        "seller": at.order.seller.display_name, "buyer": at.order.buyer.display_name, "paid": _amount(at.order.paid),
        "back": _amount(at.order.amount - at.order.paid),
    }  # fmt: skip
    return _("%(paid)s went to %(seller)s, %(back)s back to %(buyer)s.") % shares


def _undone(at: AtOrder) -> str:
    if at.is_buyer:
        return _("You paid nothing. Your %(amount)s is free again.") % _money(at)
    return _("Nothing was paid.")


def _voucher(at: AtOrder) -> str:
    if at.is_seller:
        return _("This was bought ahead. %(name)s shows a voucher. You are paid when you take it.") % {
            "name": at.order.buyer.display_name
        }
    return _("You bought this ahead. Show the voucher when you come. You pay as you use it.")


_WORDS: Final[dict[str, Callable[[AtOrder], str]]] = {
    _S.PLACED: _placed,
    _S.ACCEPTED: _accepted,
    _S.DELIVERED: _delivered,
    _S.DISPUTED: _disputed,
    _S.CONFIRMED: _confirmed,
    _S.REFUNDED: _refunded,
    _S.RESOLVED: _resolved,
    _S.DECLINED: _undone,
    _S.CANCELLED: _undone,
    _S.EXPIRED: _undone,
}


def moment_words(moment: datetime) -> str:
    """A moment as it is said: "Sunday 22 November, 15:30"."""
    return date_format(localtime(moment), "l j F, H:i")


def _due(at: AtOrder) -> dict[str, str]:
    due = at.order.due_at
    return {"day": moment_words(due) if due else ""}


def _money(at: AtOrder) -> dict[str, str]:
    return {"amount": _amount(at.order.amount)}


def _amount(minor: int) -> str:
    return format_amount(minor, get_language() or "")
