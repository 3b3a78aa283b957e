"""What somebody earned before, for tests of maximums: bookings of the ledger, and hours that wait to be judged."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from ledger.kinds import Label, TransferKind
from ledger.operations import transfer
from marketplace.models import Participation
from marketplace.states import ParticipationState
from people.models import Party
from tests.factories.activities import Season, activity, shift, takes_part
from tests.factories.ledger import SYSTEM
from tests.factories.wallet import fund

if TYPE_CHECKING:
    from ledger.models import Account, Transfer

YEAR = 2026


def on(month: int, day: int = 15, year: int = YEAR) -> datetime:
    """Noon in the Netherlands of a day of the year."""
    return datetime(year, month, day, 11, tzinfo=UTC)


def pays(
    there: Season,
    payee: Account,
    amount: int,
    at: datetime,
    label: str = Label.VOLUNTEER_ALLOWANCE,
    note: str = "",
) -> Transfer:
    """The club rewards somebody."""
    fund(there.place, there.pot, amount)
    return transfer(
        payer=there.pot, payee=payee, amount=amount, kind=TransferKind.REWARD, label=label, note=note, key=uuid4(),
        actor=SYSTEM, at=at,
    )  # fmt: skip


def worked(there: Season, person: Party, *, hours: float, value: int, at: datetime) -> Participation:
    """Confirmed hours that wait to be paid."""
    that = activity(there, f"Helpen {uuid4()}", at=at)
    return takes_part(shift(that, at, hours=hours), person, ParticipationState.CONFIRMED, value=value, at=at)


def first_of(month: int, year: int = YEAR) -> date:
    return date(year, month, 1)
