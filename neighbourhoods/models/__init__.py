"""Places, who lives there, who sits on the board, and the pages that show them."""

from __future__ import annotations

from neighbourhoods.models.area import Area, AreaKind
from neighbourhoods.models.neighbourhood import Landmark, Neighbourhood
from neighbourhoods.models.pages import (
    MunicipalityPage,
    NeighbourhoodPage,
    NewsIndexPage,
    NewsKind,
    NewsPage,
    StandardPage,
)
from neighbourhoods.models.residency import Attestation, Residency
from neighbourhoods.models.seat import Seat, SeatKind, SeatOffice

__all__ = [
    "Area",
    "AreaKind",
    "Attestation",
    "Landmark",
    "MunicipalityPage",
    "Neighbourhood",
    "NeighbourhoodPage",
    "NewsIndexPage",
    "NewsKind",
    "NewsPage",
    "Residency",
    "Seat",
    "SeatKind",
    "SeatOffice",
    "StandardPage",
]
