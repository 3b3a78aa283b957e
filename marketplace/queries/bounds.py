"""What a value decided by the neighbourhood says about a price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from neighbourhoods.models import ItemKind, ValueDecision, ValuedItem
from neighbourhoods.queries.items import versions_until

# What residents earn and what the municipality charges is worth just that; what is sold may be cheaper.
SETS: Final = frozenset({ItemKind.ACTIVITY, ItemKind.FEE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A value in force, in minor units per unit of its item: it sets the price, or is the highest that it may be."""

    amount: int
    sets: bool
    since: date
    decision: ValueDecision

    def fits(self, amount: int) -> bool:
        return amount == self.amount if self.sets else amount <= self.amount


def bound_of(item: ValuedItem | None, on: date) -> Bound | None:
    """What holds for prices of an item on a day; None when it has no value."""
    if item is None:
        return None
    version = versions_until(on).filter(item=item).select_related("decision").first()
    if version is None or version.amount is None:
        return None
    return Bound(
        amount=version.amount,
        sets=item.kind in SETS,
        since=version.effective_on,
        decision=version.decision,
    )
