"""Chargebacks: never more than was paid, back to where it came from."""

from __future__ import annotations

from ledger.proving.findings import Check

TOTALS = Check(
    name="chargebacks",
    tables=("ledger_transfer",),
    sql="""
        SELECT 'transfer', original.id, original.payer_id, original.payee_id,
               'at most ' || CAST(original.amount AS text) || ' charged back', back.amount
        FROM (
            SELECT reverses_id, SUM(amount) AS amount
            FROM ledger_transfer WHERE reverses_id IS NOT NULL GROUP BY reverses_id
        ) AS back
        JOIN ledger_transfer AS original ON original.id = back.reverses_id
        WHERE back.amount > original.amount
    """,
)

MIRRORS = Check(
    name="mirrors",
    tables=("ledger_transfer",),
    sql="""
        SELECT 'transfer', back.id, back.payer_id, back.payee_id,
               'a chargeback from ' || CAST(original.payee_id AS text) || ' to ' || CAST(original.payer_id AS text)
                   || ' in coin ' || CAST(original.coin_id AS text),
               back.kind || ' of ' || original.kind || ' from ' || CAST(back.payer_id AS text)
                   || ' to ' || CAST(back.payee_id AS text) || ' in coin ' || CAST(back.coin_id AS text)
        FROM ledger_transfer AS back
        JOIN ledger_transfer AS original ON original.id = back.reverses_id
        WHERE back.payer_id <> original.payee_id
           OR back.payee_id <> original.payer_id
           OR back.coin_id <> original.coin_id
           OR back.kind <> 'CHARGEBACK'
           OR original.kind NOT IN ('REWARD', 'PAYMENT', 'SERVICE', 'DEBT', 'LEVY', 'ISSUE')
        UNION ALL
        SELECT 'transfer', id, payer_id, payee_id, 'what it undoes', 'nothing'
        FROM ledger_transfer
        WHERE kind = 'CHARGEBACK' AND reverses_id IS NULL
    """,
)

CHECKS = (TOTALS, MIRRORS)
