"""Why a line is not booked: the checks in their order, the first that applies is what is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from tests.ledger.model.things import (
    HOLDERS,
    LABELS,
    LARGEST,
    LIMITED,
    Account,
    Limit,
    Line,
    Refused,
    day_of,
    month_of,
)

if TYPE_CHECKING:
    from tests.ledger.model.books import Books

IN_AREA = ("PAYMENT", "SERVICE", "DEBT")
ISSUED_TO = ("HOLDER", "POT", "CLEARING")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A line with all that matters to whether it is booked."""

    ledger: Books
    line: Line
    payer: Account
    payee: Account
    at: datetime
    by: str
    acted_by_day_limit: int | None

    @property
    def day(self) -> date:
        return day_of(self.at)

    @property
    def is_limited(self) -> bool:
        """Whether it counts for the limits of the payer's kind of holder."""
        is_first = self.line.reverses is None and self.line.reservation is None
        return is_first and self.payer.kind == "HOLDER" and self.line.kind in LIMITED


def look_at(line: Line) -> None:
    """What is wrong with the line itself, whatever the ledger holds."""
    if not 1 <= line.amount <= LARGEST:
        raise Refused("invalid_amount")
    if line.payer == line.payee:
        raise Refused("same_account")
    if line.label not in LABELS or (line.kind == "REWARD" and not line.label):
        raise Refused("label_missing")


def judge(
    ledger: Books,
    line: Line,
    *,
    at: datetime,
    by: str,
    acted_by_day_limit: int | None = None,
    is_reserved: bool = False,
) -> Asked:
    """The line with its two accounts, when it may be booked; or reserved, for which no euros have to be there yet.

    :raises Refused: with the first reason why not.
    """
    if line.payer not in ledger.accounts or line.payee not in ledger.accounts:
        raise Refused("unknown_account")
    asked = Asked(
        ledger=ledger,
        line=line,
        payer=ledger.accounts[line.payer],
        payee=ledger.accounts[line.payee],
        at=at,
        by=by,
        acted_by_day_limit=acted_by_day_limit,
    )
    one_coin(asked)
    if line.reverses is not None:
        paying_back(asked)
    elif line.reservation is not None:
        capturing(asked)
    elif is_reserved and asked.payer.kind not in ISSUED_TO:
        raise Refused("unknown_account")  # the system's own accounts promise nothing
    else:
        for check in IN_ORDER:
            check(asked)
        if not is_reserved:
            backed(asked)
    return asked


def one_coin(asked: Asked) -> None:
    if asked.payer.coin != asked.payee.coin:
        raise Refused("coin_mismatch")


def paying_back(asked: Asked) -> None:
    """Only whether the coins are there: who was paid wrongly can be paid back whatever else is the matter."""
    if "CLOSED" in (asked.payer.state, asked.payee.state):
        raise Refused("account_not_open")
    assert asked.line.reverses is not None
    left = asked.ledger.left_to_pay_back(asked.line.reverses)
    if asked.line.amount > left:
        raise Refused("chargeback_exceeds", room=left)
    enough(asked)


def capturing(asked: Asked) -> None:
    """What was reserved was judged when it was reserved."""
    assert asked.line.reservation is not None
    held = asked.ledger.reservations[asked.line.reservation]
    if held.state != "OPEN" or held.expires_at <= asked.at:
        raise Refused("reservation_over")
    if asked.line.amount > held.left:
        raise Refused("invalid_amount")


def both_open(asked: Asked) -> None:
    if asked.payer.state != "OPEN" or asked.payee.state != "OPEN":
        raise Refused("account_not_open")


def kinds_fit(asked: Asked) -> None:
    payer, payee = asked.payer.kind, asked.payee.kind
    between_holders = payer in HOLDERS and payee in HOLDERS
    fits = {
        "ISSUE": (payer, payee) == ("BANK", "RESERVE") or (payer == "ISSUE" and payee in ISSUED_TO),
        "REDEEM": (payer, payee) == ("RESERVE", "BANK") or (payer in HOLDERS and payee == "ISSUE"),
        "OPENING": payer == "ISSUE" and payee in ISSUED_TO,
        "CLEARING": payer in ISSUED_TO and payee in ISSUED_TO and "CLEARING" in (payer, payee),
        "REWARD": between_holders,
        "PAYMENT": between_holders,
        "SERVICE": between_holders,
        "DEBT": between_holders,
        "LEVY": between_holders,
    }
    if not fits.get(asked.line.kind, False):
        raise Refused("unknown_account")


def pot_not_ended(asked: Asked) -> None:
    if asked.payee.has_ended(asked.day):
        raise Refused("account_not_open")
    if asked.payer.has_ended(asked.day) and asked.line.kind != "REDEEM":
        raise Refused("account_not_open")


def may_be_redeemed(asked: Asked) -> None:
    if asked.line.kind != "REDEEM":
        return
    if asked.payer.kind == "HOLDER" and not asked.payer.may_redeem:
        raise Refused("not_redeemable")
    if asked.payer.kind == "POT" and not asked.payer.has_ended(asked.day):
        raise Refused("not_redeemable")


def within_area(asked: Asked) -> None:
    is_bound = asked.ledger.coins[asked.payer.coin].area_bound
    if is_bound and asked.line.kind in IN_AREA and not asked.payee.in_area:
        raise Refused("outside_area")


def enough(asked: Asked) -> None:
    if asked.payer.floor is not None and asked.payer.available - asked.line.amount < asked.payer.floor:
        raise Refused("insufficient_funds", room=asked.payer.available - asked.payer.floor)


def below_ceiling(asked: Asked) -> None:
    if asked.payee.ceiling is not None and asked.payee.balance + asked.line.amount > asked.payee.ceiling:
        raise Refused("ceiling_reached")


def within_limits(asked: Asked) -> None:
    rule = rule_for(asked)
    if not asked.is_limited or rule is None:
        return
    day, month = spent(asked.payer, asked.day)
    rooms = [
        most - already
        for most, already in ((rule.per_payment, 0), (rule.per_day, day), (rule.per_month, month))
        if most is not None
    ]
    if any(asked.line.amount > room for room in rooms):
        raise Refused("limit_exceeded", room=min(rooms))


def rule_for(asked: Asked) -> Limit | None:
    """The rule in force on the day of the booking; the one that was said last, if there are two."""
    rules = [
        rule
        for rule in asked.ledger.limits
        if (rule.coin, rule.holder_kind) == (asked.payer.coin, asked.payer.holder_kind)
        and rule.is_in_force(asked.day)
    ]
    return rules[-1] if rules else None


def spent(payer: Account, day: date) -> tuple[int, int]:
    """What counts already on this day and in its month. A booking dated back counts in the present day and month."""
    if payer.spent_on is None:
        return 0, 0
    if day <= payer.spent_on:
        return payer.spent_day, payer.spent_month
    return 0, payer.spent_month if month_of(day) == month_of(payer.spent_on) else 0


def within_mandate(asked: Asked) -> None:
    if asked.acted_by_day_limit is None:
        return
    paid = sum(
        one.amount
        for one in asked.ledger.transfers.values()
        if (one.payer, one.by, one.day) == (asked.payer.name, asked.by, asked.day)
        and one.reverses is None
        and one.reservation is None
    )
    held = sum(
        one.amount if one.state == "OPEN" else one.captured
        for one in asked.ledger.reservations.values()
        if (one.payer, one.by, one.day) == (asked.payer.name, asked.by, asked.day)
    )
    if paid + held + asked.line.amount > asked.acted_by_day_limit:
        raise Refused("actor_limit_exceeded", room=asked.acted_by_day_limit - paid - held)


def backed(asked: Asked) -> None:
    amount = asked.line.amount
    if asked.payer.kind == "ISSUE":
        coin = asked.payer.coin
        if asked.ledger.circulation(coin) + amount > asked.ledger.euros_for(coin):
            raise Refused("not_backed")
    if asked.payer.kind == "RESERVE":
        assert asked.payer.backs is not None
        if asked.payer.balance - amount < asked.ledger.circulation(asked.payer.backs):
            raise Refused("not_backed")


IN_ORDER: tuple[Callable[[Asked], None], ...] = (
    both_open,
    kinds_fit,
    pot_not_ended,
    may_be_redeemed,
    within_area,
    enough,
    below_ceiling,
    within_limits,
    within_mandate,
)
