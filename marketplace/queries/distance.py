"""How far something is, in arithmetic that every database has.

The earth is taken as flat around the point that is measured from. Within some tens of kilometres that is right to some
metres, which is finer than anybody's choice of "within 5 kilometres".
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final, NamedTuple

from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable, Expression

from neighbourhoods.models import Neighbourhood

KM_PER_DEGREE: Final = 111.195  # of latitude: the circumference of the earth (mean radius 6371.0 km) over 360
FARTHEST: Final = 1e9  # squared degrees: for what stands nowhere

Ring = list[list[float]]


class Point(NamedTuple):
    """In degrees (WGS 84)."""

    latitude: float
    longitude: float


def outer_rings(outline: dict[str, Any] | None) -> list[Ring]:
    """The outer edge of each surface of a GeoJSON outline."""
    if not outline:
        return []
    surfaces = [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]
    return [surface[0] for surface in surfaces]


def centre_of(outline: dict[str, Any] | None) -> Point | None:
    """The centre of gravity of an outline, its surfaces weighed by their size; none without an outline."""
    weight = along = up = 0.0
    rings = outer_rings(outline)
    for ring in rings:
        for (x1, y1, *_), (x2, y2, *_) in pairwise(ring):
            cross = x1 * y2 - x2 * y1
            weight, along, up = weight + cross, along + (x1 + x2) * cross, up + (y1 + y2) * cross
    if rings and not weight:  # a line, or a point
        return Point(rings[0][0][1], rings[0][0][0])
    return Point(up / (3 * weight), along / (3 * weight)) if rings else None


class Place(NamedTuple):
    """A neighbourhood, and where its middle is."""

    pk: int
    slug: str
    centre: Point


def drawn() -> QuerySet[Neighbourhood]:
    """The neighbourhoods by name, each with its outline if it has one."""
    return Neighbourhood.objects.select_related("area", "coin").order_by("name", "pk")


def places(of: Iterable[Neighbourhood]) -> list[Place]:
    """Each neighbourhood that is drawn, with its centre."""
    found = ((one, centre_of(one.area.outline if one.area else None)) for one in of)
    return [Place(one.pk, one.slug, centre) for one, centre in found if centre]


def slugs_of_places() -> list[str]:
    """Every neighbourhood that distances can be measured from, drawn or not."""
    return list(Neighbourhood.objects.values_list("slug", flat=True))


def kilometres(one: Point, other: Point) -> float:
    return math.sqrt(_squared(one, other)) * KM_PER_DEGREE


def within(start: Point, km: float, of: Iterable[Place]) -> Q:
    """What stands within so many kilometres; what has no point counts as at the centre of its neighbourhood."""
    near = [place.pk for place in of if kilometres(start, place.centre) <= km]
    reach = km / KM_PER_DEGREE
    wide = reach / max(math.cos(math.radians(start.latitude)), 0.01)
    box = Q(
        latitude__gte=start.latitude - reach,
        latitude__lte=start.latitude + reach,
        longitude__gte=start.longitude - wide,
        longitude__lte=start.longitude + wide,
        distance__lte=reach**2,
    )
    return box | Q(latitude__isnull=True, neighbourhood__in=near)


def distance_from(start: Point, of: Iterable[Place]) -> Expression:
    """Squared degrees from a point: for comparing and sorting, no distance to be shown."""
    north: Combinable = F("latitude") - Value(start.latitude)
    east: Combinable = (F("longitude") - Value(start.longitude)) * Value(_narrowing(start))
    return Case(
        When(latitude__isnull=False, then=north * north + east * east),
        *(When(neighbourhood=place.pk, then=Value(_squared(start, place.centre))) for place in of),
        default=Value(FARTHEST),
        output_field=FloatField(),
    )


def _squared(one: Point, other: Point) -> float:
    north = other.latitude - one.latitude
    east = (other.longitude - one.longitude) * _narrowing(one)
    return north**2 + east**2


def _narrowing(at: Point) -> float:
    """How much narrower a degree of longitude is than one of latitude."""
    return math.cos(math.radians(at.latitude))
