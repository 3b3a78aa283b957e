"""The shapes of the people of the demo: who they are, where they live, which offices they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from home.demo.texts.kinds import Words

ORGANISATION_KINDS = ("COMPANY", "ASSOCIATION")


class Group(Enum):
    """How the people stand together on the page where one signs in as each of them."""

    RESIDENTS = Words("Bewoners", "Residents")
    BOARDS = Words("Wijkbesturen", "Neighbourhood boards")
    ORGANISATIONS = Words("Organisaties en bedrijven", "Organisations and companies")
    MUNICIPALITY = Words("Gemeente Havermeer", "Municipality of Havermeer")
    ADMINISTRATION = Words("Beheer", "Administration")


class Living(Enum):
    """How far somebody has come with living in a neighbourhood."""

    ATTESTED = "attested"  # lives there, seen at the desk
    WAITING = "waiting"  # asked for a letter
    LETTER = "letter"  # the letter was made
    AT_DESK = "at desk"  # asked, and will come to the desk
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Home:
    """A door in a neighbourhood (its slug), and how far the registration is."""

    neighbourhood: str
    street: str
    number: str
    postcode: str
    living: Living = Living.ATTESTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a login. `does` says who this is, `tries` what a visitor can try as this person."""

    given: str
    family: str
    email: str
    home: Home | None = None
    group: Group | None = None
    does: Words | None = None
    tries: Words | None = None
    staff: bool = False

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A seat on a board; `office` is a stored value of `SeatOffice`."""

    neighbourhood: str
    office: str
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A company or association; `offices` are (role, person), beside its owner."""

    kind: str
    name: str
    owner: Person
    kvk_number: str
    iban: str
    street: str
    number: str
    postcode: str
    email: str
    phone: str = "0570 00 12 34"
    offices: tuple[tuple[str, Person], ...] = field(default=())

    @property
    def acts(self) -> Person:
        """Who does its daily work: the first with an office, or else the owner."""
        return self.offices[0][1] if self.offices else self.owner
