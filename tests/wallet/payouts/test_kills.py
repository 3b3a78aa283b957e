"""A process that is killed before any statement of what it does: all of it is there or nothing, and again is once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.core.management import call_command

from ledger.queries import balance_of
from tests.factories.wallet import Place, place
from tests.plugins.data import RealCommits
from tests.wallet.payouts import deeds
from tests.wallet.payouts.stage import approved, credit, debit, exported, requested, sells, sent
from wallet.models import BankLine, Payout, PayoutRun
from wallet.queries.payouts import file_of
from wallet.states import PayoutState

AMOUNT = 1_00


STEPS = {
    "approve": requested, "cancel": requested, "make": approved, "send": exported, "settle": exported,
    "take_back": exported, "fail": sent, "settle_failed": sent,
}  # fmt: skip


def prepare(there: Place, deed: str, name: str) -> dict[str, Any]:
    """A payout that this can be done with, and the words to do it with."""
    if deed == "ask":
        return {"amount": AMOUNT, "name": name, "account": there.shop.pk}
    payout = STEPS[deed](there, AMOUNT, name)
    more: dict[str, dict[str, str]] = {
        "approve": {"email": there.fenna.email},
        "make": {"email": there.vera.email, "name": f"run of {name}"},
        "send": {"email": there.vera.email},
        "settle": {"line": f"OUT {name}"},
        "settle_failed": {"line": f"OUT {name}"},
        "take_back": {"line": f"BACK {name}"},
    }
    if deed == "settle_failed":
        deeds.fail(payout.pk)
    if deed in {"settle", "settle_failed", "take_back"}:
        debit(there, payout, f"OUT {name}")
    if deed == "take_back":
        deeds.settle(payout.pk, f"OUT {name}")
        credit(there, payout, f"BACK {name}")
    return {"payout": payout.pk, **more.get(deed, {})}


def check_whole(there: Place) -> None:
    """Coins, payouts, files and lines say the same."""
    states = dict(Payout.objects.values_list("pk", "state"))
    on_the_way = {PayoutState.REQUESTED, PayoutState.APPROVED, PayoutState.EXPORTED}
    assert balance_of(there.shop).reserved == AMOUNT * sum(state in on_the_way for state in states.values())
    assert deeds.redeemed() == AMOUNT * sum(state == PayoutState.PAID for state in states.values())
    gone = set(BankLine.objects.filter(state="MATCHED", amount__lt=0).values_list("payout_id", flat=True))
    assert gone == {pk for pk, state in states.items() if state == PayoutState.PAID}
    assert not PayoutRun.objects.filter(payouts__isnull=True).exists()
    assert all(file_of(run) == file_of(run) for run in PayoutRun.objects.all()[:1])


@pytest.mark.once
@pytest.mark.parametrize("deed", list(deeds.DEEDS))
def test_before_whatever_statement_it_is_killed(real_commits: RealCommits, deed: str) -> None:
    kill_before(real_commits, deed, count(1))


@pytest.mark.once("postgres")
@pytest.mark.parametrize("deed", ["make", "settle", "settle_failed", "take_back"])
def test_before_some_statements_it_is_killed_on_a_server_too(real_commits: RealCommits, deed: str) -> None:
    kill_before(real_commits, deed, count(3, 6))


def kill_before(real_commits: RealCommits, deed: str, statements: Iterator[int]) -> None:
    there = place()
    sells(there)

    for statement in statements:
        words = prepare(there, deed, f"{deed} {statement}")
        worker = real_commits.begin(deeds.do_and_stop, {"deed": deed, "stop_before": statement, **words})
        said = worker.said()
        worker.kill()
        deeds.wait_until_it_is_gone()
        check_whole(there)
        first = deeds.tried(deed, **words)
        again = deeds.tried(deed, **words)
        assert first == again
        check_whole(there)
        if said == "returned":
            break

    call_command("check_ledger")
