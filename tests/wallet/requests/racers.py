"""What the processes of races and crashes do: plain values in, what became of it out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from django.db import connection
from django.test import Client

import config.urls  # noqa: F401 - once before the start, and not in each process
from people.models import User
from tests.factories.wallet import AT
from tests.ledger.crashes.booker import keep_the_door
from tests.racer import hear, say
from tests.wallet.pay.scene import acting
from wallet.models import PaymentRequest
from wallet.operations.payments import pay
from wallet.operations.requests import cancel, decline, expire_requests


def send(login: int, path: str, **form: str) -> tuple[int, str]:
    """Send a form as this login: the answer's status, and where it leads."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=login))
    answer = client.post(path, form)
    return answer.status_code, answer.get("Location", "")


def answer(login: int, request: int, deed: str) -> str:
    """Pay, refuse, take back or end a request, at the day of the tests."""
    asked = PaymentRequest.objects.select_related("payee__holder", "payer__holder").get(pk=request)
    actor = acting(User.objects.get(pk=login))
    if deed == "pay":
        _pay(asked, actor)
    elif deed == "expire":
        return f"{expire_requests(asked.expires_at)} expired"
    else:
        {"decline": decline, "cancel": cancel}[deed](request=asked, actor=actor, at=AT)
    return deed


def pay_and_stop(login: int, request: int, stop_before: int) -> None:
    """Pay a request, and stop before the so many-th statement of it to be killed; get through when there is none."""
    keep_the_door()
    asked = PaymentRequest.objects.select_related("payee__holder", "payer__holder").get(pk=request)
    actor = acting(User.objects.get(pk=login))
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
        _pay(asked, actor)
    else:
        with connection.execute_wrapper(execute):
            _pay(asked, actor)
    say("returned")


def _pay(asked: PaymentRequest, actor: Any) -> None:
    assert asked.payer is not None
    pay(
        payer=asked.payer, payee=asked.payee, amount=asked.amount, text=asked.text, key=asked.key, actor=actor,
        at=AT, day_limit=None, request=asked,
    )  # fmt: skip
