"""Whose hours no colleague confirms: of who leads what organises them, and of who lives with those."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Final

from django.db.models import Q

from marketplace.queries.traders import FAMILY
from people.models import Mandate, Party, PartyKind, Role

# The hours of everybody at these are confirmed by any colleague.
OF_ALL: Final = frozenset({PartyKind.NEIGHBOURHOOD, PartyKind.MUNICIPALITY})
LEADS: Final = frozenset({Role.OWNER, Role.HELPER})


def left_to_board(organisers: Collection[Party], on: date) -> dict[int, set[int]]:
    """Whose hours with each of these parties the board alone confirms on a day, by the number of the party: persons by
    the number that counts. It is who organises for themself or helps who does, who owns the organisation, and who lives
    with one of those, whatever else they are to it: an office that an owner gives to a housemate opens nothing.

    The permission and the lists ask this one. At most two queries.
    """
    leaders = _leaders([one for one in organisers if one.kind not in OF_ALL], on)
    homes, members = _homes_of({person for found in leaders.values() for person in found}, on)
    return {one.pk: _with_housemates(leaders.get(one.pk, set()), homes, members) for one in organisers}


def _leaders(organisers: Collection[Party], on: date) -> dict[int, set[int]]:
    """Who decides for each of them. A person does under any number."""
    found = {one.pk: {one.canonical_id} if one.is_person else set() for one in organisers}
    numbers = {number for one in organisers for number in (one.pk, one.canonical_id)}
    if not numbers:
        return found
    held = Mandate.objects.in_force(on).filter(principal__in=numbers, role__in=LEADS).order_by()
    offices: defaultdict[int, set[int]] = defaultdict(set)
    for principal, person, same in held.values_list("principal", "person", "person__same_person_as"):
        offices[principal].add(same or person)
    for one in organisers:
        found[one.pk] |= offices[one.pk] | offices[one.canonical_id]
    return found


def _homes_of(persons: set[int], on: date) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """The households of these persons, and who lives in each of those."""
    homes: defaultdict[int, set[int]] = defaultdict(set)
    members: defaultdict[int, set[int]] = defaultdict(set)
    if not persons:
        return homes, members
    family = Mandate.objects.in_force(on).filter(principal__kind=PartyKind.HOUSEHOLD, role__in=FAMILY)
    theirs = family.filter(Q(person__in=persons) | Q(person__same_person_as__in=persons))
    found = family.filter(principal__in=theirs.values("principal")).order_by()
    for home, person, same in found.values_list("principal", "person", "person__same_person_as"):
        homes[same or person].add(home)
        members[home].add(same or person)
    return homes, members


def _with_housemates(persons: set[int], homes: dict[int, set[int]], members: dict[int, set[int]]) -> set[int]:
    theirs = {home for person in persons for home in homes.get(person, set())}
    return persons | {person for home in theirs for person in members[home]}
