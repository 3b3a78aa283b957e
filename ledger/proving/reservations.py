"""Reservations against what was captured of them. One that is OPEN long after its time is no fault: it lapses later."""

from __future__ import annotations

from ledger.proving.findings import Check

CAPTURED = Check(
    name="captured",
    tables=("ledger_reservation", "ledger_transfer"),
    sql="""
        SELECT 'reservation', reservation.id, reservation.payer_id, reservation.payee_id,
               COALESCE(taken.amount, 0), reservation.captured
        FROM ledger_reservation AS reservation
        LEFT JOIN (
            SELECT reservation_id, SUM(amount) AS amount
            FROM ledger_transfer WHERE reservation_id IS NOT NULL GROUP BY reservation_id
        ) AS taken ON taken.reservation_id = reservation.id
        WHERE reservation.captured <> COALESCE(taken.amount, 0)
    """,
)

STATES = Check(
    name="states of reservations",
    tables=("ledger_reservation",),
    sql="""
        SELECT 'reservation', id, payer_id, payee_id,
               'DONE when all ' || CAST(amount AS text) || ' is captured, and only then',
               state || ' with ' || CAST(captured AS text)
        FROM ledger_reservation
        WHERE captured < 0 OR captured > amount OR (state = 'DONE') <> (captured = amount)
    """,
)

# What is captured is what was reserved: it was judged then.
CAPTURES = Check(
    name="captures",
    tables=("ledger_transfer",),
    sql="""
        SELECT 'transfer', line.id, line.payer_id, line.payee_id,
               reserved.kind || ' ' || reserved.label || ' from ' || CAST(reserved.payer_id AS text)
                   || ' to ' || CAST(reserved.payee_id AS text),
               line.kind || ' ' || line.label || ' from ' || CAST(line.payer_id AS text)
                   || ' to ' || CAST(line.payee_id AS text)
        FROM ledger_transfer AS line
        JOIN ledger_reservation AS reserved ON reserved.id = line.reservation_id
        WHERE line.payer_id <> reserved.payer_id OR line.payee_id <> reserved.payee_id
           OR line.kind <> reserved.kind OR line.label <> reserved.label
    """,
)

CHECKS = (CAPTURED, STATES, CAPTURES)
