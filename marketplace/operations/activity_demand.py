"""What activities and the market tell about demand: per valued item and week, in numbers alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.utils import timezone

from marketplace.models import Direction, Offer, Participation, Shift
from marketplace.queries.participations import WITHOUT_PLACE
from marketplace.states import ActivityState, OfferState, ParticipationState, ShiftState
from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations.demand import register_source
from neighbourhoods.queries.demand import WEEK, Figures


@register_source
def demand_of(neighbourhood: Neighbourhood, week_on: date) -> Mapping[int, Figures]:
    """The figures of the items of a neighbourhood in the week that begins on a Monday, by the key of the item. Three
    queries, however much goes on there.

    `open_places` are those of the shifts of that week that nobody took, `waiting` who is on a list for one of them,
    `sign_ups` who signed up in that week for whichever shift and still comes or came. `open_demand` are the wanted
    things on the market now that were there before the week ended.
    """
    begins, ends = _midnight(week_on), _midnight(week_on + WEEK)
    places, waiting = _shifts(neighbourhood, begins, ends)
    sign_ups = Counter(
        Participation.objects.filter(
            shift__activity__neighbourhood=neighbourhood, signed_up_at__gte=begins, signed_up_at__lt=ends
        )
        .exclude(state__in=WITHOUT_PLACE)
        .values_list("shift__activity__item", flat=True)
    )
    wanted = Counter(
        Offer.objects.filter(
            neighbourhood=neighbourhood, direction=Direction.DEMAND, state=OfferState.PUBLISHED,
            terms__item__isnull=False, published_at__lt=ends,
        ).values_list("terms__item", flat=True)
    )  # fmt: skip
    return {
        item: Figures(
            open_places=places[item], sign_ups=sign_ups[item], waiting=waiting[item], open_demand=wanted[item]
        )
        for item in _all_of(places, waiting, sign_ups, wanted)
    }


def _shifts(
    neighbourhood: Neighbourhood, begins: datetime, ends: datetime
) -> tuple[Counter[int], Counter[int]]:
    """Open places and people who wait, per item, in the shifts that begin between these moments and were not called
    off."""
    shifts = (
        Shift.objects.filter(
            activity__neighbourhood=neighbourhood, state=ShiftState.OPEN, starts_at__gte=begins, starts_at__lt=ends,
            activity__published_at__isnull=False,
        )
        .exclude(activity__state=ActivityState.CANCELLED)
        .annotate(
            taken=Count("participations", filter=~Q(participations__state__in=WITHOUT_PLACE)),
            queue=Count("participations", filter=Q(participations__state=ParticipationState.WAITING)),
        )
    )  # fmt: skip
    places: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    for item, number, taken, queue in shifts.values_list("activity__item", "places", "taken", "queue"):
        places[item] += max(number - taken, 0)
        waiting[item] += queue
    return places, waiting


def _all_of(*counters: Iterable[int]) -> list[int]:
    return sorted({item for counter in counters for item in counter})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
