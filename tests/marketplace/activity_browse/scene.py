"""What these tests say often: a list, its rows, what a page says, who is signed in."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from people.models import User

HERE, ALL = "/en/market/activities/in/molenwijk/", "/en/market/activities/"


def signed_in(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client


def rows(query: str = "", path: str = HERE) -> list[Any]:
    """The rows that somebody who is not signed in sees."""
    return list(Client().get(f"{path}?{query}").context["rows"])


def titles(query: str = "", path: str = HERE) -> list[str]:
    return [row.title for row in rows(query, path)]


def said(response: Any) -> str:
    """What a page says, without its tags."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))
