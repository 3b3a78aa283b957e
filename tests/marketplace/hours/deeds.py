"""What the processes of races and crashes do with hours: plain values in, a state out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from django.db import connection

from core.actor import Actor
from core.refusals import Refusal
from marketplace.models import Participation, Shift
from marketplace.operations import hours
from marketplace.operations.hours.clock import watch_payments, watch_unconfirmed
from people.models import User
from tests.marketplace.hours.scene import OVER
from tests.racer import hear, say

DOOR = 1  # the number of the lock that each process keeps to itself on PostgreSQL


def acting(email: str) -> Actor:
    user = User.objects.get(email=email)
    return Actor(user=user, person=user.person, principal=user.person)


def confirm(email: str, of: int) -> str:
    return _done(hours.confirm, email, of)


def contest(email: str, of: int) -> str:
    return _done(hours.contest, email, of, minutes=60, reason="Left.")


def agree(email: str, of: int) -> str:
    return _done(hours.agree, email, of)


def give_in(email: str, of: int) -> str:
    return _done(hours.give_in, email, of)


def rule(email: str, of: int) -> str:
    return _done(hours.rule, email, of, minutes=120, ruling="So be it.")


def settle(email: str, of: int) -> str:
    return _done(hours.settle, email, of)


def group(email: str, shift: int) -> str:
    """Everybody of a shift; how many were paid by this."""
    lines = [hours.Line(participation=part) for part in Participation.objects.filter(shift=shift)]
    found = hours.confirm_group(shift=Shift.objects.get(pk=shift), lines=lines, actor=acting(email), at=OVER)
    return f"{sum(one.is_paid and one.refusal is None for one in found)} paid"


def watch(days: int) -> str:
    now = OVER + timedelta(days=days)
    return f"{watch_unconfirmed(now) + watch_payments(now)} by the clock"


def _done(deed: Callable[..., object], email: str, of: int, **words: Any) -> str:
    found = Participation.objects.get(pk=of)
    deed(participation=found, actor=acting(email), at=OVER, **words)
    return found.state


DEEDS: dict[str, Callable[..., str]] = {
    "confirm": confirm, "contest": contest, "agree": agree, "give_in": give_in, "rule": rule, "settle": settle,
    "group": group, "watch": watch,
}  # fmt: skip


def tried(deed: str, **words: Any) -> str:
    """What became of it: a state, or the code of a refusal."""
    try:
        return DEEDS[deed](**words)
    except Refusal as refusal:
        return refusal.code


def do_and_stop(deed: str, stop_before: int, **words: Any) -> None:
    """Do it, and stop before the so many-th statement of it to be killed; get through when there is none."""
    keep_the_door()
    statements = count(1)

    def look() -> None:
        if next(statements) == stop_before:
            say("stopped")
            hear()

    def execute(go_on: Callable[..., Any], *statement: Any) -> Any:
        look()
        return go_on(*statement)

    if connection.vendor == "sqlite":  # the ledger speaks to it past Django
        connection.connection.set_trace_callback(lambda _statement: look())
        tried(deed, **words)
    else:
        with connection.execute_wrapper(execute):
            tried(deed, **words)
    say("returned")


def keep_the_door() -> None:
    """PostgreSQL does not notice at once that a process is gone: whoever can take this lock knows that it has."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET client_connection_check_interval = '10ms'")
            cursor.execute("SELECT pg_advisory_lock_shared(%s)", [DOOR])
