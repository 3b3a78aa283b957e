"""The finance desk of Molenwijk with lines of its bank; Fenna and Vera sit there, Tom is treasurer on the board."""

from __future__ import annotations

from typing import Any

from core.actor import Actor
from people.models import User
from tests.factories.people import actor
from tests.wallet.fundings.scene import NOW, TODAY, Scene
from wallet.models import BankFormat, BankLine, BankStatement


def url(of: Scene, rest: str = "", language: str = "en") -> str:
    return f"/{language}/finance/{of.there.neighbourhood.slug}/{rest}"


def at_desk(of: Scene, login: User | None = None) -> Actor:
    return actor(login or of.there.fenna, principal=of.there.municipality)


def line(of: Scene, amount: int, **more: Any) -> BankLine:
    """A line of the bank that is to be worked off."""
    treasury, number = of.there.treasury, BankLine.objects.count() + 1
    statement, _new = BankStatement.objects.get_or_create(
        treasury=treasury, digest="d",
        defaults={
            "name": "week.xml", "format": BankFormat.CAMT053, "uploaded_by": of.there.fenna.person,
            "uploaded_at": NOW,
        },
    )  # fmt: skip
    words: dict[str, Any] = {
        "treasury": treasury, "statement": statement, "no": number, "bank_id": f"B{number}", "booked_on": TODAY,
        "amount": amount, "name": "Bakery", "text": "For the soup", **more,
    }  # fmt: skip
    return BankLine.objects.create(**words)
