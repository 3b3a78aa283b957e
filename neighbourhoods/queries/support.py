"""How many residents support what asks for it: a call for a new election, or a proposal about a value."""

from __future__ import annotations

from django.db.models import Q

from neighbourhoods.models import Proposal, ValueDecision
from neighbourhoods.states import ResidencyState


def supporters(proposed: Proposal | ValueDecision) -> int:
    """How many residents support it: who moved away or was erased no longer counts, and nobody counts twice."""
    home = {"neighbourhood": proposed.neighbourhood_id, "state": ResidencyState.ATTESTED}
    own = Q(**{f"person__residencies__{name}": value for name, value in home.items()})
    linked = Q(**{f"person__same_person_as__residencies__{name}": value for name, value in home.items()})
    pairs = proposed.supports.filter(own | linked).values_list("person_id", "person__same_person_as_id")
    return len({same or person for person, same in pairs})
