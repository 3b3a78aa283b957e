"""docs/ledger.md says what the ledger does: its example is booked here, and it leaves out no check."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from core.amounts import format_amount
from ledger.kinds import Label, TransferKind
from ledger.operations import (
    announce_funding,
    charge_back,
    receive_funding,
    redeem,
    reserve,
    transfer,
)
from ledger.proving import CHECKS
from tests.databases import ROOT
from tests.factories import ledger
from tests.factories.ledger import AT, SYSTEM, Town, key

PAGE = (ROOT / "docs" / "ledger.md").read_text()
BY_SYSTEM: dict[str, Any] = {"actor": SYSTEM, "at": AT}


def part(heading: str) -> str:
    """What stands under one heading of the page."""
    return re.split(r"^## ", PAGE.partition(f"\n## {heading}\n")[2], flags=re.MULTILINE)[0]


def rows(heading: str) -> list[list[str]]:
    """The table under a heading, without its head."""
    lines = [line for line in part(heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def balances(town: Town) -> list[str]:
    issue, reserve_, bank, ann, _ben, _cas, shop, pot = town.accounts
    return [format_amount(one.balance, "en") for one in (bank, reserve_, issue, pot, ann, shop)]


@pytest.mark.django_db
def test_the_example_is_what_the_ledger_books() -> None:
    town = ledger.town()
    seen = []

    funding = announce_funding(
        coin=town.coin, funder=town.shop.holder, payee=town.pot, amount=1_000_00, expires_on=AT.date(),
        key=key("announced"), **BY_SYSTEM,
    )  # fmt: skip
    seen.append(balances(town))
    receive_funding(
        funding=funding, amount=1_000_00, bank_reference="line 1", key=key("received"), **BY_SYSTEM
    )
    seen.append(balances(town))
    transfer(
        payer=town.pot, payee=town.ann, amount=12_00, kind=TransferKind.REWARD, label=Label.VOLUNTEER_ALLOWANCE,
        key=key("coffee"), **BY_SYSTEM,
    )  # fmt: skip
    seen.append(balances(town))
    tyre = transfer(
        payer=town.ann, payee=town.shop, amount=8_50, kind=TransferKind.PAYMENT, key=key("tyre"), **BY_SYSTEM
    )
    seen.append(balances(town))
    charge_back(transfer=tyre, amount=3_00, key=key("leak"), **BY_SYSTEM)
    seen.append(balances(town))
    held = reserve(
        payer=town.shop, payee=town.issue, amount=5_50, kind=TransferKind.REDEEM, key=key("payout"),
        expires_at=AT + timedelta(days=7), **BY_SYSTEM,
    )  # fmt: skip
    seen.append(balances(town))
    redeem(reservation=held, to=town.shop.holder, bank_reference="line 2", key=key("paid out"), **BY_SYSTEM)
    seen.append(balances(town))

    assert seen == [row[1:] for row in rows("An example")]


def test_every_check_stands_on_the_page_and_no_other() -> None:
    named = [name for row in rows("What check_ledger proves") for name in row[1].split(", ")]

    assert sorted(named) == sorted(check.name for check in CHECKS)
