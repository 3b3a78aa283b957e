"""Requests and reports for tests, made by the operations themselves."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from core.audit import lines_about
from marketplace.models import Admission, Offer, OfferReport, Order, Reference, ReportReason
from marketplace.operations import admissions, reports
from marketplace.operations.orders.references import refer
from people.models import Party, User
from tests.factories.market import AT, Market
from tests.factories.people import actor
from tests.factories.wallet import fund
from tests.marketplace.orders.scene import confirmed

LAST_DAY = date(2027, 6, 30)


def asked(there: Market, organisation: Party, owner: User, at: datetime = AT, **more: Any) -> Admission:
    """An organisation that asked the board to be let in."""
    told: dict[str, Any] = {"about": "Brood", "displacement": "Van niemand.", "key": uuid.uuid4(), **more}
    return admissions.request_admission(
        neighbourhood=there.neighbourhood, organisation=organisation, actor=actor(owner), at=at, **told
    )


def let_in(admission: Admission, by: User, until_on: date = LAST_DAY, at: datetime = AT) -> Admission:
    admissions.admit(
        admission=admission, checks="Inschrijving gezien.", until_on=until_on, actor=actor(by), at=at
    )
    return admission


def reported(offer: Offer, by: User, at: datetime = AT, **more: Any) -> OfferReport:
    """Somebody told the board that this offer is not allowed."""
    told: dict[str, Any] = {"reason": ReportReason.NOT_ALLOWED, "text": "", "key": uuid.uuid4(), **more}
    return reports.report(offer=offer, actor=actor(by), at=at, **told)


def events_about(party: Party) -> list[str]:
    """The lines of the trail about a party, oldest first, without those of accounts."""
    lines = [line.event for line in lines_about(party)]
    return [event for event in reversed(lines) if not event.startswith("account.")]


def ordered_and_paid(there: Market, offer: Offer | None = None) -> Order:
    """Ann bought from the shop, and paid."""
    fund(there.place, there.ann, 100_00)
    return confirmed(there, offer=offer)


def referred(order: Order, by: User, text: str = "Snel en netjes.") -> Reference:
    return refer(order=order, text=text, language="nl", key=uuid.uuid4(), actor=actor(by), at=AT)
