"""What the write path is given and what it answers: the same on every database."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: an amount (minor units) from payer to payee. Content that counts as the same under one key."""

    payer_id: int
    payee_id: int
    amount: int
    kind: str
    key: uuid.UUID
    label: str = ""
    note: str = ""
    reverses_id: int | None = None
    reservation_id: int | None = None

    @property
    def content(self) -> tuple[object, ...]:
        """What must be the same when a key comes a second time; the note is no part of it."""
        return (
            self.payer_id, self.payee_id, self.amount, self.kind, self.label, self.reverses_id, self.reservation_id,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Who acts and when. `also` are accounts to be locked besides: a reserve beside the coins that it covers.

    With `expires_at` the one entry is reserved until then, instead of booked. `only_judge` books nothing: something
    else is wrong with the batch already.
    """

    acted_by_id: int | None
    at: datetime
    on: date
    actor_limit: int | None = None
    expires_at: datetime | None = None
    also: tuple[int, ...] = ()
    only_judge: bool = False


class Answer(NamedTuple):
    """What became of one entry: a code and the room there was, or the number of the transfer or reservation.

    The last five are filled for what is new; what was booked before is read by its number.
    """

    code: str | None = None
    room: int | None = None
    id: int | None = None
    is_new: bool = False
    coin_id: int | None = None
    payer_no: int | None = None
    payee_no: int | None = None
    payer_balance: int | None = None
    payee_balance: int | None = None


def accounts_of(entries: list[Entry], occasion: Occasion) -> list[int]:
    """The numbers of all accounts, each once, in the order in which everybody locks them."""
    numbers = set(occasion.also)
    for entry in entries:
        numbers.add(entry.payer_id)
        numbers.add(entry.payee_id)
    return sorted(numbers)
