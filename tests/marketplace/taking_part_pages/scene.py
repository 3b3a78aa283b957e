"""Pages of who takes part, in a browser without JavaScript, told once: addresses, and where somebody stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from marketplace.models import HoursDispute, Participation, Shift
from people.models import PartyKind, Role, User
from tests.factories.activities import AT, Season, born
from tests.factories.people import mandate, organisation, person
from tests.factories.residency import resident
from tests.marketplace.order_pages.scene import carried, signed_in, words

__all__ = [
    "BEGINS", "HOUR", "LATER", "MINE", "carried", "child_of_ann", "disputed", "page_of", "sign_up_page", "signed_in",
    "words",
]  # fmt: skip

LATER = AT + timedelta(minutes=1)
HOUR = timedelta(hours=1)
BEGINS = AT + timedelta(days=2)
MINE = "/en/market/mine/"


def page_of(found: Participation, deed: str = "") -> str:
    return f"{MINE}{found.ref}/{deed}{'/' if deed else ''}"


def sign_up_page(shift: Shift) -> str:
    return f"{MINE}shift/{shift.ref}/"


def child_of_ann(there: Season, name: str = "Sam", age: int = 13) -> User:
    """The login of a child of Ann's household who lives there."""
    login = person(name, email=f"{name.lower()}@{there.neighbourhood.slug}.example")
    resident(login, there.neighbourhood)
    born(login.person, date(AT.year - age, 1, 1))
    home = organisation("Household of Ann", kind=PartyKind.HOUSEHOLD)
    mandate(person=there.ann, principal=home, role=Role.OWNER)
    mandate(person=login, principal=home, role=Role.MEMBER)
    return login


def disputed(found: Participation, offered: int = 60, *, at: datetime = BEGINS, **said: str) -> HoursDispute:
    """That the organiser saw fewer hours."""
    return HoursDispute.objects.create(
        participation=found, offered=offered, opened_by=found.shift.activity.organiser, opened_at=at,
        **{"organiser_text": "Ann left at three.", **said},
    )  # fmt: skip
