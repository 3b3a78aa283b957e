"""Pots with money in them, for tests of cover and of what pots may pay for.

`pot(molenwijk, "Leespot", amount=50_00)` gives a pot that the football club spends from and the municipality fills,
with the euros behind its coins. `rule(that, category=…)` lets it pay for one thing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.clock import day_of
from ledger.kinds import AccountKind
from ledger.operations import announce_funding, open_account, open_system_accounts, receive_funding
from neighbourhoods.models import Neighbourhood, PotRule
from people.models import Party, PartyKind
from tests.factories.ledger import SYSTEM, key
from tests.factories.people import organisation
from tests.factories.residency import NOON

if TYPE_CHECKING:
    from ledger.models import Account


def pot(
    neighbourhood: Neighbourhood,
    name: str = "Leespot",
    *,
    amount: int = 0,
    holder: Party | None = None,
    funder: Party | None = None,
    ends_on: date | None = None,
    at: datetime = NOON,
) -> Account:
    """A pot in the coin of a neighbourhood, with an amount (minor units) of the funder's money in it."""
    open_system_accounts(coin=neighbourhood.coin, holder=neighbourhood.party, actor=SYSTEM, at=at)
    spends = holder or organisation(f"Voetbalclub {name}", kind=PartyKind.ASSOCIATION)
    made = open_account(
        coin=neighbourhood.coin,
        kind=AccountKind.POT,
        holder=spends,
        holder_kind=spends.kind,
        label=name,
        funder=funder or neighbourhood.municipality,
        ends_on=ends_on,
        key=key(f"{neighbourhood.slug} pot {name}"),
        actor=SYSTEM,
        at=at,
    )
    if amount:
        fill(made, amount, at=at)
    return made


def fill(pot: Account, amount: int, *, at: datetime = NOON) -> None:
    """Money of its funder comes in."""
    name = f"{pot.address} {pot.last_no}"
    assert pot.funder is not None
    announced = announce_funding(
        coin=pot.coin,
        funder=pot.funder,
        payee=pot,
        amount=amount,
        expires_on=day_of(at + timedelta(days=30)),
        key=key(name),
        actor=SYSTEM,
        at=at,
    )
    receive_funding(
        funding=announced, amount=amount, bank_reference=name, key=key(f"{name} in"), actor=SYSTEM, at=at
    )
    pot.refresh_from_db()


def rule(pot: Account, **allowed: Any) -> PotRule:
    """One thing that a pot may pay for: `organiser`, `category` or `item`."""
    return PotRule.objects.create(pot_id=pot.pk, made_at=NOON, **allowed)
