"""A neighbourhood's coin with its accounts, for tests of the ledger.

`town()` gives the coin MOLEN with what belongs to it: `issue`, `reserve` and `bank`; the residents Ann and Ben; Cas,
who lives elsewhere (not in the area); a shop that may redeem; and a pot of the football club, with the municipality as
its funder. Nobody has anything yet: `fund(town, town.ann, 10_00)` brings money in, with the euros behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from core.actor import Actor
from core.clock import day_of
from ledger.kinds import AccountKind
from ledger.models import Account, Coin, Funding
from ledger.operations import (
    announce_funding,
    found_coin,
    open_account,
    open_system_accounts,
    receive_funding,
)
from people.models import Party, PartyKind
from tests.factories.people import child, organisation
from tests.plugins.replay import remembered

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)  # a Sunday, ten in the morning where the neighbourhoods are
SYSTEM = Actor.system()


@dataclass
class Town:
    """A coin, its national currency, and the accounts in it. `reserve` and `bank` are in the national currency."""

    coin: Coin
    euro: Coin
    issue: Account
    reserve: Account
    bank: Account
    ann: Account
    ben: Account
    cas: Account
    shop: Account
    pot: Account

    @property
    def accounts(self) -> list[Account]:
        """As they stand in the database now, in the order in which they are named above."""
        named = (
            self.issue, self.reserve, self.bank, self.ann, self.ben, self.cas, self.shop, self.pot,
        )  # fmt: skip
        found = Account.objects.in_bulk([one.pk for one in named])
        return [found[one.pk] for one in named]


def key(name: str) -> UUID:
    """The key of a name: the same name gives the same key."""
    return uuid5(NAMESPACE_URL, f"https://example.org/{name}")


@remembered
def town(code: str = "MOLEN", name: str = "Molenmunt", **coin: Any) -> Town:
    """A coin with its accounts. Further words go to the coin (`area_bound=True`); two towns share the euro."""
    words = {"name_plural": f"{name}en", "actor": SYSTEM, "at": AT, **coin}
    made = found_coin(code=code, name=name, **words)
    board = organisation(f"Neighbourhood {code}", kind=PartyKind.NEIGHBOURHOOD)
    issue, reserve, bank = _system_accounts(made, board)
    shop = organisation(f"Shop {code}")
    club = organisation(f"Football club {code}", kind=PartyKind.ASSOCIATION)
    municipality = organisation(f"Municipality {code}", kind=PartyKind.MUNICIPALITY)
    return Town(
        coin=made,
        euro=reserve.coin,
        issue=issue,
        reserve=reserve,
        bank=bank,
        ann=_open(made, "Ann"),
        ben=_open(made, "Ben"),
        cas=_open(made, "Cas", in_area=False),
        shop=_open(made, "Shop", holder=shop, holder_kind="COMPANY", may_redeem=True),
        pot=_open(
            made, "Pot", holder=club, kind=AccountKind.POT, holder_kind="ASSOCIATION", funder=municipality
        ),
    )


def account(town: Town, name: str, **kwargs: Any) -> Account:
    """One more account, of a new person of that name unless a `holder` is given. Once per name and town."""
    return _open(kwargs.pop("coin", town.coin), name, **kwargs)


def fund(town: Town, account: Account, amount: int, at: datetime = AT) -> Funding:
    """The municipality's euros come in and are coins on this account, which is read again."""
    assert town.pot.funder is not None
    name = f"{town.coin.code} funding {Funding.objects.count() + 1}"
    announced = announce_funding(
        coin=town.coin,
        funder=town.pot.funder,
        payee=account,
        amount=amount,
        expires_on=day_of(at + timedelta(days=30)),
        key=key(name),
        actor=SYSTEM,
        at=at,
    )
    funding = receive_funding(
        funding=announced,
        amount=amount,
        bank_reference=name,
        key=key(f"{name} received"),
        actor=SYSTEM,
        at=at,
    )
    account.refresh_from_db()
    return funding


def _open(coin: Coin, name: str, *, holder: Party | None = None, **kwargs: Any) -> Account:
    words: dict[str, Any] = {
        "kind": AccountKind.HOLDER,
        "holder_kind": "PERSON",
        "label": name,
        "key": key(f"{coin.code} account {name}"),
        "actor": SYSTEM,
        "at": AT,
        **kwargs,
    }
    return open_account(coin=coin, holder=holder or child(name), **words)


def _system_accounts(coin: Coin, board: Party) -> tuple[Account, Account, Account]:
    open_system_accounts(coin=coin, holder=board, actor=SYSTEM, at=AT)
    reserve = Account.objects.select_related("coin").get(backs=coin)
    issue = Account.objects.get(coin=coin, kind=AccountKind.ISSUE)
    bank = Account.objects.get(coin=reserve.coin, kind=AccountKind.BANK, holder=board)
    return issue, reserve, bank
