"""The shapes of the market of the demo: what is offered and wanted, and what became of it.

Days are counted from that of loading; amounts are minor units of the coin. Who offers is named by
the e-mail address of a resident, the name of an organisation, or as `BOARD` or `MUNICIPALITY`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from home.demo.money.kinds import BOARD, MUNICIPALITY
from home.demo.texts.kinds import Words

__all__ = [
    "BOARD", "DEMAND", "MUNICIPALITY", "SUPPLY", "Admitted", "Answer", "Deal", "Hours", "Market", "Offered", "Step",
    "Voucher", "Words",
]  # fmt: skip

SUPPLY, DEMAND = "SUPPLY", "DEMAND"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """Bought ahead: how many turns each unit gives, within how many days, and when it can be given back."""

    uses: int = 1
    days: int = 90
    refund: str = "ANY_TIME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One offer. `page`: it has a page in two languages; else it is in the language of who wrote it.

    `ends` is what became of it: on the market, or "draft", "submitted", "returned", "paused", "suspended", "ended".
    """

    title: Words
    summary: Words
    by: str
    kind: str
    category: str
    price: int
    about: str = ""
    direction: str = SUPPLY
    unit: str = "PIECE"
    item: str = ""  # what of it has a value, by its Dutch name
    euro: int = 0
    stock: int | None = None
    place: str = ""
    point: tuple[float, float] | None = None  # how far east and north in the area, from 0 to 1
    tags: tuple[str, ...] = ()
    voucher: Voucher | None = None
    day: int = -20
    until: int = 120
    reach: str = "HERE"
    places: tuple[str, ...] = ()  # slugs
    language: str = "nl"
    page: bool = False
    ends: str = ""
    reason: str = ""
    reported: str = ""  # what a resident said about it to the board


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happens to an order on a day: a name of `load.market.deals.STEPS`, with its words or its number."""

    do: str
    day: int
    words: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """Somebody orders something, and what follows."""

    of: str  # the Dutch title
    by: str
    day: int
    quantity: int = 1
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody would do what is wanted for; chosen on a day, and what follows."""

    to: str  # the Dutch title
    by: str
    amount: int
    text: str
    day: int
    chosen: int | None = None
    declined: bool = False
    withdrawn: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """An organisation that asked to be let in. `checks` is what the board looked at; without it, it still waits."""

    name: str
    about: str
    displacement: str
    checks: str = ""
    insurance: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When somebody is open: from the first to the last day of the week (1 is Monday)."""

    of: str
    days: tuple[int, ...]
    opens: tuple[int, int]
    closes: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """The market of one neighbourhood."""

    slug: str
    admitted: tuple[Admitted, ...] = ()
    offers: tuple[Offered, ...] = ()
    deals: tuple[Deal, ...] = ()
    answers: tuple[Answer, ...] = ()
    hours: tuple[Hours, ...] = ()
    blocked: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    searches: tuple[tuple[str, str, str], ...] = field(default=())  # e-mail address, name, search
