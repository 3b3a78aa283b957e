"""Sealers in processes of their own: two at once, one that is killed, one that meets a transaction that is late."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction

from core.models import Checkpoint
from core.sealing.logs import AUDIT, logs
from core.sealing.queries import NEAR
from core.sealing.sealer import _append, seal
from ledger.models import Account, LogLeaf, Transfer
from ledger.operations import transfer
from ledger.sealing import LEDGER
from tests.factories.ledger import AT, SYSTEM, fund, key, town
from tests.ledger.sealing.conftest import paid_and_sealed, pay, run
from tests.plugins.data import RealCommits
from tests.racer import hear, say
from tests.races import Call

SEALED = 302


def pay_on(payer: int, payee: int, times: int, name: str) -> int:
    ends = Account.objects.get(pk=payer), Account.objects.get(pk=payee)
    for one in range(times):
        transfer(
            payer=ends[0], payee=ends[1], amount=1, kind="PAYMENT", key=key(f"{name} {one}"), actor=SYSTEM, at=AT
        )  # fmt: skip
    return times


def seal_on(times: int) -> int:
    return sum(seal(log, at=AT, back=NEAR) for _once_more in range(times) for log in logs())


def assert_sound(transfers: int) -> None:
    """Every transfer once, the places without a gap, and all of it signed."""
    assert list(LogLeaf.objects.order_by("position").values_list("position", flat=True)) == list(
        range(transfers)
    )
    assert LogLeaf.objects.values("transfer_id").distinct().count() == transfers == Transfer.objects.count()
    said = run("verify_log")
    assert said.is_well, said.text
    assert f"ledger: {transfers} leaves" in said.text
    assert f"the newest of {transfers} leaves" in said.text


def test_two_sealers_at_once_give_every_place_once(real_commits: RealCommits) -> None:
    molen = town()
    fund(molen, molen.ann, 100_00)
    pay(molen.ann, molen.ben, 1500, "before")
    words: Call = {"payer": molen.ann.pk, "payee": molen.shop.pk, "times": 100, "name": "meanwhile"}

    outcomes = real_commits.race_between(
        [(seal_on, {"times": 15}), (seal_on, {"times": 15}), (seal_on, {"times": 15}), (pay_on, words)]
    )
    seal_on(1)

    assert outcomes[-1].result == 100
    assert_sound(1500 + 100 + 2)


def seal_and_stop(stop_before: int) -> None:
    """Seal, and stop before the so many-th statement to be killed; get through when there is none."""
    statements, before = count(1), ""

    def look(statement: str) -> None:
        nonlocal before
        is_next_row = (
            statement.startswith("INSERT") and statement[:40] == before
        )  # of many that are written at once
        before = statement[:40]
        if not is_next_row and next(statements) == stop_before:
            say("stopped")
            hear()

    def execute(go_on: Callable[..., Any], statement: str, *more: Any) -> Any:
        look(statement)
        return go_on(statement, *more)

    if connection.vendor == "sqlite":
        connection.connection.set_trace_callback(look)
        seal_all_logs()
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET client_connection_check_interval = '10ms'")
        with connection.execute_wrapper(execute):
            seal_all_logs()
    say("returned")


def seal_all_logs() -> None:
    for log in (LEDGER, AUDIT):
        seal(log, at=AT)


def test_whatever_statement_a_sealer_is_killed_before_the_next_one_goes_on(real_commits: RealCommits) -> None:
    molen = town()
    fund(molen, molen.ann, 100_00)
    transfers = Transfer.objects.count()

    for statement in count(1):
        pay(molen.ann, molen.shop, 90, f"before {statement}")
        transfers += 90
        sealer = real_commits.begin(seal_and_stop, {"stop_before": statement})
        said = sealer.said()
        sealer.kill()
        seal_all_logs()
        assert LogLeaf.objects.count() == transfers
        if said == "returned":
            break

    assert statement > 10
    assert_sound(transfers)


def pay_late(payer: int, payee: int) -> None:
    """Pay within a transaction that waits to be told to go on."""
    with transaction.atomic():
        pay_on(payer, payee, 1, "late")
        say("paid")
        hear()


@pytest.mark.once("postgres")
def test_what_is_committed_late_is_sealed_behind_what_came_after_it(real_commits: RealCommits) -> None:
    molen = town()
    for one in (molen.ann, molen.ben):
        fund(molen, one, 1_00)
    late = real_commits.begin(pay_late, {"payer": molen.ann.pk, "payee": molen.shop.pk})
    assert late.said() == "paid"
    pay(molen.ben, molen.cas, 5, "in time")
    seal_on(1)
    before = Transfer.objects.count()
    assert LogLeaf.objects.count() == before

    late.tell("go on")
    late.outcome()
    assert seal_on(1) == 1

    last = LogLeaf.objects.order_by("-position")[0]
    assert last.transfer_id < LogLeaf.objects.order_by("-transfer_id")[0].transfer_id
    assert_sound(before + 1)


def test_a_killed_sealer_that_had_not_signed_is_signed_for_by_the_next(real_commits: RealCommits) -> None:
    molen = paid_and_sealed()
    pay(molen.ann, molen.ben, 3, "more")
    with transaction.atomic():  # what a sealer does before it signs
        newest = Transfer.objects.order_by("-pk")[0].pk
        _append(LEDGER, newest - 2, newest)
    assert Checkpoint.objects.filter(log="ledger").order_by("-size")[0].size == SEALED

    assert seal(LEDGER, at=AT, back=NEAR) == 0

    assert_sound(SEALED + 3)
