"""A town in which Ann has paid the shop a few hundred times, sealed in two passes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ledger.kinds import TransferKind
from ledger.models import Account
from ledger.operations import Line, transfer_many
from tests.factories.ledger import AT, SYSTEM, Town, fund, key, town


@dataclass(frozen=True)
class Said:
    """What a command wrote, and whether it ended well."""

    text: str
    is_well: bool


def run(*words: str) -> Said:
    said = io.StringIO()
    try:
        call_command(*words, stdout=said)
    except CommandError as error:
        return Said(f"{said.getvalue()}{error}", is_well=False)
    return Said(said.getvalue(), is_well=True)


def seal_all() -> None:
    assert run("seal_log", "--once").is_well


def pay(payer: Account, payee: Account, times: int, name: str) -> None:
    """Pay one cent so many times, in one transaction."""
    lines = [
        Line(payer=payer, payee=payee, amount=1, kind=TransferKind.PAYMENT, key=key(f"{name} {one}"))
        for one in range(times)
    ]
    transfer_many(lines=lines, actor=SYSTEM, at=AT)


def paid_and_sealed() -> Town:
    molen = town()
    fund(molen, molen.ann, 100_00)
    pay(molen.ann, molen.shop, 270, "first")
    seal_all()
    pay(molen.ann, molen.shop, 30, "second")
    seal_all()
    return molen


@pytest.fixture
def molen(db: None) -> Town:
    return paid_and_sealed()


@pytest.fixture
def folder(molen: Town, tmp_path: Path) -> Path:
    """A copy of both logs."""
    assert run("copy_log", str(tmp_path)).is_well
    return tmp_path
