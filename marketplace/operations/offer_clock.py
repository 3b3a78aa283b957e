"""Offers by the clock: nothing stands on the market that nobody looks after, and nothing goes without a word."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from marketplace.models import Offer
from marketplace.operations.clock import each, watched
from marketplace.operations.offers.telling import Told, tell
from marketplace.operations.standing import check_takes_part, locked
from marketplace.operations.terms import check_price
from marketplace.queries.offer_clock import (
    off_too_long,
    out_of_place,
    past_last_day,
    priced_by_value,
    to_remind,
)
from marketplace.states import OfferState

REMIND_BEFORE: Final = timedelta(days=7)
OFF_FOR: Final = timedelta(days=60)
SYSTEM = Actor.system()


@watched
def watch_offers(now: datetime) -> int:
    """Remind of last days, take off what may not stand there any more, end what stood beside it too long."""
    on = day_of(now)
    deeds = (
        ("remind", to_remind(on, on + REMIND_BEFORE), _remind),
        ("last day", past_last_day(on), _run_out),
        ("value", priced_by_value(on), _watch_price),
        ("place", out_of_place(on), _watch_place),
        ("end", off_too_long(on - OFF_FOR, now - OFF_FOR), _end),
    )  # fmt: skip
    return sum(each(f"offer, {name}", found, partial(deed, now)) for name, found, deed in deeds)


def _remind(now: datetime, pk: int) -> bool:
    """Once for each last day: whoever makes it later is reminded anew."""
    on = day_of(now)
    with transaction.atomic():
        offer = locked(Offer(pk=pk))
        is_due = offer.until_on is not None and on <= offer.until_on <= on + REMIND_BEFORE
        if offer.state != OfferState.PUBLISHED or offer.reminded_on is not None or not is_due:
            return False
        Offer.objects.filter(pk=pk).update(reminded_on=on)
        record("offer.remind", subject=offer, actor=SYSTEM, at=now, about=[offer.provider])
        tell(offer, Told.LAST_DAYS, at=now)
    return True


def _run_out(now: datetime, pk: int) -> bool:
    with transaction.atomic():
        offer = locked(Offer(pk=pk))
        if offer.state != OfferState.PUBLISHED or offer.until_on is None or offer.until_on >= day_of(now):
            return False
        with override(settings.LANGUAGE_CODE):
            _take_off(offer, _("Its last day has passed."), now)
        tell(offer, Told.RAN_OUT, at=now)
    return True


def _watch_price(now: datetime, pk: int) -> bool:
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        offer = locked(Offer(pk=pk))
        if offer.state != OfferState.PUBLISHED or offer.terms is None:
            return False
        try:
            check_price(offer.terms.amount, offer.terms.item, offer.terms.unit, day_of(now))
        except Refusal as refusal:
            _take_off(offer, str(refusal), now)
            tell(offer, Told.PRICE, at=now)
            return True
    return False


def _watch_place(now: datetime, pk: int) -> bool:
    """Who moved away, or whose admission ended, has nothing on the market any more."""
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        offer = locked(Offer(pk=pk))
        if offer.state != OfferState.PUBLISHED:
            return False
        try:
            check_takes_part(offer.provider, offer.neighbourhood, day_of(now))
        except Refusal as refusal:
            _take_off(offer, str(refusal), now)
            tell(offer, Told.NO_PLACE, at=now)
            return True
    return False


def _end(now: datetime, pk: int) -> bool:
    """Asked anew behind the lock: its provider may have put it back at this moment."""
    with transaction.atomic():
        offer = locked(Offer(pk=pk))
        if not off_too_long(day_of(now) - OFF_FOR, now - OFF_FOR).filter(pk=pk).exists():
            return False
        transition(offer, "end", actor=SYSTEM, at=now, about=(offer.provider,))
        tell(offer, Told.ENDED, at=now)
    return True


def _take_off(offer: Offer, why: str, now: datetime) -> None:
    transition(offer, "pause", actor=SYSTEM, at=now, about=(offer.provider,), reason=why)
