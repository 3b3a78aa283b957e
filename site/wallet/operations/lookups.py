"""Looking up whose address this is: freely for whom somebody knows, for others so seldom that nobody collects names.

What was looked up is remembered in the cache for a day, per person and not per login. What is not found counts double.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.clock import day_of
from core.refusals import Refusal
from ledger.address import parse_address
from ledger.kinds import HELD, AccountState
from ledger.operations import SameAccount, UnknownAccount
from ledger.queries import account_at
from people.models import Party

if TYPE_CHECKING:
    from ledger.models import Account, Coin

DAY = timedelta(days=1)
# How much in which time: enough for a market stall, far too little to go through addresses.
BOUNDS = ((timedelta(minutes=10), 20), (DAY, 100))
FOUND, NOT_FOUND = 1, 2


class NobodyThere(Refusal):
    """There is no such account, or none that can be paid in this coin: which of these is not said."""

    code = "nobody_there"
    sentence = _(
        "We know nobody with this address whom you can pay in %(coin)s. Check each sign of the address."
    )
    field = "to"


class TooManyLookups(Refusal):
    """Somebody looks up more addresses than anybody pays."""

    code = "too_many_lookups"
    sentence = _(
        "You looked up many addresses. For everybody's safety we wait a little. Try again later. Whom you paid before"
        " you can pay at once."
    )


class Look(NamedTuple):
    """One address that was looked up: when (seconds), how much it counts, and whose it was ("" when nobody's)."""

    at: float
    weight: int
    address: str


def look_up(
    *, address: str, person: Party, at: datetime, mine: Account, known: Iterable[Account] = ()
) -> Account:
    """This will find the account at an address, to pay it from `mine` or to ask it for something; and count the look.

    :raises NobodyThere: when there is no account, or none in this coin that is open.
    :raises SameAccount: when it is the account itself.
    :raises TooManyLookups: when this person looked up too many whom they do not know.
    """
    parsed = parse_address(address)
    if parsed == mine.address:
        raise SameAccount
    is_known = any(one.address == parsed for one in known)
    found = _open_at(parsed, at) if is_known else _counted(parsed, person, at, mine.coin)
    if found is None or found.coin_id != mine.coin_id:
        raise NobodyThere(coin=mine.coin.name_plural)
    return found


def look_up_any(*, address: str, person: Party, at: datetime) -> Account | None:
    """This will find the open account at an address, in whichever coin, for who came by a link; and count the look.

    :raises TooManyLookups: when this person looked up too many whom they do not know.
    """
    return _counted(parse_address(address), person, at, None)


def _counted(address: str | None, person: Party, at: datetime, coin: Coin | None) -> Account | None:
    """The account, once this look is counted: also of those that find nobody, and of two at the same moment both.

    :raises TooManyLookups: instead of looking.
    """
    with transaction.atomic():
        Party.objects.select_for_update(no_key=True).get(pk=person.canonical_id)
        looks = _looks(person, at)
        is_new = address not in {look.address for look in looks} or not address
        if is_new and any(_sum(looks, at - time) + FOUND > most for time, most in BOUNDS):
            raise TooManyLookups
        found = _open_at(address, at)
        fits = found is not None and (coin is None or found.coin_id == coin.pk)
        if is_new or not fits:
            new = Look(at.timestamp(), FOUND, address or "") if fits else Look(at.timestamp(), NOT_FOUND, "")
            cache.set(_key(person), [tuple(look) for look in (*looks, new)], DAY.total_seconds())
    return found


def _open_at(address: str | None, at: datetime) -> Account | None:
    try:
        found = account_at(address or "")
    except UnknownAccount:
        return None
    has_ended = found.ends_on is not None and found.ends_on < day_of(at)
    return found if found.kind in HELD and found.state == AccountState.OPEN and not has_ended else None


def _looks(person: Party, at: datetime) -> list[Look]:
    since = (at - DAY).timestamp()
    return [look for look in (Look(*one) for one in cache.get(_key(person), [])) if look.at > since]


def _sum(looks: list[Look], since: datetime) -> int:
    return sum(look.weight for look in looks if look.at > since.timestamp())


def _key(person: Party) -> str:
    return f"lookups:{person.canonical_id}"
