"""Steps taken with the operations of the ledger, on whichever database the tests run on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import models

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from ledger import operations
from ledger.address import new_address
from ledger.booking import Entry, Occasion, book
from ledger.kinds import TransferKind
from ledger.models import Account, BankEntry, Coin, Funding, LimitRule, Reservation, Transfer
from ledger.refusals import LinesRefused, WithRoom
from people.models import Party, PartyKind
from tests.factories.ledger import key as key_of
from tests.ledger.model import Line
from tests.ledger.on_paper import account_words
from tests.ledger.photograph import Photograph
from tests.ledger.steps import COINS, Outcome, Picture

LONG_AGO = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
NOBODYS = Account(pk=10**12)  # an account that there is not

LINE_WORDS = ("payer", "payee", "amount", "kind", "key", "label")


class InDatabase:
    """The real ledger as somebody who takes steps.

    Accounts, transfers and reservations are handed over as they were when they were first given: an operation may not
    rely on anything in them but their number.
    """

    def __init__(self) -> None:
        self.coins: dict[str, Coin] = {}
        self.parties: dict[str, Party] = {}
        self.accounts: dict[str, Account] = {}
        self.given: dict[tuple[type[models.Model], str], models.Model] = {}
        self.keys: dict[UUID, str] = {}

    def prepare(self, names: Iterable[str]) -> None:
        """The coins with the system's accounts, and these accounts of people and organisations.

        Written as rows, because this is done before each of hundreds of cases; opening accounts has its own tests.
        """
        euro = Coin.objects.create(code="EUR", name="euro", name_plural="euro")
        made = [Coin(code=code, name=code, name_plural=code, pegged_to=euro, **COINS[code]) for code in COINS]
        self.coins = {coin.code: coin for coin in [euro, *Coin.objects.bulk_create(made)]}
        opened = [one for coin in COINS for one in system_accounts(coin)]
        opened += [{"name": name, **account_words(name)} for name in names]
        self.introduce({who for words in opened for who in (words["holder"], words.get("funder")) if who})
        rows = Account.objects.bulk_create([self.row(words) for words in opened])
        self.accounts = {words["name"]: row for words, row in zip(opened, rows, strict=True)}

    def introduce(self, names: Iterable[str]) -> None:
        """Parties of these names. What kind of party they are the ledger does not ask."""
        new = sorted(set(names) - self.parties.keys())
        rows = [Party(kind=PartyKind.COMPANY, created_at=LONG_AGO) for _name in new]
        self.parties.update(zip(new, Party.objects.bulk_create(rows), strict=True))

    def row(self, words: Mapping[str, Any]) -> Account:
        told = {name: self.told(name, value) for name, value in words.items() if name != "name"}
        told["label"] = words["name"]
        return Account(key=self.key(words["name"]), address=new_address(), opened_at=LONG_AGO, **told)

    def party(self, name: str) -> Party:
        self.introduce([name])
        return self.parties[name]

    # --- Taking a step ---

    def take(self, operation: str, words: Mapping[str, Any]) -> Outcome:
        told = {name: self.told(name, value) for name, value in words.items() if name not in {"name", "by"}}
        if operation not in {"expire_reservations", "expire_fundings"}:
            told["actor"] = self.actor(words.get("by", ""))
        operate = {"spare_euros": self.spare_euros}.get(operation) or getattr(operations, operation)
        try:
            gave = operate(**told)
        except LinesRefused as refused:
            lines = [(place, one.code, room_of(one)) for place, one in sorted(refused.lines.items())]
            return Outcome(code=refused.code, lines=tuple(lines))
        except Refusal as refused:
            return Outcome(code=refused.code, room=room_of(refused))
        return Outcome(gave=self.in_a_word(gave, words))

    def spare_euros(self, coin: Coin, amount: int, key: UUID, actor: Actor, at: datetime) -> None:
        """No operation brings euros without coins. Only with some to spare can coins be opened."""
        bank, reserve = (self.accounts[f"{coin.code} {which}"].pk for which in ("bank", "reserve"))
        entry = Entry(payer_id=bank, payee_id=reserve, amount=amount, kind=TransferKind.ISSUE, key=key)
        (answer,) = book([entry], Occasion(acted_by_id=None, at=at, on=day_of(at)))
        assert answer.code is None
        self.given[Transfer, self.keys[key]] = Transfer.objects.get(key=key)

    def actor(self, name: str) -> Actor:
        if not name:
            return Actor.system()
        party = self.party(name)
        return Actor(user=None, person=party, principal=party)

    def told(self, name: str, value: Any) -> Any:
        """A word of a step as the operation wants it: a name becomes what it is the name of."""
        meant: dict[str, Callable[[Any], Any]] = {
            "payer": self.account, "payee": self.account, "account": self.account,
            "coin": self.coins.get, "backs": self.coins.get, "holder": self.party, "funder": self.party,
            "to": self.party, "transfer": partial(self.find, Transfer), "key": self.key,
            "reservation": partial(self.find, Reservation), "funding": partial(self.find, Funding),
            "lines": lambda lines: [self.line(line) for line in lines],
        }  # fmt: skip
        return meant[name](value) if name in meant else value

    def account(self, name: str) -> Account:
        return self.accounts.get(name, NOBODYS)

    def key(self, name: str) -> UUID:
        key = key_of(name)
        self.keys[key] = name
        return key

    def line(self, line: Line) -> operations.Line:
        words = {name: self.told(name, getattr(line, name)) for name in LINE_WORDS}
        return operations.Line(**words)

    def find(self, model: type[Transfer | Reservation | Funding], name: str) -> models.Model:
        """As it was first given. Of a bank line the operations give no transfers: those are read."""
        if (model, name) not in self.given:
            for entry in BankEntry.objects.select_related("euro_leg", "coin_leg"):
                coins = self.keys[entry.coin_leg.key]
                self.given[Transfer, coins], self.given[Transfer, f"{coins} euro"] = (
                    entry.coin_leg,
                    entry.euro_leg,
                )
        return self.given[model, name]

    def in_a_word(self, gave: object, words: Mapping[str, Any]) -> str:
        if isinstance(gave, list):
            return ", ".join(self.in_a_word(one, words) for one in gave)
        if isinstance(gave, models.Model) and not isinstance(gave, LimitRule):
            assert shown(gave) == shown(type(gave)._default_manager.get(pk=gave.pk))
            return self.remembered(gave, words)
        return str(gave) if isinstance(gave, int) else ""

    def remembered(self, gave: models.Model, words: Mapping[str, Any]) -> str:
        """The name of what an operation gave; a new thing gets its name now."""
        if isinstance(gave, BankEntry):
            return gave.reference
        if isinstance(gave, Account):
            known = {account.pk: name for name, account in self.accounts.items()}
            name = known.get(gave.pk) or words["name"]
            self.accounts.setdefault(name, gave)
            return str(name)
        assert isinstance(gave, Transfer | Reservation | Funding)
        name = self.keys[gave.key]
        self.given.setdefault((type(gave), name), gave)
        return name

    # --- What is there afterwards ---

    def picture(self) -> Picture:
        return Photograph(self).picture()


def system_accounts(coin: str) -> list[dict[str, Any]]:
    """What `open_system_accounts` opens."""
    words = {"holder": f"Neighbourhood {coin}", "holder_kind": "NEIGHBOURHOOD"}
    return [
        {"name": f"{coin} issue", "coin": coin, "kind": "ISSUE", "floor": None, **words},
        {"name": f"{coin} reserve", "coin": "EUR", "kind": "RESERVE", "backs": coin, **words},
        {"name": f"{coin} bank", "coin": "EUR", "kind": "BANK", "floor": None, **words},
    ]


def room_of(refused: Refusal) -> int | None:
    return refused.room if isinstance(refused, WithRoom) else None


def shown(row: models.Model) -> dict[str, Any]:
    """All that stands in a row, so that what an operation gives can be held against what was written."""
    return {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
