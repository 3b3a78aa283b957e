"""A small ledger to measure in: one coin, ten thousand residents with an account, and coins on each of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from core.actor import Actor
from core.clock import day_of
from ledger.address import new_address
from ledger.kinds import AccountKind, TransferKind
from ledger.models import Account, Coin
from ledger.operations import (
    Line,
    announce_funding,
    found_coin,
    open_system_accounts,
    receive_funding,
    set_limit,
    transfer_many,
)
from people.models import Party, PartyKind, PersonDetails

ACCOUNTS = 10_000  # the first of them is the busy shop of the cases with one payee
OPENING = 1_000_000
BEGIN = datetime(2023, 1, 1, 12, 0, tzinfo=UTC)
HOLDER_KIND = "PERSON"
SYSTEM = Actor.system()
BATCH = 1000


def build() -> dict[str, int]:
    """Fill a migrated database: euros arrive for the shop, which pays everybody the same.

    The numbers of accounts and of holders are one range each: `history` counts on it.
    """
    coin = found_coin(code="BENCH", name="Maatmunt", name_plural="Maatmunten", actor=SYSTEM, at=BEGIN)
    board = Party.objects.create(kind=PartyKind.NEIGHBOURHOOD, created_at=BEGIN)
    open_system_accounts(coin=coin, holder=board, actor=SYSTEM, at=BEGIN)
    accounts = Account.objects.bulk_create(_account(coin, holder) for holder in _residents())
    _fund(coin, accounts)
    # In force, and wide enough that nobody meets it: what is measured is that it is asked.
    wide = OPENING * ACCOUNTS
    set_limit(
        coin=coin, holder_kind=HOLDER_KIND, per_payment=wide, per_day=wide, per_month=wide, from_on=day_of(BEGIN),
        actor=SYSTEM, at=BEGIN,
    )  # fmt: skip
    first, last = accounts[0], accounts[-1]
    if last.pk - first.pk != ACCOUNTS - 1 or last.holder_id - first.holder_id != ACCOUNTS - 1:
        raise RuntimeError("The numbers of the accounts have gaps: this database was not fresh.")
    assert coin.pegged_to_id is not None
    first.refresh_from_db()
    return {
        "coin": coin.pk,
        "currency": coin.pegged_to_id,
        "account": first.pk,
        "account_no": first.last_no,
        "holder": first.holder_id,
        "opening": OPENING,
    }


def _residents() -> list[Party]:
    parties = Party.objects.bulk_create(
        Party(kind=PartyKind.PERSON, created_at=BEGIN) for _ in range(ACCOUNTS)
    )
    PersonDetails.objects.bulk_create(
        PersonDetails(party=party, given_name=f"Resident {number}") for number, party in enumerate(parties)
    )
    return parties


def _account(coin: Coin, holder: Party) -> Account:
    return Account(
        coin=coin,
        kind=AccountKind.HOLDER,
        holder=holder,
        holder_kind=HOLDER_KIND,
        address=new_address(),
        key=uuid4(),
        opened_at=BEGIN,
    )


def _fund(coin: Coin, accounts: list[Account]) -> None:
    shop, *others = accounts
    funding = announce_funding(
        coin=coin, funder=shop.holder, payee=shop, amount=OPENING * ACCOUNTS, expires_on=date.max, key=uuid4(),
        actor=SYSTEM, at=BEGIN,
    )  # fmt: skip
    receive_funding(
        funding=funding,
        amount=OPENING * ACCOUNTS,
        bank_reference="BENCH",
        key=uuid4(),
        actor=SYSTEM,
        at=BEGIN,
    )
    lines = [
        Line(payer=shop, payee=other, amount=OPENING, kind=TransferKind.PAYMENT, key=uuid4())
        for other in others
    ]
    for start in range(0, len(lines), BATCH):
        transfer_many(lines=lines[start : start + BATCH], actor=SYSTEM, at=BEGIN + timedelta(seconds=start))
