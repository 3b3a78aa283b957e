"""When somebody who sells is open: one week that comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from marketplace.models import OpeningTime
from marketplace.permissions import may_trade
from marketplace.queries.opening import DAYS, Hours, written
from neighbourhoods.permissions import acting_person
from people.models import Party

if TYPE_CHECKING:
    from core.actor import Actor

MOST_A_DAY = 3


class HoursDoNotFit(Refusal):
    """Somebody closes before they open, or opens twice at once."""

    code = "hours_do_not_fit"
    sentence = _("These hours do not fit: %(hours)s. Closing comes after opening, and one after the other.")


def set_opening_times(*, provider: Party, week: Mapping[int, Hours], actor: Actor, at: datetime) -> None:
    """This will put another week in the place of the one before. Days that are not in it are closed.

    :raises NotAllowed: to whoever does not trade for this party.
    :raises HoursDoNotFit: when the hours of a day cannot be. Nothing changed.
    """
    person = acting_person(actor)
    if person is not None and not may_trade(person, provider, day_of(at)):
        raise NotAllowed
    for hours in week.values():
        _check(hours)
    with transaction.atomic():
        # Two people who change it at once wait for each other here, so that no week is a mix of both.
        locked = Party.objects.select_for_update().get(pk=provider.pk)
        OpeningTime.objects.filter(provider=locked).delete()
        OpeningTime.objects.bulk_create(
            OpeningTime(provider=locked, weekday=day, opens_at=opens, closes_at=closes)
            for day in DAYS
            for opens, closes in week.get(day, ())
        )
        record("opening_times.set", subject=locked, actor=actor, at=at, about=[locked])


def _check(hours: Hours) -> None:
    moments: list[time] = [moment for pair in hours for moment in pair]
    follows = all(one < other for one, other in pairwise(moments))
    if not follows or len(hours) > MOST_A_DAY:
        raise HoursDoNotFit(hours=written(hours))
