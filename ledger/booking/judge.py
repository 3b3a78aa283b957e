"""May this be booked? The same questions in the same order as in the function of PostgreSQL (ledger/sql/).

Here for SQLite, where one writer at a time holds the whole database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from ledger.booking.entries import Entry, Occasion
from ledger.kinds import (
    AREA_KINDS,
    HELD,
    LIMITED_KINDS,
    AccountKind,
    AccountState,
    ReservationState,
    TransferKind,
)

Verdict = tuple[str, int | None]
# What can have coins without the world outside: only these promise some.
FUNDED = HELD | {AccountKind.CLEARING}


@dataclass(slots=True)
class State:
    """What an account holds while a batch is judged: changed by each entry that is fine, written at the end."""

    id: int
    coin_id: int
    kind: str
    holder_id: int
    holder_kind: str
    state: str
    balance: int
    reserved: int
    floor: int | None
    ceiling: int | None
    last_no: int
    spent_on: date | None
    spent_day: int
    spent_month: int
    in_area: bool
    may_redeem: bool
    backs_id: int | None
    ends_on: date | None

    @property
    def room(self) -> int | None:
        """What it may still pay; None when there is no end to it."""
        return None if self.floor is None else self.balance - self.reserved - self.floor

    def has_ended(self, on: date) -> bool:
        return self.ends_on is not None and self.ends_on < on

    def begin_day(self, on: date) -> None:
        """Bring what was spent forward to this day. An earlier day counts in the present one."""
        if self.spent_on is not None and on <= self.spent_on:
            return
        if self.spent_on is None or (self.spent_on.year, self.spent_on.month) != (on.year, on.month):
            self.spent_month = 0
        self.spent_day, self.spent_on = 0, on


@dataclass(frozen=True, slots=True)
class Held:
    """What a reservation still holds."""

    state: str
    left: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    per_payment: int | None
    per_day: int | None
    per_month: int | None


class Known(Protocol):
    """What a question may look up; each is asked only when it matters."""

    accounts: dict[int, State]

    def is_area_bound(self, coin_id: int) -> bool: ...
    def limits(self, coin_id: int, holder_kind: str, on: date) -> Limits | None: ...
    def actor_spent(self, payer_id: int, occasion: Occasion) -> int: ...
    def left_of(self, transfer_id: int) -> int: ...
    def held(self, reservation_id: int) -> Held: ...


def judge(entry: Entry, occasion: Occasion, known: Known) -> Verdict | None:
    """The first thing that is wrong with an entry and the room there is; None when nothing is."""
    payer, payee = known.accounts.get(entry.payer_id), known.accounts.get(entry.payee_id)
    if payer is None or payee is None or payer.coin_id != payee.coin_id:
        return "unknown_account" if payer is None or payee is None else "coin_mismatch", None
    if entry.reverses_id is not None:
        return _paying_back(entry.amount, known.left_of(entry.reverses_id), payer, payee)
    if entry.reservation_id is not None:
        return _capturing(entry.amount, known.held(entry.reservation_id), occasion.at)
    if occasion.expires_at is not None and payer.kind not in FUNDED:
        return "unknown_account", None
    verdicts = (question(entry, payer, payee, occasion, known) for question in QUESTIONS)
    return next((verdict for verdict in verdicts if verdict is not None), None)


def is_limited(entry: Entry, payer: State) -> bool:
    """Whether this counts for the limits of money safety: what somebody pays, and not what is paid back or captured."""
    return (
        payer.kind == AccountKind.HOLDER
        and entry.kind in LIMITED_KINDS
        and entry.reverses_id is None
        and entry.reservation_id is None
    )


def _paying_back(amount: int, left: int, payer: State, payee: State) -> Verdict | None:
    """Paying back asks only whether the coins are there."""
    if AccountState.CLOSED in {payer.state, payee.state}:
        return "account_not_open", None
    if amount > left:
        return "chargeback_exceeds", left
    if payer.room is not None and amount > payer.room:
        return "insufficient_funds", payer.room
    return None


def _capturing(amount: int, held: Held, at: datetime) -> Verdict | None:
    """What was reserved was judged then."""
    if held.state != ReservationState.OPEN or held.expires_at <= at:
        return "reservation_over", None
    return ("invalid_amount", None) if amount > held.left else None


def _open(entry: Entry, payer: State, payee: State, occasion: Occasion, known: Known) -> Verdict | None:
    both_open = payer.state == payee.state == AccountState.OPEN
    return None if both_open else ("account_not_open", None)


def _fitting(entry: Entry, payer: State, payee: State, occasion: Occasion, known: Known) -> Verdict | None:
    return None if fits(entry.kind, payer.kind, payee.kind) else ("unknown_account", None)


def fits(kind: str, payer: str, payee: str) -> bool:
    """Whether accounts of these kinds can be payer and payee of this kind of transfer."""
    if kind == TransferKind.CLEARING:
        return payer in FUNDED and payee in FUNDED and AccountKind.CLEARING in {payer, payee}
    if kind in {TransferKind.ISSUE, TransferKind.OPENING} and payer == AccountKind.ISSUE:
        return payee in FUNDED
    if kind == TransferKind.REDEEM and payee == AccountKind.ISSUE:
        return payer in HELD
    if kind in EURO_LEGS:
        return (payer, payee) == EURO_LEGS[kind]
    return kind in BETWEEN_HOLDERS and payer in HELD and payee in HELD


EURO_LEGS: dict[str, tuple[AccountKind, AccountKind]] = {
    TransferKind.ISSUE: (AccountKind.BANK, AccountKind.RESERVE),
    TransferKind.REDEEM: (AccountKind.RESERVE, AccountKind.BANK),
}
BETWEEN_HOLDERS = frozenset(
    {TransferKind.REWARD, TransferKind.PAYMENT, TransferKind.SERVICE, TransferKind.DEBT, TransferKind.LEVY}
)


def _not_ended(entry: Entry, payer: State, payee: State, occasion: Occasion, known: Known) -> Verdict | None:
    over = payee.has_ended(occasion.on) or (
        payer.has_ended(occasion.on) and entry.kind != TransferKind.REDEEM
    )
    return ("account_not_open", None) if over else None


def _redeemable(entry: Entry, payer: State, payee: State, occasion: Occasion, known: Known) -> Verdict | None:
    if entry.kind != TransferKind.REDEEM or payer.kind not in HELD:
        return None
    may = payer.may_redeem if payer.kind == AccountKind.HOLDER else payer.has_ended(occasion.on)
    return None if may else ("not_redeemable", None)


def _within_area(
    entry: Entry, payer: State, payee: State, occasion: Occasion, known: Known
) -> Verdict | None:
    if payee.in_area or entry.kind not in AREA_KINDS or not known.is_area_bound(payer.coin_id):
        return None
    return "outside_area", None


def _funded(entry: Entry, payer: State, payee: State, occasion: Occasion, known: Known) -> Verdict | None:
    room = payer.room
    return ("insufficient_funds", room) if room is not None and entry.amount > room else None


def _below_ceiling(
    entry: Entry, payer: State, payee: State, occasion: Occasion, known: Known
) -> Verdict | None:
    over = payee.ceiling is not None and payee.balance + entry.amount > payee.ceiling
    return ("ceiling_reached", None) if over else None


def _within_limits(
    entry: Entry, payer: State, payee: State, occasion: Occasion, known: Known
) -> Verdict | None:
    if not is_limited(entry, payer):
        return None
    limits = known.limits(payer.coin_id, payer.holder_kind, occasion.on)
    if limits is None:
        return None
    payer.begin_day(occasion.on)
    rooms = []
    for limit, spent in (
        (limits.per_payment, 0),
        (limits.per_day, payer.spent_day),
        (limits.per_month, payer.spent_month),
    ):
        if limit is not None:
            rooms.append(limit - spent)
    return ("limit_exceeded", min(rooms)) if rooms and entry.amount > min(rooms) else None


def _within_mandate(
    entry: Entry, payer: State, payee: State, occasion: Occasion, known: Known
) -> Verdict | None:
    if occasion.actor_limit is None:
        return None
    room = occasion.actor_limit - known.actor_spent(payer.id, occasion)
    return ("actor_limit_exceeded", room) if entry.amount > room else None


def _backed(entry: Entry, payer: State, payee: State, occasion: Occasion, known: Known) -> Verdict | None:
    """No more coins than euros. The other account of the pair is among those that were fetched."""
    others = known.accounts.values()
    if payer.kind == AccountKind.ISSUE:
        fine = any(
            one.backs_id == payer.coin_id and entry.amount - payer.balance <= one.balance for one in others
        )
    elif payer.kind == AccountKind.RESERVE:
        fine = any(
            one.kind == AccountKind.ISSUE
            and one.coin_id == payer.backs_id
            and payer.balance - entry.amount >= -one.balance
            for one in others
        )
    else:
        return None
    return None if fine else ("not_backed", None)


Question = Callable[[Entry, State, State, Occasion, Known], Verdict | None]
QUESTIONS: tuple[Question, ...] = (
    _open, _fitting, _not_ended, _redeemable, _within_area, _funded, _below_ceiling, _within_limits, _within_mandate,
    _backed,
)  # fmt: skip
