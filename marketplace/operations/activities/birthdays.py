"""Whose date of birth is relied on here: what somebody may earn, and whether they need consent, hangs on it."""

from __future__ import annotations

from marketplace.models import Participation
from people.models import Party
from people.operations.hooks import keeps_birthday
from people.queries import numbers_of


@keeps_birthday
def took_part(person: Party) -> bool:
    """Whoever signed up for something once does not become older or younger by themself, wherever they live now."""
    return Participation.objects.filter(person__in=numbers_of(person).order_by()).exists()
