"""Reservations and chargebacks in the plain ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.ledger.model import judging
from tests.ledger.model.books import Books
from tests.ledger.model.judging import judge
from tests.ledger.model.things import Line, Refused, Reservation, Transfer

CHARGED_BACK = ("REWARD", "PAYMENT", "SERVICE", "DEBT", "LEVY")
NEVER_HELD = ("CHARGEBACK", "ISSUE", "OPENING")


class Reserving(Books):
    def reserve(
        self,
        *,
        expires_at: datetime,
        at: datetime,
        by: str = "",
        acted_by_day_limit: int | None = None,
        **line: Any,
    ) -> Reservation:
        wanted = Line(**line)
        judging.look_at(wanted)
        if wanted.kind in NEVER_HELD:
            raise Refused("unknown_account")
        known = self.reservations.get(wanted.key)
        if known is not None and known.content != wanted.content:
            raise Refused("key_reused")
        if known is not None:
            return known
        if expires_at <= at:
            raise Refused("reservation_over")
        asked = judge(self, wanted, at=at, by=by, acted_by_day_limit=acted_by_day_limit, is_reserved=True)
        self.count_as_spent(asked)
        asked.payer.reserved += wanted.amount
        held = Reservation(
            key=wanted.key,
            payer=wanted.payer,
            payee=wanted.payee,
            amount=wanted.amount,
            kind=wanted.kind,
            label=wanted.label,
            expires_at=expires_at,
            by=by,
            day=asked.day,
        )
        self.reservations[held.key] = held
        return held

    def capture(
        self, *, reservation: str, key: str, at: datetime, by: str = "", amount: int | None = None
    ) -> Transfer:
        held = self.reservations[reservation]
        if held.kind == "REDEEM":  # `redeem` captures it together with its euros
            raise Refused("unknown_account")
        if amount is None:
            amount = self._said_before(key, reservation=reservation) or held.left
            if not amount:
                raise Refused("reservation_over")
        line = Line(
            payer=held.payer,
            payee=held.payee,
            amount=amount,
            kind=held.kind,
            label=held.label,
            key=key,
            reservation=reservation,
        )
        judging.look_at(line)
        return self.book(line, at=at, by=by)

    def release(self, *, reservation: str, key: str, at: datetime, by: str = "") -> Reservation:
        held = self.reservations[reservation]
        if held.state == "RELEASED" and held.closing_key == key:
            return held
        if held.state != "OPEN":
            raise Refused("reservation_over")
        self.give_back(held)
        held.state, held.closing_key = "RELEASED", key
        return held

    def expire_reservations(self, *, at: datetime, limit: int = 1000) -> int:
        """The ones that have been over for longest first; how many they were."""
        over = [one for one in self.reservations.values() if one.state == "OPEN" and one.expires_at <= at]
        over.sort(key=lambda one: one.expires_at)
        for held in over[:limit]:
            self.give_back(held)
            held.state = "EXPIRED"
        return len(over[:limit])

    def charge_back(
        self, *, transfer: str, key: str, at: datetime, by: str = "", amount: int | None = None
    ) -> Transfer:
        """Issued coins go back by `return_funding` alone, with their euros."""
        first = self.transfers[transfer]
        if amount is not None:
            judging.look_at(self.paid_back(first, amount, key))
        if first.kind not in CHARGED_BACK:
            raise Refused("chargeback_exceeds", room=0)
        if amount is None:
            amount = self._said_before(key, reverses=transfer) or self.left_to_pay_back(transfer)
            if not amount:
                raise Refused("chargeback_exceeds", room=0)
        return self.book(self.paid_back(first, amount, key), at=at, by=by)

    def paid_back(self, first: Transfer, amount: int, key: str) -> Line:
        return Line(
            payer=first.payee,
            payee=first.payer,
            amount=amount,
            kind="CHARGEBACK",
            label=first.label,
            key=key,
            reverses=first.key,
        )

    def _said_before(self, key: str, **about: str) -> int:
        """Who says "all that is left" and repeats it means what was left the first time."""
        known = self.transfers.get(key)
        is_same = known is not None and all(getattr(known, name) == value for name, value in about.items())
        return known.amount if known is not None and is_same else 0
