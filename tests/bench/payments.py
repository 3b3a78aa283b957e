"""Who pays whom in the measurements."""

from __future__ import annotations

import random

from core.actor import Actor
from ledger.models import Account
from tests.bench.world import HOLDER_KIND


class Payments:
    """Who pays whom and how much: at random, always the same for the same client."""

    def __init__(self, client: int, *, is_hot: bool) -> None:
        self.chance = random.Random(client)
        self.accounts = list(Account.objects.filter(holder_kind=HOLDER_KIND).order_by("pk"))
        self.is_hot = is_hot
        person = self.accounts[client].holder
        self.actor = Actor(user=None, person=person, principal=person)

    def next(self) -> tuple[Account, Account, int]:
        """Payer, payee and amount. With one hot payee that is the first account, and never the payer."""
        if self.is_hot:
            payer, payee = self.chance.choice(self.accounts[1:]), self.accounts[0]
        else:
            payer, payee = self.chance.sample(self.accounts, 2)
        return payer, payee, self.chance.randint(1, 100)
