"""Accounts against their history, and against each other."""

from __future__ import annotations

from ledger.proving.findings import Check

BALANCES = Check(
    name="balances",
    tables=("ledger_account", "ledger_transfer"),
    sql="""
        SELECT 'account', account.id, account.id, NULL,
               COALESCE(got.amount, 0) - COALESCE(paid.amount, 0), account.balance
        FROM ledger_account AS account
        LEFT JOIN (SELECT payee_id, SUM(amount) AS amount FROM ledger_transfer GROUP BY payee_id) AS got
               ON got.payee_id = account.id
        LEFT JOIN (SELECT payer_id, SUM(amount) AS amount FROM ledger_transfer GROUP BY payer_id) AS paid
               ON paid.payer_id = account.id
        WHERE account.balance <> COALESCE(got.amount, 0) - COALESCE(paid.amount, 0)
    """,
)

LAST_NUMBERS = Check(
    name="last numbers",
    tables=("ledger_account", "ledger_transfer"),
    sql="""
        SELECT 'account', account.id, account.id, NULL,
               COALESCE(got.times, 0) + COALESCE(paid.times, 0), account.last_no
        FROM ledger_account AS account
        LEFT JOIN (SELECT payee_id, COUNT(*) AS times FROM ledger_transfer GROUP BY payee_id) AS got
               ON got.payee_id = account.id
        LEFT JOIN (SELECT payer_id, COUNT(*) AS times FROM ledger_transfer GROUP BY payer_id) AS paid
               ON paid.payer_id = account.id
        WHERE account.last_no <> COALESCE(got.times, 0) + COALESCE(paid.times, 0)
    """,
)

ZERO_SUMS = Check(
    name="zero sums",
    tables=("ledger_account",),
    sql="""
        SELECT 'coin', coin_id, MIN(CASE WHEN kind IN ('ISSUE', 'BANK') THEN id END), NULL, 0, SUM(balance)
        FROM ledger_account
        GROUP BY coin_id
        HAVING SUM(balance) <> 0
    """,
)

FLOORS = Check(
    name="floors",
    tables=("ledger_account",),
    sql="""
        SELECT 'account', id, id, NULL, 'at least ' || CAST(floor AS text) || ' available',
               CAST(balance - reserved AS text)
        FROM ledger_account
        WHERE balance - reserved < floor
        UNION ALL
        SELECT 'account', id, id, NULL,
               CASE WHEN floor IS NULL THEN 'a floor' ELSE 'no floor' END,
               CASE WHEN floor IS NULL THEN 'none' ELSE CAST(floor AS text) END || ' for ' || kind
        FROM ledger_account
        WHERE (floor IS NULL) <> (kind IN ('ISSUE', 'BANK'))
    """,
)

ISSUED = Check(
    name="issued coins",
    tables=("ledger_account",),
    sql="""
        SELECT 'account', id, id, NULL, 'nought or less', balance
        FROM ledger_account
        WHERE kind = 'ISSUE' AND balance > 0
    """,
)

CLOSED = Check(
    name="closed accounts",
    tables=("ledger_account",),
    sql="""
        SELECT 'account', id, id, NULL, 'nothing on it',
               CAST(balance AS text) || ' and ' || CAST(reserved AS text) || ' reserved'
        FROM ledger_account
        WHERE state = 'CLOSED' AND (balance <> 0 OR reserved <> 0)
    """,
)

# Several issues or reserves of one coin would be counted together here: that there is one is the database's to see to.
BACKING = Check(
    name="backing",
    tables=("ledger_account",),
    sql="""
        SELECT 'coin', issue.coin_id, issue.id, reserve.id,
               'at least ' || CAST(-issue.balance AS text) || ' in reserve', COALESCE(reserve.balance, 0)
        FROM (
            SELECT coin_id, MIN(id) AS id, SUM(balance) AS balance
            FROM ledger_account WHERE kind = 'ISSUE' GROUP BY coin_id
        ) AS issue
        LEFT JOIN (
            SELECT backs_id, MIN(id) AS id, SUM(balance) AS balance
            FROM ledger_account WHERE kind = 'RESERVE' GROUP BY backs_id
        ) AS reserve ON reserve.backs_id = issue.coin_id
        WHERE -issue.balance > COALESCE(reserve.balance, 0)
    """,
)

RESERVES = Check(
    name="coins of reserves",
    tables=("ledger_account",),
    sql="""
        SELECT 'account', reserve.id, reserve.id, NULL, 'coin ' || COALESCE(CAST(coin.pegged_to_id AS text), 'none'),
               'coin ' || CAST(reserve.coin_id AS text)
        FROM ledger_account AS reserve
        JOIN ledger_coin AS coin ON coin.id = reserve.backs_id
        WHERE coin.pegged_to_id IS NULL OR coin.pegged_to_id <> reserve.coin_id
    """,
)

RESERVED = Check(
    name="reserved",
    tables=("ledger_account", "ledger_reservation"),
    sql="""
        SELECT 'account', account.id, account.id, NULL, COALESCE(open.amount, 0), account.reserved
        FROM ledger_account AS account
        LEFT JOIN (
            SELECT payer_id, SUM(amount - captured) AS amount
            FROM ledger_reservation WHERE state = 'OPEN' GROUP BY payer_id
        ) AS open ON open.payer_id = account.id
        WHERE account.reserved <> COALESCE(open.amount, 0)
    """,
)

CHECKS = (
    BALANCES, LAST_NUMBERS, ZERO_SUMS, FLOORS, ISSUED, CLOSED, BACKING, RESERVES, RESERVED,
)  # fmt: skip
