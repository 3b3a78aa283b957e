"""The write path on SQLite: the steps of PostgreSQL's function as few raw statements, by one writer at a time."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, cast

from django.db import connection, transaction

from ledger.booking.entries import Answer, Entry, Occasion, accounts_of
from ledger.booking.judge import Held, Limits, State, is_limited, judge
from ledger.kinds import ReservationState

MOST_VALUES = 900  # SQLite takes no more than some thousand values in one statement
STATE = (
    "SELECT id, coin_id, kind, holder_id, holder_kind, state, balance, reserved, floor, ceiling, last_no, spent_on, "
    "spent_day, spent_month, in_area, may_redeem, backs_id, ends_on FROM ledger_account WHERE id IN ({})"
)
SAME = {
    "ledger_transfer": "payer_id, payee_id, amount, kind, label, reverses_id, reservation_id",
    "ledger_reservation": "payer_id, payee_id, amount, kind, label, NULL, NULL",
}
TRANSFER = (
    "INSERT INTO ledger_transfer (coin_id, payer_id, payee_id, amount, kind, label, payer_no, payee_no, payer_balance, "
    "payee_balance, key, reverses_id, reservation_id, acted_by_id, made_at, booked_on) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
RESERVATION = (
    "INSERT INTO ledger_reservation (coin_id, payer_id, payee_id, amount, captured, kind, label, state, key, "
    "acted_by_id, made_at, booked_on, expires_at) VALUES (?, ?, ?, ?, 0, ?, ?, 'OPEN', ?, ?, ?, ?, ?)"
)
ACCOUNT = (
    "UPDATE ledger_account SET balance = ?, reserved = ?, last_no = ?, spent_on = ?, spent_day = ?, spent_month = ? "
    "WHERE id = ?"
)
CAPTURED = (
    "UPDATE ledger_reservation SET captured = captured + ?1, "
    "state = CASE WHEN captured + ?1 = amount THEN 'DONE' ELSE state END WHERE id = ?2"
)
TALLY = (
    "INSERT INTO ledger_tally (holder_id, currency_id, label, month, amount) "
    "SELECT ?, coalesce(pegged_to_id, id), ?, ?, ? FROM ledger_coin WHERE id = ? "
    "ON CONFLICT (holder_id, currency_id, label, month) DO UPDATE SET amount = amount + excluded.amount"
)
TALLY_BACK = (
    "UPDATE ledger_tally SET amount = ledger_tally.amount - ? FROM ledger_transfer t "
    "JOIN ledger_account a ON a.id = t.payee_id JOIN ledger_coin c ON c.id = t.coin_id "
    "WHERE t.id = ? AND t.label <> '' AND ledger_tally.holder_id = a.holder_id "
    "AND ledger_tally.currency_id = coalesce(c.pegged_to_id, c.id) AND ledger_tally.label = t.label "
    "AND ledger_tally.month = date(t.booked_on, 'start of month')"
)
NOTE = "INSERT INTO ledger_transfernote (transfer_id, text) VALUES (?, ?)"
LIMITS = (
    "SELECT per_payment, per_day, per_month FROM ledger_limitrule WHERE coin_id = ? AND holder_kind = ? "
    "AND from_on <= ? AND (until_on IS NULL OR until_on >= ?) ORDER BY id DESC LIMIT 1"
)
ACTED = (
    "SELECT coalesce((SELECT sum(amount) FROM ledger_transfer WHERE payer_id = ?1 AND booked_on = ?2 "
    "AND acted_by_id = ?3 AND reverses_id IS NULL AND reservation_id IS NULL), 0) + "
    "coalesce((SELECT sum(CASE WHEN state = 'OPEN' THEN amount ELSE captured END) FROM ledger_reservation "
    "WHERE payer_id = ?1 AND booked_on = ?2 AND acted_by_id = ?3), 0)"
)
LEFT = (
    "SELECT amount - (SELECT coalesce(sum(amount), 0) FROM ledger_transfer WHERE reverses_id = ?1) "
    "FROM ledger_transfer WHERE id = ?1"
)


def book(entries: list[Entry], occasion: Occasion) -> list[Answer]:
    """Judge and book within one transaction; an outer one is joined."""
    with transaction.atomic(savepoint=False):
        return _Book(entries, occasion).write()


def _rows(query: str, words: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Straight to the database: Django's cursor costs as much as the statement itself."""
    with connection.wrap_database_errors:
        return cast("list[tuple[Any, ...]]", connection.connection.execute(query, words).fetchall())


def _write(query: str, rows: Sequence[Sequence[Any]]) -> None:
    with connection.wrap_database_errors:
        connection.connection.executemany(query, rows)


def _insert(query: str, words: Sequence[Any]) -> int:
    with connection.wrap_database_errors:
        return cast("int", connection.connection.execute(query, words).lastrowid)


def _in(query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Rows for any number of values, so many at a time."""
    found = []
    for start in range(0, len(values), MOST_VALUES):
        part = values[start : start + MOST_VALUES]
        found += _rows(query.format(",".join("?" * len(part))), part)
    return found


def _moment(at: datetime) -> str:
    """As Django stores it: in UTC, without saying so."""
    return str(connection.ops.adapt_datetimefield_value(at))


class _Book:
    """One batch, from what is known to what is written. What the judge may ask stands in here too."""

    def __init__(self, entries: list[Entry], occasion: Occasion) -> None:
        self.entries, self.occasion = entries, occasion
        self.accounts = {row[0]: State(*row) for row in _in(STATE, accounts_of(entries, occasion))}
        self._actor_spent: dict[int, int] = {}
        self._limits: dict[tuple[int, str], Limits | None] = {}

    def write(self) -> list[Answer]:
        answers = self._used_before()
        booked: list[tuple[int, Entry]] = []
        for index, entry in enumerate(self.entries):
            if answers[index] is None:
                verdict = judge(entry, self.occasion, self)
                answers[index] = Answer(*verdict) if verdict else self._take(entry)
                booked.append((index, entry))
        said = [answer for answer in answers if answer is not None]
        if self.occasion.only_judge or any(answer.code for answer in said):
            return [Answer(code=answer.code, room=answer.room) for answer in said]
        for index, entry in booked:
            said[index] = said[index]._replace(id=self._put(entry, said[index]))
        if booked:
            self._put_accounts()
        return said

    def _used_before(self) -> list[Answer | None]:
        """What these keys did before."""
        table = "ledger_reservation" if self.occasion.expires_at else "ledger_transfer"
        keys = [entry.key.hex for entry in self.entries]
        query = f"SELECT key, id, {SAME[table]} FROM {table} WHERE key IN ({{}})"  # noqa: S608
        known = {uuid.UUID(str(row[0])): row for row in _in(query, keys)}
        answers: list[Answer | None] = []
        for entry in self.entries:
            row = known.get(entry.key)
            if row is None:
                answers.append(None)
            else:
                answers.append(
                    Answer(id=row[1]) if tuple(row[2:]) == entry.content else Answer(code="key_reused")
                )
        return answers

    def _take(self, entry: Entry) -> Answer:
        """Do it to the accounts in hand, so that the next entry sees it."""
        payer, payee = self.accounts[entry.payer_id], self.accounts[entry.payee_id]
        if is_limited(entry, payer):
            payer.begin_day(self.occasion.on)
            payer.spent_day += entry.amount
            payer.spent_month += entry.amount
        if payer.id in self._actor_spent:
            self._actor_spent[payer.id] += entry.amount
        if self.occasion.expires_at is not None:
            payer.reserved += entry.amount
            return Answer(is_new=True, coin_id=payer.coin_id)
        payer.balance -= entry.amount
        payee.balance += entry.amount
        payer.last_no += 1
        payee.last_no += 1
        if entry.reservation_id is not None:
            payer.reserved -= entry.amount
        return Answer(
            is_new=True, coin_id=payer.coin_id, payer_no=payer.last_no, payee_no=payee.last_no,
            payer_balance=payer.balance, payee_balance=payee.balance,
        )  # fmt: skip

    def _put(self, entry: Entry, answer: Answer) -> int:
        now = self.occasion
        if now.expires_at is not None:
            return _insert(RESERVATION, (
                answer.coin_id, entry.payer_id, entry.payee_id, entry.amount, str(entry.kind), str(entry.label),
                entry.key.hex, now.acted_by_id, _moment(now.at), now.on.isoformat(), _moment(now.expires_at),
            ))  # fmt: skip
        number = _insert(TRANSFER, (
            answer.coin_id, entry.payer_id, entry.payee_id, entry.amount, str(entry.kind), str(entry.label),
            answer.payer_no, answer.payee_no, answer.payer_balance, answer.payee_balance, entry.key.hex,
            entry.reverses_id, entry.reservation_id, now.acted_by_id, _moment(now.at), now.on.isoformat(),
        ))  # fmt: skip
        self._put_beside(entry, number)
        return number

    def _put_beside(self, entry: Entry, number: int) -> None:
        """What follows from a transfer: a note, a tally, what is left of a reservation."""
        if entry.note:
            _rows(NOTE, (number, entry.note))
        if entry.reverses_id is not None:
            _rows(TALLY_BACK, (entry.amount, entry.reverses_id))
        elif entry.label:
            payee = self.accounts[entry.payee_id]
            month = self.occasion.on.replace(day=1).isoformat()
            _rows(TALLY, (payee.holder_id, str(entry.label), month, entry.amount, payee.coin_id))
        if entry.reservation_id is not None:
            _rows(CAPTURED, (entry.amount, entry.reservation_id))

    def _put_accounts(self) -> None:
        """Those that gain first: no coin is issued before its euro is there, no euro leaves before its coin is back."""
        gained = {entry.payee_id for entry in self.entries}
        states = sorted(self.accounts.values(), key=lambda state: state.id not in gained)
        _write(ACCOUNT, [
            (
                state.balance, state.reserved, state.last_no, state.spent_on and state.spent_on.isoformat(),
                state.spent_day, state.spent_month, state.id,
            )
            for state in states
        ])  # fmt: skip

    # --- What the judge may ask ---------------------------------------------------------------------------------

    def is_area_bound(self, coin_id: int) -> bool:
        return bool(_rows("SELECT area_bound FROM ledger_coin WHERE id = ?", (coin_id,))[0][0])

    def limits(self, coin_id: int, holder_kind: str, on: date) -> Limits | None:
        if (coin_id, holder_kind) not in self._limits:
            rows = _rows(LIMITS, (coin_id, holder_kind, on.isoformat(), on.isoformat()))
            self._limits[coin_id, holder_kind] = Limits(*rows[0]) if rows else None
        return self._limits[coin_id, holder_kind]

    def actor_spent(self, payer_id: int, occasion: Occasion) -> int:
        if payer_id not in self._actor_spent:
            rows = _rows(ACTED, (payer_id, occasion.on.isoformat(), occasion.acted_by_id))
            self._actor_spent[payer_id] = rows[0][0]
        return self._actor_spent[payer_id]

    def left_of(self, transfer_id: int) -> int:
        return cast("int", _rows(LEFT, (transfer_id,))[0][0])

    def held(self, reservation_id: int) -> Held:
        query = "SELECT state, amount - captured, expires_at FROM ledger_reservation WHERE id = ?"
        state, left, expires_at = _rows(query, (reservation_id,))[0]
        return Held(ReservationState(state), left, expires_at.replace(tzinfo=UTC))
