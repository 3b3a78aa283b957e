"""Money in and out: each funding has its bank line, each bank line its two transfers, each issue its bank line."""

from __future__ import annotations

from ledger.proving.findings import Check

LEGS = """
    ledger_bankentry AS entry
    JOIN ledger_transfer AS euro ON euro.id = entry.euro_leg_id
    JOIN ledger_transfer AS coin ON coin.id = entry.coin_leg_id
"""

# Whatever it was for: as much in coins as in money, at the reserve that backs this coin.
BANK_LINES = Check(
    name="bank lines",
    tables=("ledger_bankentry",),
    sql=f"""
        SELECT 'bank line', entry.id, coin.payer_id, coin.payee_id,
               'as much money as coins, through the reserve of the coin',
               euro.kind || ' of ' || CAST(euro.amount AS text) || ' and '
                   || coin.kind || ' of ' || CAST(coin.amount AS text)
        FROM {LEGS}
        LEFT JOIN ledger_account AS reserve
               ON reserve.id = CASE euro.kind WHEN 'ISSUE' THEN euro.payee_id ELSE euro.payer_id END
        LEFT JOIN ledger_account AS issue
               ON issue.id = CASE coin.kind WHEN 'ISSUE' THEN coin.payer_id ELSE coin.payee_id END
        WHERE NOT COALESCE(
            euro.amount = coin.amount
            AND euro.kind = coin.kind
            AND reserve.backs_id = coin.coin_id
            AND issue.kind = 'ISSUE',
            FALSE
        )
    """,  # noqa: S608  every word of it stands in this file
)

FUNDINGS = Check(
    name="fundings",
    tables=("ledger_funding",),
    sql=f"""
        SELECT 'funding', funding.id, funding.payee_id, NULL,
               'issued in full' || CASE funding.state WHEN 'RETURNED' THEN ' and paid back in full' ELSE '' END,
               'received ' || COALESCE(CAST(funding.received AS text), 'nothing')
                   || ', issued ' || COALESCE(CAST(issued.amount AS text), 'nothing')
                   || ', paid back ' || COALESCE(CAST(returned.amount AS text), 'nothing')
        FROM ledger_funding AS funding
        LEFT JOIN (
            SELECT entry.id, coin.id AS coin_leg_id, euro.id AS euro_leg_id, coin.kind, coin.amount,
                   coin.coin_id, coin.payee_id
            FROM {LEGS}
        ) AS issued ON issued.id = funding.issued_id
        LEFT JOIN (
            SELECT entry.id, coin.amount, coin.reverses_id AS coin_undone_id, euro.reverses_id AS euro_undone_id
            FROM {LEGS}
        ) AS returned ON returned.id = funding.returned_id
        WHERE (
            funding.state IN ('ISSUED', 'RETURNED') AND NOT COALESCE(
                issued.kind = 'ISSUE'
                AND issued.amount = funding.received
                AND issued.coin_id = funding.coin_id
                AND issued.payee_id = funding.payee_id,
                FALSE
            )
        ) OR (
            funding.state = 'RETURNED' AND NOT COALESCE(
                returned.amount = funding.received
                AND returned.coin_undone_id = issued.coin_leg_id
                AND returned.euro_undone_id = issued.euro_leg_id,
                FALSE
            )
        )
    """,  # noqa: S608  every word of it stands in this file
)

STATES = Check(
    name="states of fundings",
    tables=("ledger_funding",),
    sql="""
        SELECT 'funding', id, payee_id, NULL, 'what is issued or paid back to have its bank line, and nothing else',
               state || CASE WHEN issued_id IS NULL THEN '' ELSE ', issued' END
                     || CASE WHEN returned_id IS NULL THEN '' ELSE ', paid back' END
        FROM ledger_funding
        WHERE (state IN ('ISSUED', 'RETURNED')) <> (issued_id IS NOT NULL)
           OR (state = 'RETURNED') <> (returned_id IS NOT NULL)
           OR (issued_id IS NULL) <> (received IS NULL)
    """,
)

# A bank line that issues or pays back is some funding's; one that redeems is none's.
OWNERS = Check(
    name="owners of bank lines",
    tables=("ledger_bankentry", "ledger_funding"),
    sql=f"""
        SELECT 'bank line', entry.id, coin.payer_id, coin.payee_id,
               CASE coin.kind WHEN 'REDEEM' THEN 'no funding' ELSE 'a funding for this ' || coin.kind END,
               COALESCE('a funding for ' || used.kind, 'none')
        FROM {LEGS}
        LEFT JOIN (
            SELECT issued_id AS entry_id, 'ISSUE' AS kind FROM ledger_funding
            UNION ALL
            SELECT returned_id, 'CHARGEBACK' FROM ledger_funding
        ) AS used ON used.entry_id = entry.id
        WHERE coin.kind <> COALESCE(used.kind, 'REDEEM')
    """,  # noqa: S608  every word of it stands in this file
)

# Coins that came or went without a line of the bank.
UNBANKED = Check(
    name="issues and redemptions",
    tables=("ledger_transfer",),
    sql="""
        SELECT 'transfer', line.id, line.payer_id, line.payee_id, 'a bank line', 'none'
        FROM ledger_transfer AS line
        LEFT JOIN ledger_transfer AS original ON original.id = line.reverses_id
        WHERE COALESCE(original.kind, line.kind) IN ('ISSUE', 'REDEEM')
          AND NOT EXISTS (SELECT 1 FROM ledger_bankentry AS entry WHERE entry.euro_leg_id = line.id)
          AND NOT EXISTS (SELECT 1 FROM ledger_bankentry AS entry WHERE entry.coin_leg_id = line.id)
    """,
)

CHECKS = (BANK_LINES, FUNDINGS, STATES, OWNERS, UNBANKED)
