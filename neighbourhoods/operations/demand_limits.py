"""All limits of demand of a neighbourhood at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from core.actor import Actor
from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations.demand import set_limit
from neighbourhoods.operations.meetings.doors import leader_of
from neighbourhoods.queries.board_values import own_limits


def set_limits(
    *, neighbourhood: Neighbourhood, numbers: Mapping[str, int | None], actor: Actor, at: datetime
) -> list[str]:
    """Set the limits that differ from what stands, all or none; None goes back to what holds for all. Gives back the
    measures whose limit changed.

    :raises BoardOnly, LeadersOnly, NotALimit: as `set_limit`.
    """
    leader_of(actor, neighbourhood, at)
    with transaction.atomic():
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        own = own_limits(neighbourhood)
        changed = [measure for measure, number in numbers.items() if number != own.get(measure)]
        for measure in changed:
            set_limit(
                neighbourhood=neighbourhood, measure=measure, number=numbers[measure], actor=actor, at=at
            )
    return changed
