"""What tests of the boardroom's pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from people.models import User

SignIn = Callable[[User], Client]
KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0003"


def at(name: str, *args: object, slug: str = "molenwijk") -> str:
    return reverse(name, args=[slug, *args])


def html(client: Client, name: str, *args: object) -> str:
    page = client.get(at(name, *args))
    assert page.status_code == 200
    return page.content.decode()


def post(client: Client, name: str, *args: object, **data: Any) -> Any:
    return client.post(at(name, *args), data)
