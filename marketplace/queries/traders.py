"""Who acts for whom on the market: which offices do, and who holds them."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from neighbourhoods.models import Neighbourhood, Seat
from neighbourhoods.queries.seats import seats_of
from people.models import Mandate, Party, PartyKind, Role, User
from people.queries import numbers_of

_ORGANISATION: Final = frozenset({Role.OWNER, Role.OPERATOR, Role.ORGANISER, Role.FINANCE})

# Who buys and sells for a party. For a neighbourhood that is its board, and no office.
TRADES: Final[dict[str, frozenset[Role]]] = {
    PartyKind.PERSON: frozenset({Role.HELPER}),
    PartyKind.HOUSEHOLD: frozenset({Role.OWNER, Role.MEMBER}),
    PartyKind.COMPANY: _ORGANISATION,
    PartyKind.ASSOCIATION: _ORGANISATION,
    PartyKind.INSTITUTION: _ORGANISATION,
    PartyKind.COOPERATIVE: _ORGANISATION,
    PartyKind.MUNICIPALITY: frozenset({Role.OWNER, Role.OPERATOR, Role.ORGANISER, Role.EDITOR, Role.FINANCE}),
    PartyKind.NEIGHBOURHOOD: frozenset(),
}
FAMILY: Final = frozenset({Role.OWNER, Role.MEMBER})


def parties_traded_for(person: Party, on: date) -> list[Party]:
    """For whom a person may buy and sell on a day: themself first, then the others by name."""
    held = Mandate.objects.in_force(on).held_by(person)
    found = Q(pk=person.canonical_id)
    for kind, roles in TRADES.items():
        if roles:
            found |= Q(kind=kind, pk__in=held.filter(role__in=roles).values("principal_id"))
    boards = seats_of(person).in_force(on).values("neighbourhood__party_id")
    parties = Party.objects.filter(found | Q(pk__in=boards)).with_names()
    return sorted(
        parties, key=lambda one: (one.pk != person.canonical_id, one.display_name.casefold(), one.pk)
    )


def logins_of_traders(party: Party, on: date) -> QuerySet[User]:
    """The logins of all who act for a party on the market on a day: they are told what happens to it."""
    active = User.objects.filter(is_active=True).select_related("person__person_details").order_by("pk")
    if party.is_person:
        return active.filter(person__in=numbers_of(party).order_by())
    held = Mandate.objects.in_force(on).filter(principal=party, role__in=TRADES[party.kind])
    counts = Q(person__in=held.values("person")) | Q(person__same_person_as__in=held.values("person"))
    there = Neighbourhood.objects.filter(party=party).first()
    if there is not None:
        from_board = Seat.objects.in_force(on).filter(neighbourhood=there).values("person")
        counts |= Q(person__in=from_board) | Q(person__same_person_as__in=from_board)
    return active.filter(counts)
