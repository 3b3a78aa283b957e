"""Everybody in the demo, in one register: the command makes them, the pages and the sign-in page name them."""

from __future__ import annotations

from collections.abc import Iterator

from home.demo.people.kinds import Group, Home, Living, Organisation, Person, Seat
from home.demo.people.offices import (
    BOARDS,
    ELS,
    HARM,
    KARIN,
    NIENKE,
    OFFICIALS,
    ORGANISATIONS,
    ROBIN,
    RUUD,
    SEATS,
)
from home.demo.people.residents import ANA, JOOP, NAMED, THIJS, neighbours

__all__ = [
    "ELS",
    "HARM",
    "HOUSEHOLD",
    "JOOP",
    "KARIN",
    "NAMED",
    "NIENKE",
    "OFFICIALS",
    "ORGANISATIONS",
    "ROBIN",
    "RUUD",
    "SEATS",
    "Group",
    "Home",
    "Household",
    "Living",
    "Organisation",
    "Person",
    "Seat",
    "board_of",
    "everybody",
    "who_can_sign_in",
]


class Household:
    """The one household: its owner, its member, and a child without a login."""

    name = "Gezin Santos-Brouwer"
    owner = ANA
    member = THIJS
    child = ("Lou", "Brouwer")


HOUSEHOLD = Household()


def board_of(slug: str) -> tuple[Seat, ...]:
    """The seats of one board, the chair first."""
    return tuple(seat for seat in SEATS if seat.neighbourhood == slug)


def everybody() -> Iterator[Person]:
    """All with a login, each once: officials first, for they register the others."""
    yield from (person for _role, person in OFFICIALS)
    yield ROBIN
    yield from (seat.person for seat in SEATS)
    for organisation in ORGANISATIONS:
        yield from dict.fromkeys((organisation.owner, *(person for _role, person in organisation.offices)))
    yield from NAMED
    for slug in BOARDS:
        yield from neighbours(slug)


def who_can_sign_in() -> dict[Group, list[Person]]:
    """Those on the sign-in page, group by group."""
    listed: dict[Group, list[Person]] = {group: [] for group in Group}
    for person in everybody():
        if person.group is not None:
            listed[person.group].append(person)
    return listed
