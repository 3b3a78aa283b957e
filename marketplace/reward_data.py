"""Maximum amounts of volunteers' allowances as we saw them, each with its year and where it stands.

They are proposals: nothing is paid by them before a municipality has looked and confirmed them. A year that is not here
is not known to us, and then we propose nothing. In euros, which coins are worth one to one; minor units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """The amounts of a year: for everybody from `grown_up` on and for who is younger, per hour; for all per month and
    year. `source` is where they stand."""

    per_hour: int
    per_hour_younger: int
    per_month: int
    per_year: int
    source: str
    grown_up: int = 21


KNOWN: Final[dict[int, Known]] = {
    2023: Known(
        per_hour=5_00, per_hour_younger=2_75, per_month=190_00, per_year=1900_00,
        source="Belastingdienst, “Vrijwilligersvergoedingen”, belastingdienst.nl, 2023",
    ),
    2024: Known(
        per_hour=5_50, per_hour_younger=3_25, per_month=210_00, per_year=2100_00,
        source="Belastingdienst, “Vrijwilligersvergoedingen”, belastingdienst.nl, 2024",
    ),
    2025: Known(
        per_hour=5_60, per_hour_younger=3_30, per_month=210_00, per_year=2100_00,
        source="Kennisnetwerk Belastingen en Toeslagen, 2 september 2025",
    ),
}  # fmt: skip

# Whoever receives social assistance (bijstand) and is younger than 27 may earn nothing beside it.
# Source: grdebevelanden.nl, 2024; laborijn.nl.
NOTHING_UNTIL: Final = 26
