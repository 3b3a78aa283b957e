"""What the processes of races and crashes do with offers, answers and orders: plain values in, a state out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import time_machine
from django.db import connection
from wagtail.log_actions import LogContext

from core.actor import Actor
from core.refusals import Refusal
from ledger.models import Transfer
from marketplace.models import Offer, OfferPage, Order, Response
from marketplace.operations import offers, responses
from marketplace.operations.orders import answering, delivering, disputes, placing, references, refunds
from marketplace.operations.orders.clock import watch_orders
from people.models import User
from tests.factories.market import AT
from tests.factories.wallet import key
from tests.racer import hear, say

DOOR = 1  # the number of the lock that each process keeps to itself on PostgreSQL


def acting(email: str) -> Actor:
    user = User.objects.get(email=email)
    return Actor(user=user, person=user.person, principal=user.person)


def place(email: str, offer: int, name: str, quantity: int = 1) -> str:
    actor = acting(email)
    return placing.place(
        offer=Offer.objects.get(pk=offer), quantity=quantity, buyer=User.objects.get(email=email).person,
        key=key(name), actor=actor, at=AT,
    ).state  # fmt: skip


def set_stock(email: str, offer: int, stock: int) -> str:
    offers.set_stock(offer=Offer.objects.get(pk=offer), stock=stock, actor=acting(email), at=AT)
    return "set"


def publish(email: str, page: int) -> str:
    """An editor publishes the draft of a page as it was written once."""
    user = User.objects.get(email=email)
    draft = OfferPage.objects.get(pk=page).get_latest_revision()
    with time_machine.travel(AT), LogContext(user=user):
        draft.publish(user=user, skip_permission_checks=True)  # who may is for the pages of the admin
    return "published"


def choose(email: str, response: int, name: str) -> str:
    found = Response.objects.get(pk=response)
    return responses.choose(response=found, key=key(name), actor=acting(email), at=AT).state


def withdraw_response(email: str, response: int) -> str:
    found = Response.objects.get(pk=response)
    responses.withdraw_response(response=found, actor=acting(email), at=AT)
    return found.state


def accept(email: str, order: int, seconds: int = 0) -> str:
    return _done(answering.accept, email, order, at=AT + timedelta(seconds=seconds))


def decline(email: str, order: int) -> str:
    return _done(answering.decline, email, order, reason="No.")


def cancel(email: str, order: int) -> str:
    return _done(answering.cancel, email, order, reason="No.")


def deliver(email: str, order: int, quantity: int | None = None) -> str:
    return _done(delivering.deliver, email, order, quantity=quantity)


def confirm(email: str, order: int) -> str:
    return _done(delivering.confirm, email, order)


def receive(email: str, order: int) -> str:
    return _done(delivering.receive, email, order)


def dispute(email: str, order: int) -> str:
    return _done(disputes.dispute, email, order, text="No.", language="en")


def mediate(email: str, order: int) -> str:
    return _done(disputes.mediate, email, order)


def resolve(email: str, order: int, awarded: int) -> str:
    return _done(disputes.resolve, email, order, awarded=awarded, ruling="So be it.")


def give_in(email: str, order: int) -> str:
    return _done(disputes.give_in, email, order)


def refund(email: str, order: int, amount: int) -> str:
    return _done(refunds.refund, email, order, amount=amount, reason="Sorry.")


def refer(email: str, order: int, name: str) -> str:
    found = Order.objects.get(pk=order)
    references.refer(
        order=found, text="Quick and friendly.", language="en", key=key(name), actor=acting(email), at=AT
    )
    return "written"


def watch(days: int) -> str:
    return f"{watch_orders(AT + timedelta(days=days))} by the clock"


def _done(deed: Callable[..., object], email: str, order: int, at: datetime = AT, **words: Any) -> str:
    found = Order.objects.get(pk=order)
    deed(order=found, actor=acting(email), at=at, **words)
    return found.state


DEEDS: dict[str, Callable[..., str]] = {
    "place": place, "set_stock": set_stock, "publish": publish, "choose": choose,
    "withdraw_response": withdraw_response, "accept": accept, "decline": decline, "cancel": cancel,
    "deliver": deliver, "confirm": confirm, "receive": receive, "dispute": dispute, "mediate": mediate,
    "resolve": resolve, "give_in": give_in, "refund": refund, "refer": refer, "watch": watch,
}  # fmt: skip


def tried(deed: str, **words: Any) -> str:
    """What became of it: a state, or the code of a refusal."""
    try:
        return DEEDS[deed](**words)
    except Refusal as refusal:
        return refusal.code


def check_books() -> None:
    """Whatever happened, orders and ledger say the same: what is reserved, what was paid, what was given back."""
    for order in Order.objects.select_related("reservation", "transfer").order_by("pk"):
        held = order.reservation
        is_open = order.state in {"PLACED", "ACCEPTED", "DELIVERED", "DISPUTED"}
        assert held.left == (order.amount if is_open else 0), order
        assert held.captured == order.paid == (order.transfer.amount if order.transfer else 0), order
        back = sum(order.transfer.chargebacks.values_list("amount", flat=True)) if order.transfer else 0
        assert back == order.refunded, order
    assert (
        Transfer.objects.filter(reservation__isnull=False).count() == Order.objects.filter(paid__gt=0).count()
    )


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
