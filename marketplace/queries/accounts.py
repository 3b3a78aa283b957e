"""The account with which somebody takes part in a market."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.kinds import AccountKind, AccountState
from ledger.queries import accounts_of_all
from people.models import Party
from people.queries import numbers_of

if TYPE_CHECKING:
    from ledger.models import Account, Coin


def account_for(party: Party, coin: Coin) -> Account | None:
    """The open account of a party in a coin, of a person under whichever of their numbers. A pot is none: it is for
    what its funder gave it for."""
    holders = numbers_of(party) if party.is_person else [party]
    mine = accounts_of_all(holders).filter(coin=coin, kind=AccountKind.HOLDER, state=AccountState.OPEN)
    return mine.first()
