"""What the processes of races do with offers: plain values in, what became of it out."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from uuid import UUID

import config.urls  # noqa: F401 - once before the start, and not in each process
from marketplace.models import Offer
from marketplace.operations import offers
from marketplace.operations.offer_clock import watch_offers
from marketplace.operations.orders.placing import place
from marketplace.operations.terms import Terms, renew
from neighbourhoods.models import Category, Neighbourhood
from people.models import User
from tests.factories.market import AT, UNTIL
from tests.factories.people import actor


def publish(login: int, offer: int) -> str:
    return offers.publish(offer=_offer(offer), actor=actor(_login(login)), at=AT).state


def give_back(login: int, offer: int) -> str:
    made = offers.return_offer(offer=_offer(offer), reason="Zeg waar.", actor=actor(_login(login)), at=AT)
    return made.state


def longer(login: int, offer: int, until_on: str, days: int) -> str:
    """Renewed so many days after the tests begin."""
    day, at = date.fromisoformat(until_on), AT + timedelta(days=days)
    renew(offer=_offer(offer), until_on=day, actor=actor(_login(login)), at=at)
    return "renewed"


def clock(days: int) -> int:
    return watch_offers(AT + timedelta(days=days))


def say_stock(login: int, offer: int, stock: int, was: int) -> int | None:
    by = actor(_login(login))
    return offers.set_stock(offer=_offer(offer), stock=stock, was=was, actor=by, at=AT).stock


def order(login: int, offer: int) -> str:
    user = _login(login)
    place(
        offer=_offer(offer), quantity=1, buyer=user.person, key=uuid.uuid4(), actor=actor(user), at=AT
    )  # fmt: skip
    return "ordered"


def draft(login: int, neighbourhood: int, category: int, key: str) -> int:
    user = _login(login)
    made = offers.draft_offer(
        neighbourhood=Neighbourhood.objects.get(pk=neighbourhood), direction="SUPPLY", kind="SERVICE",
        category=Category.objects.get(pk=category), provider=user.person, language="nl", title="Band plakken",
        terms=Terms(amount=5_00, until_on=UNTIL), key=UUID(key), actor=actor(user), at=AT,
    )  # fmt: skip
    return made.pk


def _offer(pk: int) -> Offer:
    return Offer.objects.get(pk=pk)


def _login(pk: int) -> User:
    return User.objects.select_related("person").get(pk=pk)
