"""Steps taken at random in both ledgers at once: after each of them they are the same, and all is as it must be."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.ledger.drawing import DAY, NAMES, SLUIS, STARTS, amounts, steps
from tests.ledger.in_database import InDatabase
from tests.ledger.invariants import broken
from tests.ledger.model import Line
from tests.ledger.model.things import day_of
from tests.ledger.on_paper import OnPaper
from tests.ledger.steps import differences

Thing = TypeVar("Thing")
Deal = tuple[str, str, str]  # payer, payee, kind
Acting = tuple[str, int | None]  # who, and how much that person may pay in a day


class RandomSteps(RuleBasedStateMachine):
    """Each example starts with the same accounts, in a transaction that is undone at its end."""

    outcomes: Counter[str] = Counter()  # how often each came about, over all examples

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.database, self.paper = InDatabase(), OnPaper()
        for player in (self.database, self.paper):
            player.prepare(NAMES)
        self.at = STARTS[0]
        self.count = 0
        self.said: list[tuple[str, dict[str, Any]]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(start=st.sampled_from(STARTS), first=amounts, second=amounts)
    def begin(self, start: datetime, first: int, second: int) -> None:
        """With euros, so that something can happen."""
        self.at = start
        self.end_pot(2)
        for payee, amount in (
            ("Ann", 100 + first % 200),
            ("Year pot", 60 + second % 100),
            ("Shop", 60),
        ):
            self.announce(payee, amount, 3)
            self.receive(0, amount)

    @rule(step=steps)
    def step(self, step: tuple[str, dict[str, Any]]) -> None:
        """One rule for all steps: Hypothesis leaves some of several rules out, and most steps need the others."""
        name, drawn = step
        getattr(self, name)(**drawn)

    def take(self, operation: str, **words: Any) -> None:
        """The step itself, in both."""
        note(f"{operation} {words}")
        done, told = (player.take(operation, words) for player in (self.database, self.paper))
        self.outcomes[f"{operation}: {told.code or 'done'}"] += 1
        if "key" in words:
            self.said.append((operation, words))

        assert done == told
        picture = self.database.picture()
        assert differences(picture, self.paper.picture()) == []
        assert broken(picture) == []

    # --- Names of things ---

    def fresh(self, what: str) -> str:
        self.count += 1
        return f"{what} {self.count}"

    def key(self, number: int, is_used: bool) -> str:
        """Mostly a new one; sometimes that of a transfer, whatever that was."""
        used = [key for key in self.paper.ledger.transfers if not key.endswith(" euro")]
        return picked(used, number) if is_used else self.fresh("key")

    def reference(self, number: int, is_booked: bool) -> str:
        """What the bank calls a line: mostly a new one."""
        return f"{picked(list(self.paper.ledger.bank_lines), number)} " if is_booked else self.fresh("line")

    # --- Steps ---

    def time_passes(self, passed: timedelta, is_looked_at: bool) -> None:
        self.at += passed
        if is_looked_at:
            self.take("expire_reservations", at=self.at)
            self.take("expire_fundings", at=self.at)

    def pay(
        self, deal: Deal, amount: int, label: str, actor: Acting, back: timedelta, number: int, is_used: bool
    ) -> None:
        self.take(
            "transfer", payer=deal[0], payee=deal[1], amount=amount, kind=deal[2], label=label, by=actor[0],
            acted_by_day_limit=actor[1], at=self.at - back, key=self.key(number, is_used),
        )  # fmt: skip

    def pay_all(
        self, drawn: list[tuple[Deal, int, int, bool]], is_double: bool, actor: Acting, back: timedelta
    ) -> None:
        lines = [
            Line(
                payer=deal[0], payee=deal[1], amount=amount, kind=deal[2], label="GIFT",
                key=self.key(number, is_used),
            )
            for deal, amount, number, is_used in drawn
        ]  # fmt: skip
        lines += lines[:1] if is_double else []
        self.take("transfer_many", lines=lines, by=actor[0], acted_by_day_limit=actor[1], at=self.at - back)

    def charge_back(
        self, number: int, amount: int | None, by: str, back: timedelta, other: int, is_used: bool
    ) -> None:
        every = self.paper.ledger.transfers
        paid = [key for key, one in every.items() if one.kind not in {"ISSUE", "CHARGEBACK"}]
        transfer = picked(list(every) if is_used or not paid else paid, number)
        key = self.key(other, is_used)
        self.take("charge_back", transfer=transfer, amount=amount, by=by, at=self.at - back, key=key)

    def reserve(
        self, deal: Deal, amount: int, label: str, actor: Acting, back: timedelta, lasts: timedelta
    ) -> None:
        self.take(
            "reserve", payer=deal[0], payee=deal[1], amount=amount, kind=deal[2], label=label, by=actor[0],
            acted_by_day_limit=actor[1], at=self.at - back, expires_at=self.at + lasts, key=self.fresh("reservation"),
        )  # fmt: skip

    def capture(
        self, number: int, amount: int | None, by: str, back: timedelta, other: int, is_used: bool
    ) -> None:
        if every := list(self.paper.ledger.reservations):
            key = self.key(other, is_used)
            held = picked(every, number)
            self.take("capture", reservation=held, amount=amount, by=by, at=self.at - back, key=key)

    def release(self, number: int, back: timedelta) -> None:
        if every := list(self.paper.ledger.reservations):
            key = self.fresh("release")
            self.take("release", reservation=picked(every, number), key=key, at=self.at - back)

    def say_again(self, number: int, more: int) -> None:
        """The same key, mostly with the same content, sometimes with another amount."""
        operation, words = picked(self.said, number)
        again = {**words, "at": self.at}
        if again.get("amount"):
            again["amount"] += more
        self.take(operation, **again)

    def announce(self, payee: str, amount: int, days: int) -> None:
        coin = "SLUIS" if payee in SLUIS else "MOLEN"
        self.take(
            "announce_funding", key=self.fresh("funding"), coin=coin, funder="Municipality", payee=payee,
            amount=amount, at=self.at, expires_on=day_of(self.at + days * DAY),
        )  # fmt: skip

    def receive(self, number: int, amount: int, is_booked: bool = False) -> None:
        self.take(
            "receive_funding", funding=picked(list(self.paper.ledger.fundings), number), amount=amount, at=self.at,
            bank_reference=self.reference(number, is_booked), key=self.fresh("receipt"),
        )  # fmt: skip

    def spare(self, amount: int) -> None:
        self.take("spare_euros", coin="MOLEN", amount=amount, key=self.fresh("euros"), at=self.at)

    def undo_funding(self, number: int, is_booked: bool, is_cancelled: bool) -> None:
        funding = picked(list(self.paper.ledger.fundings), number)
        if is_cancelled:
            self.take("cancel_funding", funding=funding, at=self.at)
            return
        reference, key = self.reference(number, is_booked), self.fresh("return")
        self.take("return_funding", funding=funding, bank_reference=reference, key=key, at=self.at)

    def ask_payout(self, payer: str, amount: int) -> None:
        self.take(
            "reserve", payer=payer, payee="MOLEN issue", amount=amount, kind="REDEEM", at=self.at,
            expires_at=self.at + 3 * DAY, key=self.fresh("payout"),
        )  # fmt: skip

    def redeem(self, number: int, is_anybodys: bool, is_booked: bool, to: str) -> None:
        every = self.paper.ledger.reservations
        asked = [key for key, one in every.items() if one.kind == "REDEEM" or is_anybodys]
        if asked:
            reference, key = self.reference(number, is_booked), self.fresh("redeeming")
            held = picked(asked, number)
            self.take("redeem", reservation=held, to=to, bank_reference=reference, key=key, at=self.at)

    def limit(
        self, coin: str, holder_kind: str, amounts: tuple[int | None, ...], begins: int, lasts: int | None
    ) -> None:
        first = day_of(self.at) + begins * DAY
        last = None if lasts is None else first + lasts * DAY
        words = dict(zip(("per_payment", "per_day", "per_month"), amounts, strict=True))
        self.take(
            "set_limit", coin=coin, holder_kind=holder_kind, from_on=first, until_on=last, at=self.at, **words
        )

    def move(self, name: str, event: str) -> None:
        """Block what is open and open what is blocked, for the most part."""
        turned = "block" if self.paper.ledger.accounts[name].state == "OPEN" else "unblock"
        self.take(f"{turned if event == 'turn' else event}_account", account=name, at=self.at)

    def reclassify(self, name: str, change: dict[str, Any]) -> None:
        self.take("reclassify_account", account=name, at=self.at, **change)

    def end_pot(self, days: int) -> None:
        last = day_of(self.at) + days * DAY
        self.take("reclassify_account", account="Year pot", at=self.at, ends_on=last)


def picked(things: list[Thing], number: int) -> Thing:
    """The last but so many: what was done lately is met more often than what was done long ago."""
    return things[-1 - number % len(things)]
