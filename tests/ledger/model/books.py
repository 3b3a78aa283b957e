"""The books of the plain ledger, and how a line gets into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from tests.ledger.model import judging
from tests.ledger.model.judging import Asked, judge
from tests.ledger.model.things import (
    LIMITED,
    Account,
    Coin,
    Funding,
    Limit,
    Line,
    Refused,
    Reservation,
    Transfer,
    month_of,
)

NOT_BY_HAND = ("CHARGEBACK", "ISSUE", "REDEEM")  # these have operations of their own


class Books:
    """All that is kept. A thing is found by its name: an account by its own, the others by their key."""

    def __init__(self) -> None:
        self.coins: dict[str, Coin] = {}
        self.accounts: dict[str, Account] = {}
        self.account_keys: dict[str, str] = {}
        self.transfers: dict[str, Transfer] = {}
        self.reservations: dict[str, Reservation] = {}
        self.fundings: dict[str, Funding] = {}
        self.limits: list[Limit] = []
        self.tallies: dict[tuple[str, str, str, date], int] = {}
        self.bank_lines: dict[str, tuple[str, str]] = {}  # number at the bank: coin leg and euro leg

    # --- What can be asked ---

    def circulation(self, coin: str) -> int:
        """Coins that are out: what the issuing account owes."""
        return -sum(one.balance for one in self.accounts.values() if one.kind == "ISSUE" and one.coin == coin)

    def euros_for(self, coin: str) -> int:
        """Euros that are kept for this coin."""
        return sum(one.balance for one in self.accounts.values() if one.backs == coin)

    def left_to_pay_back(self, original: str) -> int:
        back = sum(one.amount for one in self.transfers.values() if one.reverses == original)
        return self.transfers[original].amount - back

    # --- Booking ---

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        before = deepcopy(self.__dict__)
        try:
            yield
        except Refused:
            self.__dict__ = before
            raise

    def transfer(
        self, *, at: datetime, by: str = "", acted_by_day_limit: int | None = None, **line: Any
    ) -> Transfer:
        wanted = Line(**line)
        self._look_at(wanted)
        return self.book(wanted, at=at, by=by, acted_by_day_limit=acted_by_day_limit)

    def transfer_many(
        self, *, lines: Sequence[Line], at: datetime, by: str = "", acted_by_day_limit: int | None = None
    ) -> list[Transfer]:
        """All, or none and what was wrong with each. A later line sees the earlier ones that were fine as booked."""
        outcomes: list[Transfer | Refused] = []
        with self.all_or_nothing():
            for place, line in enumerate(lines):
                same_key = [earlier for earlier in range(place) if lines[earlier].key == line.key]
                if same_key and lines[same_key[0]].content == line.content:
                    outcomes.append(outcomes[same_key[0]])
                elif same_key:
                    outcomes.append(self._wrong_with(line) or Refused("key_reused"))
                else:
                    outcomes.append(self._try(line, at, by, acted_by_day_limit))
            wrong = {place: one for place, one in enumerate(outcomes) if isinstance(one, Refused)}
            if wrong:
                raise Refused("lines_refused", lines=wrong)
        return [one for one in outcomes if isinstance(one, Transfer)]

    def book(self, line: Line, *, at: datetime, by: str, acted_by_day_limit: int | None = None) -> Transfer:
        """The transfer that this line is now, or was when its key was first used."""
        known = self.transfers.get(line.key)
        if known is not None and known.content != line.content:
            raise Refused("key_reused")
        if known is not None:
            return known
        asked = judge(self, line, at=at, by=by, acted_by_day_limit=acted_by_day_limit)
        return self._write(asked)

    def _try(self, line: Line, at: datetime, by: str, limit: int | None) -> Transfer | Refused:
        try:
            self._look_at(line)
            return self.book(line, at=at, by=by, acted_by_day_limit=limit)
        except Refused as refused:
            return refused

    def _wrong_with(self, line: Line) -> Refused | None:
        try:
            self._look_at(line)
        except Refused as refused:
            return refused
        return None

    def _look_at(self, line: Line) -> None:
        judging.look_at(line)
        if line.kind in NOT_BY_HAND:
            raise Refused("unknown_account")

    def _write(self, asked: Asked) -> Transfer:
        line, payer, payee = asked.line, asked.payer, asked.payee
        self.count_as_spent(asked)
        payer.balance -= line.amount
        payee.balance += line.amount
        payer.last_no += 1
        payee.last_no += 1
        if line.reservation is not None:
            self._take_from(self.reservations[line.reservation], line.amount)
        written = Transfer(
            **asdict(line),
            payer_no=payer.last_no,
            payee_no=payee.last_no,
            payer_balance=payer.balance,
            payee_balance=payee.balance,
            by=asked.by,
            day=asked.day,
        )
        self.transfers[line.key] = written
        self._tally(written)
        return written

    def _take_from(self, held: Reservation, amount: int) -> None:
        self.accounts[held.payer].reserved -= amount
        held.captured += amount
        if held.captured == held.amount:
            held.state = "DONE"

    def _tally(self, written: Transfer) -> None:
        """What is paid back is taken off where it was once added: with who got it, in the month when they did."""
        first = written if written.reverses is None else self.transfers[written.reverses]
        if not first.label:
            return
        payee = self.accounts[first.payee]
        place = payee.holder, self.coins[payee.coin].national, first.label, month_of(first.day)
        amount = written.amount if written.reverses is None else -written.amount
        self.tallies[place] = self.tallies.get(place, 0) + amount

    # --- What limits are read from ---

    def count_as_spent(self, asked: Asked) -> None:
        if not asked.is_limited:
            return
        payer, day = asked.payer, asked.day
        spent_day, spent_month = judging.spent(payer, day)
        payer.spent_on = day if payer.spent_on is None else max(day, payer.spent_on)
        payer.spent_day = spent_day + asked.line.amount
        payer.spent_month = spent_month + asked.line.amount

    def give_back(self, held: Reservation) -> None:
        """Set free what was left of a reservation: available again, and no longer spent if that is still counted."""
        payer, left = self.accounts[held.payer], held.left
        payer.reserved -= left
        if payer.kind != "HOLDER" or held.kind not in LIMITED or payer.spent_on is None:
            return
        if held.day == payer.spent_on:
            payer.spent_day -= left
        if month_of(held.day) == month_of(payer.spent_on):
            payer.spent_month -= left
