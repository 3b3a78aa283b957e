"""Steps taken in the plain ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from tests.ledger.model import Account, Funding, Ledger, Refused, Reservation, Transfer
from tests.ledger.steps import CAST, COINS, NOW, Outcome, Picture, coin_of

LIMIT_SHOWN = ("coin", "holder_kind", "from_on", "until_on", "per_payment", "per_day", "per_month")
FUNDING_SHOWN = ("state", "amount", "received", "payee", "funder", "issued", "returned")


class OnPaper:
    """The plain ledger as somebody who takes steps."""

    def __init__(self) -> None:
        self.ledger = Ledger()

    def prepare(self, names: Iterable[str]) -> None:
        """The coins with the system's accounts, and these accounts of people and organisations."""
        for coin, words in COINS.items():
            self.ledger.found_coin(name=coin, **words)
            self.ledger.open_system_accounts(coin=coin, holder=f"Neighbourhood {coin}")
        for name in names:
            self.ledger.open_account(name=name, key=name, at=NOW, **account_words(name))

    def take(self, operation: str, words: Mapping[str, Any]) -> Outcome:
        try:
            gave = getattr(self.ledger, operation)(**words)
        except Refused as refused:
            lines = [(place, one.code, one.room) for place, one in sorted(refused.lines.items())]
            return Outcome(code=refused.code, room=refused.room, lines=tuple(lines))
        return Outcome(gave=in_a_word(gave))

    def picture(self) -> Picture:
        ledger = self.ledger
        return {
            "accounts": {name: asdict(one) for name, one in ledger.accounts.items()},
            "transfers": {
                key: {"coin": ledger.accounts[one.payer].coin, **asdict(one)}
                for key, one in ledger.transfers.items()
            },
            "reservations": {key: asdict(one) for key, one in ledger.reservations.items()},
            "fundings": {
                key: {name: getattr(one, name) for name in FUNDING_SHOWN}
                for key, one in ledger.fundings.items()
            },
            "tallies": {place: {"amount": amount} for place, amount in ledger.tallies.items() if amount},
            "bank lines": {
                reference: {"coin": coin, "euro": euro}
                for reference, (coin, euro) in ledger.bank_lines.items()
            },
            "limits": {
                number: {name: getattr(one, name) for name in LIMIT_SHOWN}
                for number, one in enumerate(ledger.limits)
            },
        }


def account_words(name: str) -> dict[str, Any]:
    """What an account of the cast is opened with."""
    return {"coin": coin_of(name), "kind": "HOLDER", "holder": name, "holder_kind": "PERSON", **CAST[name]}


def in_a_word(gave: object) -> str:
    match gave:
        case Transfer() | Reservation() | Funding():
            return gave.key
        case Account():
            return gave.name
        case list():
            return ", ".join(in_a_word(one) for one in gave)
        case int() | str():
            return str(gave)
        case _:
            return ""
