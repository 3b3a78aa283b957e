"""Who pays whom in the measurements."""

from __future__ import annotations

import random

from core.actor import Actor
from ledger.models import Account
from people.models import Party
from tests.bench.world import HOLDER_KIND

known: list[Account] = []


def prepare() -> None:
    """Read all accounts, once, before there are clients: in a site a request has read its two."""
    known[:] = Account.objects.filter(holder_kind=HOLDER_KIND).order_by("pk")


def two_of(chance: random.Random, number: int, *, is_hot: bool) -> tuple[int, int]:
    """The places of a payer and a payee among so many. With one hot payee that is the first, and never the payer."""
    payer = chance.randrange(1, number)
    payee = 0 if is_hot else chance.randrange(number - 1)
    return payer, payee if payee < payer else payee + 1


class Payments:
    """Who pays whom and how much: at random, always the same for the same client."""

    def __init__(self, client: int, *, is_hot: bool) -> None:
        self.chance = random.Random(client)
        self.is_hot = is_hot
        self.person: Party = known[client].holder
        self.actor = Actor(user=None, person=self.person, principal=self.person)

    def next(self) -> tuple[Account, Account, int]:
        """Payer, payee and amount."""
        payer, payee = two_of(self.chance, len(known), is_hot=self.is_hot)
        return known[payer], known[payee], self.chance.randint(1, 100)
