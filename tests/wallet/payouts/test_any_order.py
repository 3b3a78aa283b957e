"""Whatever is tried, in whatever order: coins go out of the world once for each payout that was paid."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.queries import backing, balance_of
from tests.factories.wallet import Place
from tests.wallet.payouts import deeds
from tests.wallet.payouts.stage import credit, debit, requested, sent
from wallet.models import BankLine, Payout, PayoutRun
from wallet.states import PayoutState

AMOUNT = 1_00
PEOPLE = ("fenna", "vera", "tom", "sjoerd")
STEPS = st.tuples(
    st.sampled_from(
        ["approve", "make", "send", "settle", "take_back", "fail", "cancel", "line out", "line back"]
    ),
    st.integers(0, 1),
    st.sampled_from(PEOPLE),
    st.integers(0, 1),
)


def step(there: Place, payouts: list[Payout], what: str, which: int, who: str, line: int) -> None:
    payout, email = payouts[which], getattr(there, who).email
    out, back = f"OUT {which} {line}", f"BACK {which} {line}"
    if what in {"line out", "line back"}:
        name, make = (out, debit) if what == "line out" else (back, credit)
        if not BankLine.objects.filter(bank_id=name).exists():
            make(there, payout, name)
        return
    words: dict[str, Any] = {"payout": payout.pk}
    if what in {"approve", "make", "send"}:
        words["email"] = email
    if what == "make":
        words["name"] = f"run {which} {who}"
    if what in {"settle", "take_back"}:
        words["line"] = out if what == "settle" else back
        if not BankLine.objects.filter(bank_id=words["line"]).exists():
            return
    if what == "send" and not PayoutRun.objects.filter(payouts=payout).exists():
        return
    deeds.tried(what, **words)


def check(there: Place, payouts: list[Payout]) -> None:
    states = [Payout.objects.get(pk=one.pk).state for one in payouts]
    booked = BankLine.objects.filter(state="MATCHED")
    paid = states.count(PayoutState.PAID)
    back = booked.filter(funding__isnull=False).count()
    waiting = sum(
        state in {PayoutState.REQUESTED, PayoutState.APPROVED, PayoutState.EXPORTED} for state in states
    )
    coins = balance_of(there.shop)
    both = backing(there.coin)
    assert deeds.redeemed() == AMOUNT * paid
    assert coins.balance == 1_000_00 - AMOUNT * (paid - back)
    assert coins.reserved == AMOUNT * waiting
    assert both.circulation == both.reserve
    for one in payouts:
        moved = sorted(booked.filter(payout=one).values_list("amount", flat=True))
        assert moved in ([], [-AMOUNT], [AMOUNT], [-AMOUNT, AMOUNT])
    assert not Payout.objects.filter(run__made_by=F("approved_by")).exists()
    call_command("check_ledger")


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=4, max_size=24))
def test_coins_are_redeemed_once_for_each_payout_that_was_paid(
    there: Place, steps: list[tuple[str, int, str, int]]
) -> None:
    with transaction.atomic():
        payouts = [sent(there, AMOUNT, "payout 0"), requested(there, AMOUNT, "payout 1")]
        for what, which, who, line in steps:
            step(there, payouts, what, which, who, line)
        check(there, payouts)
        transaction.set_rollback(True)  # each example begins with the same rows
