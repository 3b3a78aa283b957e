"""What the board decides about offers: let on the market, sent back, taken off and put back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import Refusal
from core.states import MoveRefused, transition
from core.words import one_line
from marketplace.models import Offer
from marketplace.operations.doors import judge_of
from marketplace.operations.offers.checking import check_stock
from marketplace.operations.offers.drafting import check_fit
from marketplace.operations.offers.telling import Told, tell
from marketplace.operations.standing import locked
from marketplace.queries.offers import fingerprint, ordered_meanwhile, replaces
from marketplace.states import OFFER, OfferState

LONGEST_REASON = 500


class ReasonNeeded(Refusal):
    """Whoever hears no must hear why."""

    code = "offer_reason_needed"
    sentence = _("Say why, in no more than 500 characters.")
    field = "reason"


class NotSubmitted(Refusal):
    """A draft of somebody else is still being written."""

    code = "offer_not_submitted"
    sentence = _("This was not sent to the board yet.")


class ChangedMeanwhile(Refusal):
    """It is not any more what the board looked at."""

    code = "offer_changed_meanwhile"
    sentence = _("This was changed while you looked at it. Read it again first.")


class NotSuspended(Refusal):
    """The board puts back what the board took off."""

    code = "offer_not_suspended"
    sentence = _("The board did not take this off the market.")


def publish(*, offer: Offer, actor: Actor, at: datetime, seen: str | None = None) -> Offer:
    """Let it on the market; what it was written to replace ends. `seen` is the `fingerprint` of what the board read.

    :raises BoardOnly: to whoever is not on the board. :raises OwnMatter: to who has an interest.
    :raises NotSubmitted: for a draft of anybody but the neighbourhood itself.
    :raises ChangedMeanwhile: when it is not any more what was read.
    :raises StockRefused: for none of it. What was ordered of the old one since this was written is taken off it.
    :raises Refusal: when the provider, its words or its terms do not do any more.
    """
    with transaction.atomic():
        old = replaces(offer)
        if old is not None:  # the older number first, as everybody locks
            locked(old)
        locked(offer)
        judge_of(actor, offer.neighbourhood, offer.provider, at)
        if offer.state == OfferState.DRAFT and offer.provider_id != offer.neighbourhood.party_id:
            raise NotSubmitted
        if seen is not None and seen != fingerprint(offer):
            raise ChangedMeanwhile
        if offer.state == OfferState.DRAFT:  # what is sent to the board was asked this when it was sent
            check_stock(offer.stock)
        OFFER.after(
            offer.state, "publish"
        )  # said before what else may be wrong with something that is out already
        check_fit(offer, at)
        about = (offer.provider,)
        transition(offer, "publish", actor=actor, at=at, about=about, along={"published_at": at})
        _take_along(offer, at)
        if old is not None and old.state in {OfferState.PUBLISHED, OfferState.PAUSED}:
            transition(old, "end", actor=actor, at=at, about=about)
        tell(offer, Told.PUBLISHED, at=at)
    return offer


def return_offer(*, offer: Offer, reason: str, actor: Actor, at: datetime) -> Offer:
    """Send it back, with the reason: who wrote it can change it and send it again.

    :raises BoardOnly: to whoever is not on the board. :raises OwnMatter: to who has an interest.
    :raises ReasonNeeded: without one.
    """
    why = checked_reason(reason)
    with transaction.atomic():
        locked(offer)
        judge_of(actor, offer.neighbourhood, offer.provider, at)
        transition(offer, "return", actor=actor, at=at, about=(offer.provider,), reason=why)
        tell(offer, Told.RETURNED, at=at)
    return offer


def suspend(*, offer: Offer, reason: str, actor: Actor, at: datetime) -> Offer:
    """Take it off the market, also when it was paused: from now on the board alone puts it back.

    :raises BoardOnly: to whoever is not on the board. :raises OwnMatter: to who has an interest.
    :raises ReasonNeeded: without one.
    """
    why = checked_reason(reason)
    with transaction.atomic():
        locked(offer)
        judge_of(actor, offer.neighbourhood, offer.provider, at)
        _take_off(offer, why, actor, at)
        tell(offer, Told.SUSPENDED, at=at)
    return offer


def release(*, offer: Offer, reason: str, actor: Actor, at: datetime) -> Offer:
    """Put back what the board took off.

    :raises BoardOnly: to whoever is not on the board. :raises OwnMatter: to who has an interest.
    :raises NotSuspended: when the board did not take it off.
    :raises Refusal: when the provider, its words or its terms do not do any more.
    """
    why = checked_reason(reason)
    with transaction.atomic():
        locked(offer)
        judge_of(actor, offer.neighbourhood, offer.provider, at)
        if not offer.paused_by_board:
            raise NotSuspended
        check_fit(offer, at)
        transition(
            offer, "resume", actor=actor, at=at, about=(offer.provider,), reason=why,
            along={"paused_by_board": False},
        )  # fmt: skip
        tell(offer, Told.RELEASED, at=at)
    return offer


def _take_along(offer: Offer, at: datetime) -> None:
    """What was ordered of the old one while the board looked is gone, and not sold once more. Both are locked."""
    if offer.stock is None or not (gone := ordered_meanwhile(offer)):
        return
    before, offer.stock = offer.stock, max(0, offer.stock - gone)
    Offer.objects.filter(pk=offer.pk).update(stock=offer.stock)
    record(
        "offer.stock", subject=offer, actor=Actor.system(), at=at, about=[offer.provider], before=str(before),
        after=str(offer.stock),
    )  # fmt: skip


def _take_off(offer: Offer, why: str, actor: Actor, at: datetime) -> None:
    if offer.paused_by_board:
        raise MoveRefused
    about, marked = (offer.provider,), {"paused_by_board": True}
    transition(offer, "suspend", actor=actor, at=at, about=about, reason=why, along=marked)


def checked_reason(reason: str) -> str:
    """:raises ReasonNeeded: when it is empty, or longer than anybody reads."""
    why = one_line(reason)
    if not 0 < len(why) <= LONGEST_REASON:
        raise ReasonNeeded
    return why
