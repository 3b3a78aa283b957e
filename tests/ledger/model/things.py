"""What the plain ledger keeps. Amounts are minor units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

HOLDERS = ("HOLDER", "POT")
LIMITED = ("REWARD", "PAYMENT", "SERVICE", "DEBT", "CLEARING")
LABELS = ("", "VOLUNTEER_ALLOWANCE", "EXPENSES", "GIFT", "BENEFIT_IN_KIND", "WAGE", "SALE")
LARGEST = 10**15


def day_of(moment: datetime) -> date:
    """The day where the neighbourhoods are."""
    return moment.astimezone(ZoneInfo("Europe/Amsterdam")).date()


def month_of(day: date) -> date:
    return day.replace(day=1)


class Refused(Exception):
    """What the ledger does not do. `lines` says of a batch what was wrong with each line."""

    def __init__(
        self, code: str, room: int | None = None, lines: Mapping[int, Refused] | None = None
    ) -> None:
        self.code = code
        self.room = None if room is None else max(room, 0)
        self.lines = dict(lines or {})
        super().__init__(code)


@dataclass(frozen=True, kw_only=True)
class Coin:
    name: str
    national: str  # the currency that it is worth one of; a national currency names itself
    area_bound: bool = False


@dataclass(kw_only=True)
class Account:
    name: str
    coin: str
    kind: str
    holder: str
    holder_kind: str = "PERSON"
    state: str = "OPEN"
    balance: int = 0
    reserved: int = 0
    floor: int | None = 0
    ceiling: int | None = None
    last_no: int = 0
    spent_on: date | None = None
    spent_day: int = 0
    spent_month: int = 0
    in_area: bool = True
    may_redeem: bool = False
    backs: str | None = None
    funder: str | None = None
    ends_on: date | None = None

    @property
    def available(self) -> int:
        return self.balance - self.reserved

    def has_ended(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on < day


@dataclass(frozen=True, kw_only=True)
class Line:
    """What somebody wants booked, or reserved."""

    payer: str
    payee: str
    amount: int
    kind: str
    key: str
    label: str = ""
    reverses: str | None = None
    reservation: str | None = None

    @property
    def content(self) -> tuple[object, ...]:
        """What a repeated key is compared by. The coin follows from the accounts."""
        return self.payer, self.payee, self.amount, self.kind, self.label, self.reverses, self.reservation


@dataclass(frozen=True, kw_only=True)
class Transfer(Line):
    payer_no: int
    payee_no: int
    payer_balance: int
    payee_balance: int
    by: str
    day: date


@dataclass(kw_only=True)
class Reservation:
    key: str
    payer: str
    payee: str
    amount: int
    kind: str
    label: str
    expires_at: datetime
    by: str
    day: date
    captured: int = 0
    state: str = "OPEN"
    closing_key: str | None = None

    @property
    def left(self) -> int:
        return self.amount - self.captured if self.state == "OPEN" else 0

    @property
    def content(self) -> tuple[object, ...]:
        return self.payer, self.payee, self.amount, self.kind, self.label, None, None


@dataclass(kw_only=True)
class Funding:
    key: str
    coin: str
    funder: str
    payee: str
    amount: int
    expires_on: date
    state: str = "ANNOUNCED"
    received: int | None = None
    issued: str | None = None  # the bank's number of the line that brought it in
    returned: str | None = None


@dataclass(frozen=True, kw_only=True)
class Limit:
    coin: str
    holder_kind: str
    from_on: date
    until_on: date | None = None
    per_payment: int | None = None
    per_day: int | None = None
    per_month: int | None = None

    def is_in_force(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)
