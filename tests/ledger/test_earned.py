"""What came under legal labels, booking by booking: it adds up to the tallies by which maximums are judged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ledger.kinds import Label, TransferKind
from ledger.operations import charge_back, transfer
from ledger.queries import earned, received_by_month, years_earned
from tests.factories.ledger import AT, SYSTEM, Town, fund, key, town

if TYPE_CHECKING:
    from ledger.models import Account, Transfer

pytestmark = pytest.mark.django_db
YEAR = {"from_on": date(2026, 1, 1), "until_on": date(2026, 12, 31)}


def _reward(there: Town, payee: Account, amount: int, name: str, label: str) -> Transfer:
    return transfer(
        payer=there.pot, payee=payee, amount=amount, kind=TransferKind.REWARD, label=label, note=name,
        key=key(name), actor=SYSTEM, at=AT,
    )  # fmt: skip


def test_what_is_left_of_each_booking_adds_up_to_the_tallies() -> None:
    there = town()
    fund(there, there.pot, 100_00)
    _reward(there, there.ann, 30_00, "Soup", Label.VOLUNTEER_ALLOWANCE)
    twice = _reward(there, there.ann, 20_00, "Twice", Label.VOLUNTEER_ALLOWANCE)
    _reward(there, there.ben, 9_00, "Of Ben", Label.VOLUNTEER_ALLOWANCE)
    charge_back(transfer=twice, amount=5_00, key=key("back"), actor=SYSTEM, at=AT)

    found = earned([there.ann.holder], **YEAR)

    assert [(one.note, one.amount, one.payer.pk, one.pot) for one in found] == [
        ("Soup", 30_00, there.pot.holder_id, there.pot.label), ("Twice", 15_00, there.pot.holder_id, there.pot.label),
    ]  # fmt: skip
    tallies = received_by_month(
        [there.ann.holder], currency=there.euro, label=Label.VOLUNTEER_ALLOWANCE,
        from_month=YEAR["from_on"], until_month=YEAR["until_on"],
    )  # fmt: skip
    assert sum(one.amount for one in found) == sum(tallies.values())


def test_a_payment_without_a_label_is_not_among_it() -> None:
    there = town()
    fund(there, there.ben, 10_00)
    transfer(
        payer=there.ben, payee=there.ann, amount=4_00, kind=TransferKind.PAYMENT, key=key("pay"), actor=SYSTEM, at=AT
    )  # fmt: skip

    assert earned([there.ann.holder], **YEAR) == []
    assert years_earned([there.ann.holder]) == []
