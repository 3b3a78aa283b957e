"""What the tests of the organiser's desk share: a shift with people, and the page about their hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from marketplace.models import Participation, Shift
from people.models import Party, PartyKind, User
from tests.factories.activities import AT, Season, activity, born, shift, takes_part
from tests.factories.people import mandate, organisation, person
from tests.factories.residency import resident
from tests.factories.wallet import open_for
from tests.flows.visitor import Visitor

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
BEGAN = AT - DAY  # three hours of yesterday: 18,00 for all of it


def over(there: Season, **more: Any) -> Shift:
    """A shift of yesterday."""
    return shift(activity(there, **more.pop("of", {})), BEGAN, **{"places": 20, **more})


def neighbour(there: Season, name: str) -> User:
    """One more resident who is grown up and has a wallet."""
    login = person(name, email=f"{name.lower()}@buren.example")
    resident(login, there.neighbourhood)
    open_for(there.neighbourhood, login.person)
    born(login.person)
    return login


def home_of(*people: User) -> Party:
    """A household of these."""
    home = organisation("At home", kind=PartyKind.HOUSEHOLD)
    for one in people:
        mandate(person=one, principal=home)
    return home


def people_page(of: Shift) -> str:
    return reverse("shift_people", args=[of.ref])


def desk_page(there: Season) -> str:
    return reverse("organiser_desk", args=[there.club.uuid])


def came(one: Participation) -> str:
    return f"came_{one.ref.hex}"


def hours(one: Participation) -> str:
    return f"hours_{one.ref.hex}"


def why(one: Participation) -> str:
    return f"why_{one.ref.hex}"


def absent(one: Participation) -> dict[str, Any]:
    """What the form sends when somebody is unticked: nothing at all about that box."""
    return {came(one): []}


def client_of(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client


def at(login: User, url: str) -> Visitor:
    return Visitor(login).open(url)


__all__ = [
    "AT", "BEGAN", "DAY", "HOUR", "Season", "absent", "activity", "at", "born", "came", "client_of", "desk_page",
    "home_of", "hours", "neighbour", "over", "people_page", "shift", "takes_part", "why",
]  # fmt: skip
