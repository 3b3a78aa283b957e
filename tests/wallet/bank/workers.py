"""What processes do in races and crashes: plain values in and out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from django.db import connection

from people.models import User
from tests.factories.people import actor
from tests.racer import hear, say
from tests.wallet.bank.stage import AT
from wallet.models import BankLine, HandMatch, Treasury
from wallet.operations.bank import bring_in, decide_match, match_lines, upload_statement

WRITES = ("INSERT", "UPDATE", "COMMIT", "SELECT LEDGER")


def upload(treasury: int, user: int, content: str, name: str = "statement.xml") -> int:
    made = upload_statement(
        treasury=Treasury.objects.get(pk=treasury), name=name, content=content.encode(), at=AT,
        actor=actor(User.objects.get(pk=user)),
    )  # fmt: skip
    return made.pk


def bring(treasury: int, user: int, content: str) -> int:
    made = bring_in(
        treasury=Treasury.objects.get(pk=treasury), name="statement.xml", content=content.encode(), at=AT,
        actor=actor(User.objects.get(pk=user)),
    )  # fmt: skip
    return made.pk


def match(treasury: int, user: int) -> int:
    matched = match_lines(
        treasury=Treasury.objects.get(pk=treasury), actor=actor(User.objects.get(pk=user)), at=AT
    )
    return matched.booked


def approve(proposal: int, user: int) -> int:
    found = HandMatch.objects.select_related("line", "treasury__neighbourhood").get(pk=proposal)
    decide_match(match=found, event="approve", actor=actor(User.objects.get(pk=user)), at=AT)
    return BankLine.objects.get(pk=found.line_id).pk


def match_until_stopped(treasury: int, user: int, stop_at: int) -> None:
    """Match, and stop before the so many-th statement that writes, to be killed."""
    writes = count(1)

    def look(sql: str) -> None:
        if sql.lstrip().upper().startswith(WRITES) and next(writes) == stop_at:
            say("stopped")
            hear()

    def execute(go_on: Callable[..., Any], *statement: Any) -> Any:
        look(str(statement[0]))
        return go_on(*statement)

    if connection.vendor == "sqlite":  # the ledger speaks to it past Django
        connection.connection.set_trace_callback(look)
        match(treasury, user)
    else:
        with connection.execute_wrapper(execute):
            match(treasury, user)
    say("through")
