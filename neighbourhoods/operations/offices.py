"""When somebody's offices change, who edits what follows at once."""

from __future__ import annotations

from datetime import datetime

from core.clock import day_of
from neighbourhoods.rights import derive_groups
from people.models import Party, PartyKind
from people.operations.hooks import office_changed


@office_changed
def follow_offices(person: Party, principal: Party, at: datetime) -> None:
    """Only a municipality has editors by mandate; the seats of a board say so themselves."""
    if principal.kind == PartyKind.MUNICIPALITY:
        derive_groups(on=day_of(at), people=[person])
