"""What CBS codes, GeoJSON and slugs look like. Each refusal is a sentence that says how it should be."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content.slugs import RESERVED_SLUGS

# Statistics Netherlands (CBS), "Wijk- en buurtindeling": municipality 4 digits, wijk 6, buurt 8.
CBS_CODE = {"GM": 4, "WK": 6, "BU": 8}


def validate_cbs_code(value: str) -> None:
    """GM, WK or BU and the digits that belong to it."""
    match = re.fullmatch(r"(GM|WK|BU)(\d+)", value)
    if not match or len(match[2]) != CBS_CODE[match[1]]:
        raise ValidationError(
            _("A CBS code is GM and 4 digits, WK and 6 digits, or BU and 8 digits, for example WK123401."),
            code="cbs",
        )


def validate_outline(value: Any) -> None:
    """A GeoJSON geometry of one or more closed surfaces (RFC 7946)."""
    if value in (None, {}):
        return
    if not isinstance(value, dict) or value.get("type") not in {"Polygon", "MultiPolygon"}:
        raise ValidationError(_("An outline is a GeoJSON Polygon or MultiPolygon."), code="geojson")
    surfaces = value.get("coordinates")
    polygons = [surfaces] if value["type"] == "Polygon" else surfaces
    if (
        not isinstance(polygons, list)
        or not polygons
        or not all(_is_polygon(polygon) for polygon in polygons)
    ):
        raise ValidationError(
            _("Each ring of the outline needs at least four points and ends where it began."), code="geojson"
        )


def _is_polygon(polygon: Any) -> bool:
    return isinstance(polygon, list) and bool(polygon) and all(_is_ring(ring) for ring in polygon)


def _is_ring(ring: Any) -> bool:
    return (
        isinstance(ring, list)
        and len(ring) >= 4
        and ring[0] == ring[-1]
        and all(
            isinstance(point, list)
            and len(point) >= 2
            and all(isinstance(n, int | float) and not isinstance(n, bool) for n in point[:2])
            and -180 <= point[0] <= 180
            and -90 <= point[1] <= 90
            for point in ring
        )
    )


def validate_slug_is_free(value: str) -> None:
    if value in RESERVED_SLUGS:
        raise ValidationError(
            _("The site itself uses this word in its addresses. Choose another."), code="reserved"
        )


def validate_colour(value: str) -> None:
    if not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise ValidationError(
            _("A colour is # and six digits or letters a to f, for example #1546c8."), code="colour"
        )
