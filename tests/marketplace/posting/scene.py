"""What these tests share: somebody signed in, what a page says, and the forms as a browser sends them."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from marketplace.models import Activity
from people.models import User
from tests.factories.activities import AT, Season

LATER = AT + timedelta(minutes=1)


def signed_in(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client


def words(response: Any) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def new_page(there: Season) -> str:
    return reverse("activity_new", args=[there.neighbourhood.slug])


def page(name: str, of: Activity, query: str = "") -> str:
    return reverse(name, args=[of.ref]) + query


def board_page(there: Season, name: str, of: Activity) -> str:
    return reverse(name, args=[there.neighbourhood.slug, of.ref])


def filled_in(there: Season, **changed: Any) -> dict[str, Any]:
    """The form, as it is sent when nothing but the first questions was answered."""
    return {
        "key": str(uuid4()), "organiser": str(there.club.uuid), "title": "Pouring coffee",
        "summary": "For the neighbourhood.", "item": str(there.item.ref), "day": "2026-11-24", "starts": "10:00",
        "ends": "12:00", "places": "3", "place": "Wiekplein 1", "lowest_age": "16", "label": "VOLUNTEER_ALLOWANCE",
        "pot": "", "language": "en", **changed,
    }  # fmt: skip
