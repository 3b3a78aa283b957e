"""Who lives where, for tests: municipalities with a desk, neighbourhoods without pages, residents.

`municipality("Dijkstad")` and `place("Molenwijk")` are plain rows, made quickly; whoever needs the page tree uses
tests.factories.neighbourhoods. `clerk("Clara", dijkstad)` sits at the desk; `ask(ann, molenwijk)` has Ann ask for a
letter; `resident(ben, molenwijk)` has Ben live there.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.text import slugify

from core.actor import Actor
from ledger.operations import found_coin
from neighbourhoods.models import Attestation, Neighbourhood, Residency, Seat, SeatOffice
from neighbourhoods.operations.letters import print_letter
from neighbourhoods.operations.residency import attest_at_desk, request_residency
from neighbourhoods.operations.seats import appoint_seat
from people.models import Party, PartyKind, Role, User
from tests.factories.people import LONG_AGO, mandate, organisation, person

NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)  # twelve o'clock in Amsterdam
TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
SYSTEM = Actor.system()
ADDRESS = {"street": "Molenweg", "house_number": "12", "postcode": "1234 AB", "town": "Dijkstad"}


def municipality(name: str = "Dijkstad", **details: Any) -> Party:
    return organisation(name, kind=PartyKind.MUNICIPALITY, **details)


def place(name: str = "Molenwijk", *, of: Party) -> Neighbourhood:
    """A neighbourhood as plain rows, without pages."""
    slug = slugify(name)
    coin = found_coin(
        code=slug.replace("-", "").upper()[:12],
        name=f"{name}munt",
        name_plural=f"{name}munten",
        actor=SYSTEM,
        at=NOON,
    )
    party = organisation(name, kind=PartyKind.NEIGHBOURHOOD)
    return Neighbourhood.objects.create(
        name=name, slug=slug, party=party, municipality=of, coin_id=coin.pk, founded_at=LONG_AGO
    )


def clerk(name: str, of: Party) -> User:
    """Somebody who sits at the desk of a municipality."""
    login = person(name)
    mandate(person=login, principal=of, role=Role.CLERK)
    return login


def at_the_desk(login: User, of: Party) -> Actor:
    return Actor(user=login, person=login.person, principal=of)


def ask(
    who: User | Party,
    neighbourhood: Neighbourhood,
    *,
    by: str = Attestation.CODE_LETTER,
    at: datetime = NOON,
    actor: Actor = SYSTEM,
    key: uuid.UUID | None = None,
    **address: Any,
) -> Residency:
    """A request that nobody has dealt with yet."""
    return request_residency(
        person=who.person if isinstance(who, User) else who,
        neighbourhood=neighbourhood,
        attestation=by,
        key=key or uuid.uuid4(),
        actor=actor,
        at=at,
        **{**ADDRESS, **address},
    )


def letter(residency: Residency, *, at: datetime = NOON) -> str:
    """The code of a letter for this request."""
    return print_letter(residency=residency, actor=SYSTEM, at=at)


def resident(
    who: User | Party, neighbourhood: Neighbourhood, *, on: date = TODAY, **address: Any
) -> Residency:
    """Somebody who lives there from a day on."""
    at = datetime(on.year, on.month, on.day, 11, tzinfo=UTC)
    return attest_at_desk(residency=ask(who, neighbourhood, at=at, **address), actor=SYSTEM, at=at, on=on)


def seated(
    who: User | Party,
    neighbourhood: Neighbourhood,
    *,
    office: str = SeatOffice.MEMBER,
    from_on: date = TODAY,
    until_on: date = TODAY + 365 * DAY,
) -> Seat:
    """A resident with a seat on the board."""
    return appoint_seat(
        person=who.person if isinstance(who, User) else who,
        neighbourhood=neighbourhood,
        office=office,
        from_on=from_on,
        until_on=until_on,
        actor=SYSTEM,
        at=NOON,
    )


def second_login(of: User, name: str = "Twin") -> User:
    """Another login of the same person, linked to the first."""
    login = person(name)
    Party.objects.filter(pk=login.person_id).update(same_person_as=of.person_id)
    return User.objects.get(pk=login.pk)
