"""The shapes of the money of the demo. Amounts are minor units.

A day is a number: from nought on it counts from the first day that the coin goes round, below nought it counts back
from the day of loading. A name is that of an organisation or of a pot, or one of the two below.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from home.demo.people import Organisation

BOARD = "wijkkas"  # the neighbourhood itself
MUNICIPALITY = "gemeente"

ALL_YEAR = frozenset(range(1, 13))
SCHOOL = ALL_YEAR - {7, 8}
GROWING = frozenset(range(3, 11))
WINTER = ALL_YEAR - GROWING
SUMMER = frozenset({6, 7, 8})

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
WORKDAYS = frozenset({MON, TUE, WED, THU, FRI})
SHOP_DAYS = WORKDAYS | {SAT}
EVERY_DAY = SHOP_DAYS | {SUN}


class Then(Enum):
    """What became of money that somebody announced."""

    RECEIVED = "received"
    RETURNED = "returned"  # received, and paid back two days later
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    AWAITED = "awaited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """Money that a funder announced on a day. `arrived` is what came, when that was something else."""

    day: int
    amount: int
    purpose: str
    then: Then = Then.RECEIVED
    arrived: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pot:
    """Money with a purpose. `ends` is its last day; what is left then goes back to the funder when `paid_out`."""

    name: str
    holder: str
    funder: str
    gifts: tuple[Gift, ...]
    opens: int = 0
    ends: int | None = None
    paid_out: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """What is done once a week, and rewarded from a pot with `value` to each of so many helpers."""

    what: str
    pot: str
    weekday: int
    hour: int
    value: int
    helpers: int
    months: frozenset[int] = ALL_YEAR
    label: str = "VOLUNTEER_ALLOWANCE"


@dataclass(frozen=True, slots=True)
class Good:
    """What residents pay for. What is `ordered` is reserved first and paid when it is fetched, maybe in `parts`.

    `often` says how often it is chosen, compared with the others.
    """

    what: str
    at: str
    prices: tuple[int, ...]
    often: int = 4
    days: frozenset[int] = SHOP_DAYS
    hours: tuple[int, int] = (10, 16)
    months: frozenset[int] = ALL_YEAR
    kind: str = "PAYMENT"
    label: str = "SALE"
    ordered: bool = False
    parts: int = 1


def service(what: str, prices: tuple[int, ...], *, often: int, months: frozenset[int] = ALL_YEAR) -> Good:
    """What the municipality does for somebody."""
    return Good(what, MUNICIPALITY, prices, often, days=WORKDAYS, months=months, kind="SERVICE", label="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """An organisation with an account. From the day of its `contract` on it may have coins paid out in euros, by
    itself each month if it likes. Customers pay at its `tills`."""

    organisation: Organisation
    contract: int | None = None
    in_area: bool = True
    pays_levy: bool = False
    is_paid_monthly: bool = False
    tills: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.organisation.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What happens with the coin of one neighbourhood in a year. `house` is where its volunteers come together."""

    slug: str
    iban: str  # of the bank account behind the coin
    house: str
    holders: tuple[Holder, ...]
    pots: tuple[Pot, ...]
    works: tuple[Work, ...]
    goods: tuple[Good, ...]
    supplies: tuple[str, str, int] | None = None  # each week: from this pot, to this shop, about so much
    lost_phones: tuple[tuple[int, int | None], ...] = ()  # blocked on a day, and opened again on another
    tried_an_account: bool = False  # by a company that had no use for one
