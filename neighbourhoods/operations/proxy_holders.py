"""Finding who is to vote for somebody, by the address with which they sign in: a list of names would tell who lives
here. An address that nobody has and one of somebody who may not vote get the same answer, and nobody tries many.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from neighbourhoods.operations.ballots import HolderNotOnRoll
from people.models import Party

MOST_A_DAY = 10
DAY = timedelta(days=1)


class TooManyAddresses(Refusal):
    """Somebody tries more addresses than they have people to ask."""

    code = "too_many_addresses"
    sentence = _("You tried many addresses today. For everybody's safety we wait a day. Try again tomorrow.")
    field = "holder"


def holder_at(*, email: str, asked_by: Party, at: datetime) -> Party:
    """This will find the person who signs in with this address.

    :raises TooManyAddresses: when this person tried too many today.
    :raises HolderNotOnRoll: when nobody signs in with it.
    """
    key = f"proxy-holders:{asked_by.canonical_id}:{at.date()}"
    cache.add(key, 0, DAY.total_seconds())
    tried = cache.incr(key)
    cache.touch(key, DAY.total_seconds())  # some caches begin their own, short time anew with each number
    if tried > MOST_A_DAY:
        raise TooManyAddresses
    proven = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user__person")
    found = proven.first()
    if found is None:
        raise HolderNotOnRoll
    person: Party = found.user.person
    return person
