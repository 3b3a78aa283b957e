"""The plain ledger: its accounts, and money that comes in and goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tests.ledger.model import judging
from tests.ledger.model.reserving import Reserving
from tests.ledger.model.things import HOLDERS, LARGEST, Account, Coin, Funding, Limit, Line, Refused, day_of

MOVES = {
    ("OPEN", "block"): "BLOCKED",
    ("BLOCKED", "unblock"): "OPEN",
    ("OPEN", "close"): "CLOSED",
}


class Ledger(Reserving):
    # --- Coins, accounts, limits ---

    def found_coin(self, *, name: str, area_bound: bool = False, national: str = "EUR") -> None:
        self.coins.setdefault(national, Coin(name=national, national=national))
        self.coins[name] = Coin(name=name, national=national, area_bound=area_bound)

    def open_system_accounts(self, *, coin: str, holder: str) -> None:
        national = self.coins[coin].national
        self._add(f"{coin} issue", coin, "ISSUE", holder, floor=None)
        self._add(f"{coin} reserve", national, "RESERVE", holder, backs=coin)
        self._add(f"{coin} bank", national, "BANK", holder, floor=None)

    def _add(self, name: str, coin: str, kind: str, holder: str, **words: Any) -> None:
        self.accounts[name] = Account(
            name=name,
            coin=coin,
            kind=kind,
            holder=holder,
            holder_kind="NEIGHBOURHOOD",
            **words,
        )

    def open_account(self, *, key: str, at: datetime, by: str = "", **words: Any) -> Account:
        account = Account(**words)
        known = self.account_keys.get(key)
        if known is None:
            self.account_keys[key] = account.name
            self.accounts[account.name] = account
            return account
        first = self.accounts[known]
        for name in ("coin", "kind", "holder", "backs", "funder"):
            if getattr(first, name) != getattr(account, name):
                raise Refused("key_reused")
        return first

    def block_account(self, *, account: str, at: datetime, by: str = "") -> Account:
        return self._move(account, "block")

    def unblock_account(self, *, account: str, at: datetime, by: str = "") -> Account:
        return self._move(account, "unblock")

    def close_account(self, *, account: str, at: datetime, by: str = "") -> Account:
        """Closed stays closed; a blocked account is first looked at; without those of the system there is no coin."""
        one = self.accounts[account]
        if one.state == "CLOSED":
            return one
        if one.kind not in (*HOLDERS, "CLEARING"):
            raise Refused("unknown_account")
        if one.state != "OPEN":
            raise Refused("account_not_open")
        promised = any(held.payee == account and held.state == "OPEN" for held in self.reservations.values())
        if one.balance or one.reserved or promised:
            raise Refused("account_not_empty")
        return self._move(account, "close")

    def _move(self, account: str, event: str) -> Account:
        one = self.accounts[account]
        if (one.state, event) not in MOVES:
            raise Refused("move_refused")
        one.state = MOVES[one.state, event]
        return one

    def reclassify_account(self, *, account: str, at: datetime, by: str = "", **changes: Any) -> Account:
        one = self.accounts[account]
        if one.state == "CLOSED":
            raise Refused("account_not_open")
        wanted = replace(one, **changes)
        if (wanted.may_redeem and one.kind != "HOLDER") or (wanted.ends_on and one.kind != "POT"):
            raise Refused("invalid_account")
        self.accounts[account] = wanted
        return wanted

    def set_limit(
        self, *, coin: str, holder_kind: str, from_on: date, at: datetime, by: str = "", **words: Any
    ) -> Limit:
        """Of two limits for one day the one that was said last holds."""
        rule = Limit(coin=coin, holder_kind=holder_kind, from_on=from_on, **words)
        is_below_nought = any(
            amount is not None and amount < 0 for amount in (rule.per_payment, rule.per_day, rule.per_month)
        )
        ends_before = rule.until_on is not None and rule.until_on < from_on
        if is_below_nought or ends_before or from_on < day_of(at):
            raise Refused("invalid_limit")
        self.limits.append(rule)
        return rule

    # --- Money in ---

    def announce_funding(
        self,
        *,
        coin: str,
        funder: str,
        payee: str,
        amount: int,
        expires_on: date,
        key: str,
        at: datetime,
        by: str = "",
    ) -> Funding:
        if not 1 <= amount <= LARGEST:
            raise Refused("invalid_amount")
        known = self.fundings.get(key)
        if known is not None:
            content = known.coin, known.funder, known.payee, known.amount
            if content != (coin, funder, payee, amount):
                raise Refused("key_reused")
            return known
        one = self.accounts.get(payee)
        if one is None or one.kind not in HOLDERS:
            raise Refused("unknown_account")
        if one.coin != coin:
            raise Refused("coin_mismatch")
        if one.state != "OPEN" or one.has_ended(day_of(at)):
            raise Refused("account_not_open")
        self.fundings[key] = Funding(
            key=key, coin=coin, funder=funder, payee=payee, amount=amount, expires_on=expires_on
        )
        return self.fundings[key]

    def cancel_funding(self, *, funding: str, at: datetime, by: str = "") -> Funding:
        one = self.fundings[funding]
        if one.state != "ANNOUNCED":
            raise Refused("funding_over")
        one.state = "CANCELLED"
        return one

    def expire_fundings(self, *, at: datetime) -> int:
        over = [
            one for one in self.fundings.values() if one.state == "ANNOUNCED" and one.expires_on < day_of(at)
        ]
        for one in over:
            one.state = "EXPIRED"
        return len(over)

    def receive_funding(
        self, *, funding: str, amount: int, bank_reference: str, key: str, at: datetime, by: str = ""
    ) -> Funding:
        """The euros come in and the coins come about, both or neither."""
        bank_reference = bank_reference.strip()
        one = self.fundings[funding]
        euros = Line(
            payer=f"{one.coin} bank",
            payee=f"{one.coin} reserve",
            amount=amount,
            kind="ISSUE",
            key=f"{key} euro",
        )
        coins = Line(payer=f"{one.coin} issue", payee=one.payee, amount=amount, kind="ISSUE", key=key)
        judging.look_at(coins)
        if self._is_again(one.issued, key, bank_reference):
            if one.received != amount:
                raise Refused("key_reused")
            return one
        if one.state != "ANNOUNCED":
            raise Refused("funding_over")
        self._book_bank_line(bank_reference, [euros, coins], at, by)
        one.state, one.received, one.issued = "ISSUED", amount, bank_reference
        return one

    def spare_euros(self, *, coin: str, amount: int, key: str, at: datetime, by: str = "") -> None:
        """Euros without coins. No operation brings them; only with some to spare can coins be opened."""
        euros = Line(payer=f"{coin} bank", payee=f"{coin} reserve", amount=amount, kind="ISSUE", key=key)
        self.book(euros, at=at, by=by)

    # --- Money out ---

    def return_funding(
        self, *, funding: str, bank_reference: str, key: str, at: datetime, by: str = ""
    ) -> Funding:
        """All of it, or nothing: part of the coins may be spent."""
        bank_reference = bank_reference.strip()
        one = self.fundings[funding]
        if self._is_again(one.returned, key, bank_reference):
            return one
        if one.state != "ISSUED" or one.issued is None:
            raise Refused("funding_over")
        coins, euros = (self.transfers[leg] for leg in self.bank_lines[one.issued])
        lines = [
            self.paid_back(coins, coins.amount, key),
            self.paid_back(euros, euros.amount, f"{key} euro"),
        ]
        self._book_bank_line(bank_reference, lines, at, by)
        one.state, one.returned = "RETURNED", bank_reference
        return one

    def redeem(
        self, *, reservation: str, to: str, bank_reference: str, key: str, at: datetime, by: str = ""
    ) -> str:
        """The reserved coins are gone and their euros are paid out. Gives the number at the bank."""
        bank_reference = bank_reference.strip()
        held = self.reservations[reservation]
        payer = self.accounts[held.payer]
        if held.kind != "REDEEM" or to != (payer.funder or payer.holder):
            raise Refused("not_redeemable")
        known = self.transfers.get(key)
        if known is not None and known.reservation == reservation:
            reference = next(number for number, legs in self.bank_lines.items() if key in legs)
            self._is_again(reference, key, bank_reference)
            return reference
        if not held.left:
            raise Refused("reservation_over")
        coins = Line(
            payer=held.payer,
            payee=held.payee,
            amount=held.left,
            kind="REDEEM",
            label=held.label,
            key=key,
            reservation=reservation,
        )
        euros = Line(
            payer=f"{payer.coin} reserve",
            payee=f"{payer.coin} bank",
            amount=held.left,
            kind="REDEEM",
            key=f"{key} euro",
        )
        self._book_bank_line(bank_reference, [coins, euros], at, by)
        return bank_reference

    def _is_again(self, reference: str | None, key: str, said: str) -> bool:
        """Whether this key booked this bank line before. With another number of the bank it is refused."""
        if reference is None or key not in self.bank_lines[reference]:
            return False
        if reference != said:
            raise Refused("key_reused")
        return True

    def _book_bank_line(self, reference: str, lines: list[Line], at: datetime, by: str) -> None:
        """Both legs or neither; what one key booked is not booked again for another line."""
        if reference in self.bank_lines:
            raise Refused("bank_line_used")
        with self.all_or_nothing():
            for line in lines:
                if line.key in self.transfers:
                    raise Refused("key_reused")
                self.book(line, at=at, by=by)
        coins, euros = sorted((line.key for line in lines), key=lambda key: key.endswith(" euro"))
        self.bank_lines[reference] = coins, euros
