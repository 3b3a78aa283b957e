"""Pages of orders in a browser without JavaScript, told once: who looks, what a form carries, what a page says."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

from django.test import Client

from marketplace.models import Offer, Order
from people.models import User
from tests.factories.market import AT

LATER = AT + timedelta(minutes=1)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def signed_in(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client


def words(response: Any) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<(script|style|head)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def carried(response: Any) -> dict[str, str]:
    """What the forms of a page carry along, unseen."""
    found = {name: unescape(value) for name, value in HIDDEN.findall(response.content.decode())}
    found.pop("csrfmiddlewaretoken", None)
    return found


def counter(offer: Offer) -> str:
    """The page on which it is ordered."""
    return f"/en/market/orders/new/{offer.ref}/"


def page_of(order: Order, deed: str = "") -> str:
    return f"/en/market/orders/{order.ref}/{deed}{'/' if deed else ''}"


def order_of(client: Client, offer: Offer, **asked: Any) -> Any:
    """The whole way: look whether it is right, and order."""
    looked = client.get(counter(offer), asked)
    return client.post(counter(offer), carried(looked))
