"""The same payment in django-hordak 2.0, the best known ledger for Django: it adds up all legs to know a balance."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from hordak.models import Account
from moneyed import Money

from tests.bench.clients import Step
from tests.bench.payments import two_of

ACCOUNTS = 10_000
TODAY = date(2026, 11, 1)
known: list[int] = []

# A flat tree of accounts, filled from one that owes what they have. The triggers, which look up every tree and every
# transaction anew, are off for this alone.
FILL = (
    "SET session_replication_role = replica",
    """
    INSERT INTO hordak_account (uuid, name, type, is_bank_account, currencies, lft, rght, tree_id, level)
    SELECT gen_random_uuid(), 'Resident ' || n, CASE WHEN n = 0 THEN 'LI' ELSE 'AS' END, false, '["EUR"]', 1, 2,
        n + 1, 0
    FROM generate_series(0, {accounts}) AS n ORDER BY n
    """,
    """
    INSERT INTO hordak_transaction (uuid, timestamp, date, description)
    SELECT gen_random_uuid(), now(), '2023-01-01', '' FROM generate_series(1, {accounts})
    """,
    """
    INSERT INTO hordak_leg (uuid, transaction_id, account_id, description, currency, debit, credit)
    SELECT gen_random_uuid(), t.id, leg.account, '', 'EUR', leg.debit, leg.credit
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM hordak_transaction) AS t
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM hordak_account) AS a ON a.n = t.n
    CROSS JOIN LATERAL (VALUES
        (a.id, 10000.00, NULL), ((SELECT min(id) FROM hordak_account), NULL, 10000.00)
    ) AS leg (account, debit, credit)
    """,
    "SET session_replication_role = DEFAULT",
)


def build() -> dict[str, int]:
    """Fill a database that hordak's migrations made."""
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement.format(accounts=ACCOUNTS))
        cursor.execute("VACUUM (ANALYZE)")
    return {}


def prepare() -> None:
    """Read the numbers of all accounts, once, before there are clients."""
    known[:] = Account.objects.filter(type="AS").order_by("pk").values_list("pk", flat=True)


def hordak(client: int, *, is_hot: bool = False) -> Step:
    """Both accounts locked in the order of numbers, the payer's legs added up, and two legs written."""
    chance = random.Random(client)

    @transaction.atomic
    def pay(payer: int, payee: int, amount: Money) -> None:
        chosen = Account.objects.filter(pk__in=[payer, payee]).order_by("pk")
        locked = {account.pk: account for account in chosen.select_for_update()}
        if locked[payer].get_simple_balance()["EUR"] < amount:
            raise ValueError("There is not enough on the account.")
        locked[payer].transfer_to(locked[payee], amount, date=TODAY)

    def step() -> int:
        payer, payee = two_of(chance, len(known), is_hot=is_hot)
        pay(known[payer], known[payee], Money(Decimal(chance.randint(1, 100)) / 100, "EUR"))
        return 1

    return step


def hordak_hot(client: int) -> Step:
    return hordak(client, is_hot=True)
