"""What tests of taking part do again and again, in a few words: somebody signs up, withdraws, is a child."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from core.models import AuditEntry
from marketplace.models import Participation, Shift
from marketplace.operations import taking_part
from people.models import Party, PartyKind, Role, User
from tests.factories.activities import AT, GROWN_UP, Season, born
from tests.factories.people import actor, child, mandate, organisation, person
from tests.factories.residency import resident

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
OF_TWELVE = date(AT.year - 12, 5, 1)


def by(login: User, at: datetime = AT) -> dict[str, Any]:
    return {"actor": actor(login), "at": at}


def signed_up(shift: Shift, login: User, at: datetime = AT, **more: Any) -> Participation:
    """Somebody signs themself up."""
    words: dict[str, Any] = {"person": login.person, "key": uuid4(), **more}
    return taking_part.sign_up(shift=shift, **words, **by(login, at))


def one_more(there: Season, name: str = "Cor", **more: Any) -> User:
    """A grown-up resident with a login."""
    login = person(name, email=f"{name.lower()}@more.example")
    resident(login, there.neighbourhood)
    born(login.person, more.get("born_on", GROWN_UP))
    return login


def kim_of(there: Season, parent: User, name: str = "Kim", born_on: date = OF_TWELVE) -> Party:
    """A child without a login, in a household with this parent."""
    kim = child(name, born_on=born_on)
    resident(kim, there.neighbourhood)
    together(parent.person, kim)
    return kim


def together(*people: Party) -> Party:
    """They share a household, which the first one owns."""
    home = organisation("Molenweg 1", kind=PartyKind.HOUSEHOLD)
    for number, one in enumerate(people):
        mandate(person=one, principal=home, role=Role.MEMBER if number else Role.OWNER)
    return home


def state_of(participation: Participation) -> str:
    return Participation.objects.values_list("state", flat=True).get(pk=participation.pk)


def trail_of(participation: Participation) -> list[str]:
    """What was written of it, in turn."""
    lines = AuditEntry.objects.filter(
        subject_model="marketplace.Participation", subject_id=str(participation.pk)
    )
    return list(lines.order_by("pk").values_list("event", flat=True))
