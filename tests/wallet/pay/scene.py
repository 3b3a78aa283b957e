"""Paying in a browser without JavaScript, told once: what a form carries and where it is sent."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

from django.test import Client

from core.actor import Actor
from ledger.models import Transfer
from people.models import User
from tests.factories.ledger import AT
from tests.factories.wallet import Place

if TYPE_CHECKING:
    from ledger.models import Account

LATER = AT + timedelta(minutes=1)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def acting(login: User, account: Account | None = None) -> Actor:
    return Actor(user=login, person=login.person, principal=account.holder if account else login.person)


def signed_in(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client


def page_of(account: Account) -> str:
    return f"/en/pay/{account.address}/"


def words(response: Any) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return unescape(re.sub(r"\s+", " ", text))


def preview(
    client: Client, payer: Account, payee: Account, amount: str = "4.00", text: str = "Soup", **more: Any
) -> Any:
    data = {"step": "preview", "to": payee.address, "amount": amount, "text": text, **more}
    return client.post(page_of(payer), data)


def carried(response: Any) -> dict[str, str]:
    """What the form of a page carries along, unseen."""
    found = {name: unescape(value) for name, value in HIDDEN.findall(response.content.decode())}
    found.pop("csrfmiddlewaretoken", None)
    return found


def confirm(client: Client, payer: Account, form: dict[str, str], **changed: str) -> Any:
    return client.post(page_of(payer), {**form, "step": "pay", **changed})


def pay(client: Client, payer: Account, payee: Account, amount: str = "4.00", text: str = "Soup") -> Any:
    """The whole way: look once more, and pay."""
    return confirm(client, payer, carried(preview(client, payer, payee, amount, text)))


def payments(there: Place) -> list[tuple[int, int, int]]:
    """All that was paid between holders: who, whom, how much."""
    rows = Transfer.objects.filter(kind__in=["PAYMENT", "REWARD"], coin=there.coin).order_by("pk")
    return list(rows.values_list("payer", "payee", "amount"))
