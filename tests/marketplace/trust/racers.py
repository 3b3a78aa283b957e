"""What the processes of a race about trust do: each takes plain values and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from core.actor import Actor
from core.refusals import Refusal
from marketplace.models import Admission, Offer, OfferReport
from marketplace.operations import admissions, reports
from marketplace.operations.admission_clock import watch_admissions
from neighbourhoods.models import Neighbourhood
from people.models import Party
from tests.factories.market import AT
from tests.marketplace.trust.making import LAST_DAY


def acting(person: int) -> Actor:
    party = Party.objects.get(pk=person)
    return Actor(user=None, person=party, principal=party)


def came(operation: Callable[..., Any], **words: Any) -> str:
    try:
        operation(**words)
    except Refusal as refusal:
        return refusal.code
    return "done"


def asks(place: int, organisation: int, person: int) -> str:
    return came(
        admissions.request_admission, neighbourhood=Neighbourhood.objects.get(pk=place),
        organisation=Party.objects.get(pk=organisation), about="Brood", displacement="Van niemand.", key=uuid4(),
        actor=acting(person), at=AT,
    )  # fmt: skip


def admits(admission: int, person: int) -> str:
    found = Admission.objects.get(pk=admission)
    return came(
        admissions.admit, admission=found, checks="Gezien.", until_on=LAST_DAY, actor=acting(person), at=AT
    )


def refuses(admission: int, person: int) -> str:
    found = Admission.objects.get(pk=admission)
    return came(admissions.refuse_admission, admission=found, reason="Nee.", actor=acting(person), at=AT)


def tells_the_board(offer: int, person: int) -> str:
    found = Offer.objects.get(pk=offer)
    return came(reports.report, offer=found, reason="RUDE", text="", key=uuid4(), actor=acting(person), at=AT)


def upholds(report: int, person: int) -> str:
    found = OfferReport.objects.get(pk=report)
    return came(reports.uphold, report=found, answer="Eraf.", actor=acting(person), at=AT)


def dismisses(report: int, person: int) -> str:
    found = OfferReport.objects.get(pk=report)
    return came(reports.dismiss, report=found, answer="Blijft.", actor=acting(person), at=AT)


def watches() -> int:
    return watch_admissions(AT)
