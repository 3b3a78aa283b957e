"""Finding a voucher by its code, at the desk of the seller: freely when it is right, seldom when it is not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import Refusal
from marketplace.codes import parse_code
from marketplace.models import Voucher
from marketplace.operations.doors import trader_of
from marketplace.queries.vouchers import sold_by
from people.models import Party

WITHIN: Final = timedelta(minutes=10)
MOST: Final = (
    20  # wrong codes in that time: a list on paper with a few slips passes, going through codes does not
)


class UnknownVoucher(Refusal):
    """Nobody has this code, or it is for another seller: which of these is not said."""

    code = "unknown_voucher"
    sentence = _("We know no voucher for you with this code. Check each sign of the code.")
    field = "code"


class TooManyTries(Refusal):
    """Somebody typed more wrong codes than anybody mistypes."""

    code = "too_many_tries"
    sentence = _("That were many wrong codes. For everybody's safety we wait ten minutes. Then try again.")
    field = "code"


def find(*, code: str, seller: Party, actor: Actor, at: datetime) -> Voucher:
    """This will find a voucher of this seller by the code that was typed, scanned or read aloud.

    :raises NotYourTrade: to who does not act for the seller.
    :raises UnknownVoucher: when there is none; that is counted.
    :raises TooManyTries: instead of looking, after too many of those.
    """
    person = trader_of(actor, seller, at)
    key = f"voucher_tries:{person.canonical_id}"
    with transaction.atomic():
        # One after the other, also of two logins of one person: none of two wrong tries at once is forgotten.
        Party.objects.select_for_update(no_key=True).get(pk=person.canonical_id)
        since = (at - WITHIN).timestamp()
        tries = [moment for moment in cache.get(key, []) if moment > since]
        if len(tries) >= MOST:
            raise TooManyTries
        found = (
            sold_by(seller)
            .select_related("order__offer", "order__buyer", "order__seller")
            .filter(code=parse_code(code) or "")
            .first()
        )
        if found is None:
            cache.set(key, [*tries, at.timestamp()], WITHIN.total_seconds())
    if found is None:
        raise UnknownVoucher
    return found
