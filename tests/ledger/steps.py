"""What is done with a ledger, step by step, in words that the plain ledger and the real one both understand.

A step names an operation, its words, and what is expected of it. Things are called by their names: "Ann" is her
account, a transfer, a reservation and a funding are their key. Amounts are minor units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from tests.ledger.model import Line

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)  # a Sunday, ten in the morning where the neighbourhoods are
LATER = NOW + timedelta(days=30)  # when a reservation of now is over
NUMBERS = count(1)

# Coins, and accounts by name. A case opens the ones that it mentions.
COINS: dict[str, dict[str, Any]] = {"MOLEN": {"area_bound": True}, "SLUIS": {}}
CAST: dict[str, dict[str, Any]] = {
    "Ann": {},
    "Ann's savings": {"holder": "Ann"},
    "Ben": {},
    "Cas": {"in_area": False},
    "Dirk in Sluis": {"coin": "SLUIS"},
    "Ann in Sluis": {"coin": "SLUIS", "holder": "Ann"},
    "Eva in Sluis": {"coin": "SLUIS", "in_area": False},
    "Full purse": {"ceiling": 100},
    "Credit": {"floor": -100},
    "Shop": {"holder_kind": "COMPANY", "may_redeem": True},
    "Pot": {"kind": "POT", "holder": "Club", "holder_kind": "ASSOCIATION", "funder": "Municipality"},
    "Year pot": {
        "kind": "POT",
        "holder": "Club",
        "holder_kind": "ASSOCIATION",
        "funder": "Municipality",
        "ends_on": date(2026, 12, 31),
    },
    "Clearing": {"kind": "CLEARING", "holder": "Association", "holder_kind": "ASSOCIATION"},
}


@dataclass(frozen=True)
class Outcome:
    """What came of a step: what it gave, in a word, or the code and room of the refusal; of a batch also its lines."""

    gave: str = ""
    code: str = ""
    room: int | None = None
    lines: tuple[tuple[int, str, int | None], ...] = ()


@dataclass(frozen=True)
class Step:
    """One operation, and what is expected: `expected` may name less than all that a picture of the ledger shows."""

    operation: str
    words: Mapping[str, Any]
    code: str = ""
    room: int | None = None
    lines: tuple[tuple[int, str, int | None], ...] = ()
    gave: str | None = None
    expected: Mapping[tuple[str, Any, str], Any] = field(default_factory=dict)

    def refused(self, code: str, room: int | None = None) -> Step:
        return replace(self, code=code, room=room)

    def lines_refused(self, *lines: tuple[int, str] | tuple[int, str, int]) -> Step:
        told = tuple((line[0], line[1], line[2] if len(line) == 3 else None) for line in lines)
        return replace(self, code="lines_refused", lines=told)

    def gives(self, gave: str) -> Step:
        """What it gives: told for repeats, where it matters that it is the first result."""
        return replace(self, gave=gave)

    def leaves(self, balances: Mapping[str, int] | None = None, /, **named: int) -> Step:
        """Balances afterwards."""
        return self.shows("accounts", "balance", {**(balances or {}), **named})

    def holds(self, reserved: Mapping[str, int] | None = None, /, **named: int) -> Step:
        """What is reserved afterwards."""
        return self.shows("accounts", "reserved", {**(reserved or {}), **named})

    def makes(self, state: str, name: str, what: str = "reservations") -> Step:
        return self.shows(what, "state", {name: state})

    def tallies(self, holder: str, label: str, month: date, amount: int) -> Step:
        return self.shows("tallies", "amount", {(holder, "EUR", label, month): amount})

    def shows(self, what: str, which: str, values: Mapping[Any, Any]) -> Step:
        more = {(what, name, which): value for name, value in values.items()}
        return replace(self, expected={**self.expected, **more})


# What is kept, in plain values: what kind of thing, its name, and what is known of it.
Picture = dict[str, dict[Any, dict[str, Any]]]


def transfer(payer: str, payee: str, amount: int, kind: str, *, key: str = "", **more: Any) -> Step:
    words = {"payer": payer, "payee": payee, "amount": amount, "kind": kind, "key": key or fresh("transfer")}
    return Step("transfer", {"at": NOW, **words, **more})


def pay(payer: str, payee: str, amount: int, *, kind: str = "PAYMENT", **more: Any) -> Step:
    return transfer(payer, payee, amount, kind, **more)


def reward(payer: str, payee: str, amount: int, label: str = "VOLUNTEER_ALLOWANCE", **more: Any) -> Step:
    return transfer(payer, payee, amount, "REWARD", label=label, **more)


def line(
    payer: str, payee: str, amount: int, *, kind: str = "PAYMENT", key: str = "", label: str = ""
) -> Line:
    return Line(payer=payer, payee=payee, amount=amount, kind=kind, key=key or fresh("line"), label=label)


def pay_all(lines: Sequence[Line], **more: Any) -> Step:
    return Step("transfer_many", {"at": NOW, "lines": list(lines), **more})


def reserve(
    key: str, payer: str, payee: str, amount: int, *, kind: str = "PAYMENT", at: datetime = NOW, **more: Any
) -> Step:
    words = {"key": key, "payer": payer, "payee": payee, "amount": amount, "kind": kind}
    return Step("reserve", {"at": at, "expires_at": at + timedelta(days=30), **words, **more})


def capture(reservation: str, amount: int | None = None, *, key: str = "", **more: Any) -> Step:
    words = {"reservation": reservation, "amount": amount, "key": key or fresh("capture")}
    return Step("capture", {"at": NOW, **words, **more})


def release(reservation: str, *, key: str = "", **more: Any) -> Step:
    return Step("release", {"at": NOW, "reservation": reservation, "key": key or fresh("release"), **more})


def expire(at: datetime, limit: int = 1000) -> Step:
    return Step("expire_reservations", {"at": at, "limit": limit})


def charge_back(original: str, amount: int | None = None, *, key: str = "", **more: Any) -> Step:
    words = {"transfer": original, "amount": amount, "key": key or fresh("chargeback")}
    return Step("charge_back", {"at": NOW, **words, **more})


def announce(key: str, payee: str, amount: int, **more: Any) -> Step:
    words = {"key": key, "payee": payee, "amount": amount, "funder": "Municipality"}
    return Step(
        "announce_funding", {"at": NOW, "coin": coin_of(payee), "expires_on": LATER.date(), **words, **more}
    )


def receive(funding: str, amount: int, reference: str = "", *, key: str = "", **more: Any) -> Step:
    reference = reference or fresh("bank line")
    words = {
        "funding": funding,
        "amount": amount,
        "bank_reference": reference,
        "key": key or fresh("receipt"),
    }
    return Step("receive_funding", {"at": NOW, **words, **more})


def give_back(funding: str, reference: str = "", *, key: str = "", **more: Any) -> Step:
    words = {
        "funding": funding,
        "bank_reference": reference or fresh("bank line"),
        "key": key or fresh("return"),
    }
    return Step("return_funding", {"at": NOW, **words, **more})


def fund(payee: str, amount: int, *, at: datetime = NOW) -> list[Step]:
    """Euros come in and are coins on this account."""
    key = fresh("funding")
    return [announce(key, payee, amount, at=at), receive(key, amount, at=at)]


def spare(amount: int, coin: str = "MOLEN") -> Step:
    """More euros than coins, which no operation brings about."""
    return Step("spare_euros", {"at": NOW, "coin": coin, "amount": amount, "key": fresh("euros")})


def redeem(reservation: str, to: str, reference: str = "", *, key: str = "", **more: Any) -> Step:
    words = {"reservation": reservation, "to": to, "bank_reference": reference or fresh("bank line")}
    return Step("redeem", {"at": NOW, "key": key or fresh("redeeming"), **words, **more})


def limit(
    per_payment: int | None = None, per_day: int | None = None, per_month: int | None = None, **more: Any
) -> Step:
    words = {"per_payment": per_payment, "per_day": per_day, "per_month": per_month}
    told = {"coin": "MOLEN", "holder_kind": "PERSON", "at": NOW, "from_on": date(2026, 11, 22)}
    return Step("set_limit", {**told, **words, **more})


def change(operation: str, account: str, **more: Any) -> Step:
    """Block, unblock, close or reclassify an account."""
    return Step(f"{operation}_account", {"at": NOW, "account": account, **more})


def coin_of(account: str) -> str:
    return str(CAST.get(account, {}).get("coin", "MOLEN"))


def fresh(what: str) -> str:
    """A name that no other step has."""
    return f"{what} {next(NUMBERS)}"


def cast_of(steps: Iterable[Step]) -> list[str]:
    """The accounts that these steps mention, as they are named above."""
    said = repr([list(step.words.items()) for step in steps])
    return [name for name in CAST if f"'{name}'" in said or f'"{name}"' in said]


def differences(database: Picture, paper: Picture) -> list[str]:
    """Where the two are not the same, in words: what the database shows, and what stands on paper."""
    found = []
    for what in sorted(database.keys() | paper.keys()):
        for name in sorted(database[what].keys() | paper[what].keys(), key=repr):
            here, there = database[what].get(name), paper[what].get(name)
            if here != there:
                found.append(f"{what}: {name}: {here} and on paper {there}")
    return found
