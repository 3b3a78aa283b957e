"""Tallies against the transfers that they are made of."""

from __future__ import annotations

from ledger.proving.findings import Check

MONTH = {
    "postgresql": "CAST(date_trunc('month', CAST(line.booked_on AS timestamp)) AS date)",
    "sqlite": "strftime('%Y-%m-01', line.booked_on)",
}


def _tallies(month: str) -> str:
    """A chargeback takes off from the tally of what it undoes: the same holder, label and month."""
    return f"""
        SELECT 'holder', holder_id,
               COALESCE(MIN(account_id), (SELECT MIN(id) FROM ledger_account WHERE holder_id = part.holder_id)), NULL,
               CAST(SUM(expected) AS text) || ' as ' || label || ' in ' || CAST(month AS text)
                   || ' of coin ' || CAST(currency_id AS text),
               SUM(stands)
        FROM (
            SELECT payee.id AS account_id, payee.holder_id, COALESCE(coin.pegged_to_id, coin.id) AS currency_id,
                   line.label, {month} AS month, line.amount AS expected, 0 AS stands
            FROM ledger_transfer AS line
            JOIN ledger_account AS payee ON payee.id = line.payee_id
            JOIN ledger_coin AS coin ON coin.id = payee.coin_id
            WHERE line.label <> '' AND line.kind <> 'CHARGEBACK'
            UNION ALL
            SELECT payee.id, payee.holder_id, COALESCE(coin.pegged_to_id, coin.id),
                   line.label, {month}, -back.amount, 0
            FROM ledger_transfer AS back
            JOIN ledger_transfer AS line ON line.id = back.reverses_id
            JOIN ledger_account AS payee ON payee.id = line.payee_id
            JOIN ledger_coin AS coin ON coin.id = payee.coin_id
            WHERE line.label <> '' AND back.kind = 'CHARGEBACK'
            UNION ALL
            SELECT CAST(NULL AS bigint), holder_id, currency_id, label, month, 0, amount
            FROM ledger_tally
        ) AS part
        GROUP BY holder_id, currency_id, label, month
        HAVING SUM(expected) <> SUM(stands)
    """  # noqa: S608  every word of it stands in this file


TALLIES = Check(
    name="tallies",
    tables=("ledger_tally", "ledger_transfer"),
    sql={vendor: _tallies(month) for vendor, month in MONTH.items()},
)

CHECKS = (TALLIES,)
