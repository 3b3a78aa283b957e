"""A long history, written by one statement: every number and every balance follows from the place of its row.

It goes in rounds. In a round each resident pays one other, and is paid by one other, the same amount; then one resident
in nine pays the shop. So a tenth of all transfers is the shop's, and what stands in a row can be told without the rows
before it: that is why ten million take minutes and not hours. It all adds up, as check_ledger says of it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import psycopg

RESIDENTS = 9_999  # all accounts but the shop's; nine goes into it
SHOPPERS = RESIDENTS // 9
ROUND = RESIDENTS + SHOPPERS

Connection = psycopg.Connection[tuple[int, ...]]


@dataclass(frozen=True)
class World:
    """Numbers of the rows that `world` made: the first account is the shop's, and so is the first holder.

    Each account has `opening`. All have one transfer, the shop has `account_no`.
    """

    coin: int
    currency: int
    account: int
    account_no: int
    holder: int
    opening: int


@dataclass(frozen=True)
class History:
    """What came of writing a history."""

    transfers: int
    megabytes: int
    seconds: float


# `a` pays `b` or the shop. `shopped` is how often a resident paid the shop before this round: once in nine rounds.
ROWS = """
WITH numbers AS (
    SELECT g, g / {round} AS r, (g % {round})::int AS j, timestamptz '{first_day}' + g * pause AS made_at
    FROM generate_series(0, {rows} - 1) AS g,
        (SELECT (timestamptz '{last_day}' - timestamptz '{first_day}') / {rows} AS pause) AS p
), payers AS (
    SELECT *, j >= {residents} AS is_shop, 100 + r % 400 AS worth, 1 + r * 7919 % ({residents} - 1) AS shift,
        CASE WHEN j < {residents} THEN j ELSE r % 9 + 9 * (j - {residents}) END AS a,
        1 + r * {shoppers} + j - {residents} AS sale
    FROM numbers
), pairs AS (
    SELECT *, (a + shift) % {residents} AS b, (r + 8 - a % 9) / 9 AS shopped FROM payers
), counted AS (
    SELECT *, (r + 8 - b % 9) / 9 AS b_shopped FROM pairs
)
INSERT INTO ledger_transfer (coin_id, payer_id, payee_id, amount, kind, label, payer_no, payee_no, payer_balance,
    payee_balance, key, acted_by_id, made_at, booked_on)
SELECT {coin}, {account} + 1 + a,
    CASE WHEN is_shop THEN {account} ELSE {account} + 1 + b END,
    CASE WHEN is_shop THEN {price} ELSE worth END,
    'PAYMENT',
    CASE WHEN is_shop THEN 'SALE' ELSE '' END,
    1 + 2 * r + shopped + CASE WHEN is_shop THEN 3 WHEN a < shift THEN 1 ELSE 2 END,
    CASE WHEN is_shop THEN {account_no} + sale ELSE 1 + 2 * r + b_shopped + CASE WHEN a < b THEN 1 ELSE 2 END END,
    {opening} - shopped * {price} - CASE WHEN is_shop THEN {price} WHEN a < shift THEN worth ELSE 0 END,
    CASE WHEN is_shop THEN {opening} + sale * {price}
        ELSE {opening} - b_shopped * {price} + CASE WHEN a < b THEN worth ELSE 0 END END,
    gen_random_uuid(), {holder} + 1 + a, made_at, (made_at AT TIME ZONE 'Europe/Amsterdam')::date
FROM counted
"""

AFTERWARDS = (
    """
    UPDATE ledger_account SET
        last_no = 1 + 2 * {rounds} + ({rounds} + 8 - (id - {account} - 1) % 9) / 9,
        balance = {opening} - ({rounds} + 8 - (id - {account} - 1) % 9) / 9 * {price}
    WHERE id > {account} AND id <= {account} + {residents}
    """,
    """
    UPDATE ledger_account
    SET last_no = {account_no} + {rounds} * {shoppers}, balance = {opening} + {rounds} * {shoppers} * {price}
    WHERE id = {account}
    """,
    """
    INSERT INTO ledger_tally (holder_id, currency_id, label, month, amount)
    SELECT {holder}, {currency}, 'SALE', date_trunc('month', booked_on)::date, sum(amount)
    FROM ledger_transfer WHERE label = 'SALE' GROUP BY 4
    """,
    """
    INSERT INTO ledger_transfernote (transfer_id, text)
    SELECT id, 'Bread and milk, order ' || payee_no
    FROM ledger_transfer WHERE label = 'SALE' AND payee_no % 10 = 0
    """,
)

INDEXES = """
SELECT format('ALTER TABLE ledger_transfer DROP CONSTRAINT %I', conname),
    format('ALTER TABLE ledger_transfer ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = 'ledger_transfer'::regclass AND contype = 'u'
UNION ALL
SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index i WHERE indrelid = 'ledger_transfer'::regclass
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
"""


def write(connection: Connection, rounds: int, world: World) -> History:
    """Add this many rounds to a fresh world (the connection commits by itself)."""
    start = time.monotonic()
    words = {
        **asdict(world), "rounds": rounds, "rows": rounds * ROUND, "round": ROUND, "residents": RESIDENTS,
        "shoppers": SHOPPERS, "price": 100, "first_day": "2023-01-02", "last_day": "2026-10-31",
    }  # fmt: skip
    connection.execute("SET maintenance_work_mem = '1GB'")
    # What the statement writes needs no looking up: every number in it is of a row that is there.
    connection.execute("SET session_replication_role = replica")
    with _without_indexes(connection):
        connection.execute(ROWS.format(**words).encode())
    for statement in AFTERWARDS:
        connection.execute(statement.format(**words).encode())
    connection.execute("SET session_replication_role = DEFAULT")
    connection.execute("VACUUM (FREEZE, ANALYZE)")
    connection.execute("CHECKPOINT")
    return _history(connection, time.monotonic() - start)


@contextmanager
def _without_indexes(connection: Connection) -> Iterator[None]:
    """Built once over all rows they take a fraction of the time that growing them row by row takes."""
    statements = connection.execute(INDEXES).fetchall()
    for drop, _make in statements:
        connection.execute(str(drop).encode())
    yield
    for _drop, make in statements:
        connection.execute(str(make).encode())


def _history(connection: Connection, seconds: float) -> History:
    found = connection.execute(
        "SELECT count(*), pg_total_relation_size('ledger_transfer') / 1000000 FROM ledger_transfer"
    ).fetchone()
    assert found is not None
    return History(transfers=found[0], megabytes=found[1], seconds=round(seconds, 1))
