"""Transfers: in order, in one coin, between accounts that may have to do with one another."""

from __future__ import annotations

from django.conf import settings

from ledger.kinds import AccountKind, TransferKind
from ledger.proving.findings import Check

# Every transfer twice: once for each of its accounts.
ENTRIES = """
    SELECT payer_id AS account_id, payer_no AS number, id, -amount AS change, payer_balance AS stands
    FROM ledger_transfer
    UNION ALL
    SELECT payee_id, payee_no, id, amount, payee_balance
    FROM ledger_transfer
"""

# The first number after a gap, and the second of two that are the same.
NUMBERS = Check(
    name="running numbers",
    tables=("ledger_transfer", "ledger_transfer"),
    sql=f"""
        SELECT 'transfer', id, account_id, NULL, before + 1, number
        FROM (
            SELECT account_id, number, id,
                   COALESCE(LAG(number) OVER (PARTITION BY account_id ORDER BY number, id), 0) AS before
            FROM ({ENTRIES}) AS entry
        ) AS numbered
        WHERE number <> before + 1
    """,  # noqa: S608  every word of it stands in this file
)

# Told where it goes wrong and not for each transfer after it: only where the difference becomes another.
RUNNING = Check(
    name="running balances",
    tables=("ledger_transfer", "ledger_transfer"),
    sql=f"""
        SELECT 'transfer', id, account_id, NULL, running, stands
        FROM (
            SELECT account_id, id, running, stands,
                   COALESCE(LAG(stands - running) OVER (PARTITION BY account_id ORDER BY number, id), 0) AS off
            FROM (
                SELECT account_id, number, id, stands,
                       SUM(change) OVER (
                           PARTITION BY account_id ORDER BY number, id ROWS UNBOUNDED PRECEDING
                       ) AS running
                FROM ({ENTRIES}) AS entry
            ) AS summed
        ) AS compared
        WHERE stands <> running AND stands - running <> off
    """,  # noqa: S608  every word of it stands in this file
)

AMOUNTS = Check(
    name="amounts",
    tables=("ledger_transfer",),
    sql="""
        SELECT 'transfer', id, payer_id, payee_id, 'an amount above nought, between two accounts', amount
        FROM ledger_transfer
        WHERE amount <= 0 OR payer_id = payee_id
    """,
)

LABELS = Check(
    name="labels",
    tables=("ledger_transfer",),
    sql="""
        SELECT 'transfer', id, payer_id, payee_id, 'a legal label', 'none'
        FROM ledger_transfer
        WHERE kind = 'REWARD' AND label = ''
    """,
)


def _one_coin(table: str) -> str:
    return f"""
        SELECT '{table}', line.id, line.payer_id, line.payee_id,
               'one coin', CAST(line.coin_id AS text) || ', its payer ' || CAST(payer.coin_id AS text)
                           || ', its payee ' || CAST(payee.coin_id AS text)
        FROM ledger_{table} AS line
        JOIN ledger_account AS payer ON payer.id = line.payer_id
        JOIN ledger_account AS payee ON payee.id = line.payee_id
        WHERE line.coin_id <> payer.coin_id OR line.coin_id <> payee.coin_id
    """  # noqa: S608  the table is named in this file


FUNDED = """
    SELECT 'funding', funding.id, funding.payee_id, NULL,
           'one coin', CAST(funding.coin_id AS text) || ', its payee ' || CAST(payee.coin_id AS text)
    FROM ledger_funding AS funding
    JOIN ledger_account AS payee ON payee.id = funding.payee_id
    WHERE funding.coin_id <> payee.coin_id
"""

COINS = Check(
    name="coins",
    tables=("ledger_transfer", "ledger_reservation", "ledger_funding"),
    sql=f"{_one_coin('transfer')} UNION ALL {_one_coin('reservation')} UNION ALL {FUNDED}",
)

HELD = (AccountKind.HOLDER, AccountKind.POT)
AMONG_HELD = frozenset((payer, payee) for payer in HELD for payee in HELD)
FROM_ISSUE = frozenset((AccountKind.ISSUE, payee) for payee in (*HELD, AccountKind.CLEARING))

# Between which kinds of accounts a kind of transfer goes. A chargeback goes wherever what it undoes came from.
FITS: dict[TransferKind, frozenset[tuple[AccountKind, AccountKind]]] = {
    TransferKind.ISSUE: FROM_ISSUE | {(AccountKind.BANK, AccountKind.RESERVE)},
    TransferKind.OPENING: FROM_ISSUE,
    TransferKind.REDEEM: frozenset(
        {
            (AccountKind.HOLDER, AccountKind.ISSUE),
            (AccountKind.POT, AccountKind.ISSUE),
            (AccountKind.RESERVE, AccountKind.BANK),
        }
    ),
    TransferKind.CLEARING: frozenset(
        {
            (AccountKind.CLEARING, AccountKind.CLEARING),
            *((AccountKind.CLEARING, held) for held in HELD),
            *((held, AccountKind.CLEARING) for held in HELD),
        }
    ),
    TransferKind.REWARD: AMONG_HELD,
    TransferKind.PAYMENT: AMONG_HELD,
    TransferKind.SERVICE: AMONG_HELD,
    TransferKind.DEBT: AMONG_HELD,
    TransferKind.LEVY: AMONG_HELD,
}
FITTING = ", ".join(
    sorted(f"'{kind.value} {payer.value} {payee.value}'" for kind in FITS for payer, payee in FITS[kind])
)


def _kinds(table: str) -> str:
    return f"""
        SELECT '{table}', line.id, line.payer_id, line.payee_id,
               'accounts that fit', line.kind || ' from ' || payer.kind || ' to ' || payee.kind
        FROM ledger_{table} AS line
        JOIN ledger_account AS payer ON payer.id = line.payer_id
        JOIN ledger_account AS payee ON payee.id = line.payee_id
        WHERE line.kind <> 'CHARGEBACK'
          AND line.kind || ' ' || payer.kind || ' ' || payee.kind NOT IN ({FITTING})
    """  # noqa: S608  the table is named in this file


KINDS = Check(
    name="kinds",
    tables=("ledger_transfer", "ledger_reservation"),
    sql=f"{_kinds('transfer')} UNION ALL {_kinds('reservation')}",
)

LOCAL_DAY = {
    "postgresql": f"CAST(made_at AT TIME ZONE '{settings.TIME_ZONE}' AS date)",
    # Django's own function, for SQLite knows no time zones.
    "sqlite": f"django_datetime_cast_date(made_at, '{settings.TIME_ZONE}', 'UTC')",
}


def _days(table: str, local_day: str) -> str:
    return f"""
        SELECT '{table}', id, payer_id, payee_id, CAST({local_day} AS text), CAST(booked_on AS text)
        FROM ledger_{table}
        WHERE booked_on <> {local_day}
    """  # noqa: S608  the table is named in this file


DAYS = Check(
    name="days",
    tables=("ledger_transfer", "ledger_reservation"),
    sql={
        vendor: f"{_days('transfer', local_day)} UNION ALL {_days('reservation', local_day)}"
        for vendor, local_day in LOCAL_DAY.items()
    },
)

CHECKS = (NUMBERS, RUNNING, AMOUNTS, LABELS, COINS, KINDS, DAYS)
