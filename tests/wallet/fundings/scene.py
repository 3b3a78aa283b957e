"""A bakery that gives money for a pot, the soup of the football club; Olga owns it, Pat only stands at its till."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.test import Client

from core.actor import Actor
from core.clock import day_of
from people.models import Party, Role, User
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.wallet import AT, Place, key, place
from wallet.operations.fundings import announce

if TYPE_CHECKING:
    from ledger.models import Account, Funding

NOW = AT + timedelta(minutes=1)
TODAY = day_of(AT)
LAST_DAY = TODAY + timedelta(days=30)


@dataclass
class Scene:
    there: Place
    bakery: Party
    olga: User
    pat: User

    @property
    def actor(self) -> Actor:
        return actor(self.olga, principal=self.bakery)


def scene() -> Scene:
    olga, pat = person("Olga"), person("Pat")
    bakery = organisation("Bakery", owner=olga, kvk_number="12345678")
    there = place(funder=bakery)
    mandate(person=pat, principal=bakery, role=Role.OPERATOR)
    return Scene(there, bakery, olga, pat)


def announced(of: Scene, amount: int = 50_00, *, name: str = "soup", **more: Any) -> Funding:
    """The bakery's money for the pot of the club."""
    words: dict[str, Any] = {
        "funder": of.bakery, "coin": of.there.coin, "payee": of.there.pot, "amount": amount, "purpose": "Soup",
        "expires_on": LAST_DAY, "key": key(name), "actor": of.actor, "at": NOW, **more,
    }  # fmt: skip
    return announce(**words)


def signed_in(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client


def words(response: Any) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return unescape(re.sub(r"\s+", " ", text))


def form(
    pot: Account | None, *, amount: str = "50.00", form_id: UUID | None = None, **more: str
) -> dict[str, str]:
    """What the form of an announcement sends; confirmed at once."""
    return {
        "key": str(form_id or uuid4()),
        "payee": pot.address if pot else "own",
        "amount": amount,
        "purpose": "Soup",
        "expires_on": LAST_DAY.isoformat(),
        "step": "confirm",
        **more,
    }


def day(days: int) -> date:
    return TODAY + timedelta(days=days)
