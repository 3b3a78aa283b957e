"""Money of the municipality on its way to the football club's pot, and what the bank says of it."""

from __future__ import annotations

from datetime import timedelta

from core.actor import Actor
from core.clock import day_of
from ledger.models import Account, Funding
from ledger.operations import announce_funding
from ledger.proving import find_faults
from people.models import Party, User
from tests.factories.people import actor
from tests.factories.wallet import AT, SYSTEM, Place, key
from wallet.models import BankLine, BankStatement
from wallet.operations.bank import match_lines, upload_statement

__all__ = ["AT", "announced", "at_desk", "circulation", "clean", "line_of", "matched", "uploaded"]


def at_desk(there: Place, user: User | None = None) -> Actor:
    return actor(user or there.fenna, principal=there.municipality)


def announced(
    there: Place,
    amount: int = 250_00,
    name: str = "funding",
    account: Account | None = None,
    funder: Party | None = None,
) -> Funding:
    return announce_funding(
        coin=there.coin, funder=funder or there.municipality, payee=account or there.pot, amount=amount, key=key(name),
        expires_on=day_of(AT + timedelta(days=30)), actor=SYSTEM, at=AT,
    )  # fmt: skip


def uploaded(there: Place, content: bytes, name: str = "statement.xml") -> BankStatement:
    return upload_statement(treasury=there.treasury, name=name, content=content, actor=at_desk(there), at=AT)


def matched(there: Place) -> int:
    found = match_lines(treasury=there.treasury, actor=at_desk(there), at=AT)
    clean()
    return found.booked


def line_of(there: Place, bank_id: str) -> BankLine:
    return BankLine.objects.select_related("treasury").get(treasury=there.treasury, bank_id=bank_id)


def circulation(there: Place) -> int:
    """Coins in the world, by the ledger's own books."""
    return -Account.objects.get(coin=there.coin, kind="ISSUE").balance


def clean() -> None:
    assert find_faults() == []
