"""What waits at a finance desk, in the order of what hurts most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet

from core.clock import day_of
from ledger.kinds import AccountState, FundingState
from ledger.queries import accounts_in, fundings_for, pots
from neighbourhoods.models import Neighbourhood
from people.models import Party
from people.queries import numbers_of
from wallet.models import BankLine, ChargebackCase, HandMatch, Payout, SecondLook, Treasury
from wallet.queries.organisations import NOT_ORGANISATIONS
from wallet.states import BankLineState, PayoutState, SecondLookState

SOON = timedelta(days=7)
ENDS_SOON = timedelta(days=60)


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """A number of things that wait; `oldest` is the day since which the first of them does, or on which it is due."""

    code: str
    number: int
    oldest: date | None


def open_matters(
    neighbourhood: Neighbourhood, treasury: Treasury | None, person: Party, on: date
) -> list[Matter]:
    """What this person may do something about at the finance desk of a neighbourhood; only what there is."""
    if treasury is None:
        first = [Matter(code="treasury", number=1, oldest=None)]
    else:
        first = [
            *_proposals(treasury, person),
            *_of_the_bank(treasury),
        ]
    return [*first, *_of_the_ledger(neighbourhood, on)]


def _proposals(treasury: Treasury, person: Party) -> list[Matter]:
    """Those of others: nobody decides on their own."""
    own = numbers_of(person).values("pk")
    kinds: dict[str, type[SecondLook]] = {"matches": HandMatch, "chargebacks": ChargebackCase}
    found = []
    for code, model in kinds.items():
        waiting = model._base_manager.filter(treasury=treasury, state=SecondLookState.PROPOSED)
        found += _matter(code, waiting.exclude(proposed_by__in=own), "proposed_at")
    return found


def _of_the_bank(treasury: Treasury) -> list[Matter]:
    lines = BankLine.objects.filter(treasury=treasury, state=BankLineState.NEW)
    payouts = Payout.objects.filter(treasury=treasury)
    return [
        *_matter("lines", lines, "booked_on"),
        *_matter("to_approve", payouts.filter(state=PayoutState.REQUESTED), "requested_at"),
        *_matter("to_export", payouts.filter(state=PayoutState.APPROVED), "approved_at"),
        *_matter("at_the_bank", payouts.filter(state=PayoutState.EXPORTED), "run__made_at"),
    ]


def _of_the_ledger(neighbourhood: Neighbourhood, on: date) -> list[Matter]:
    coin = neighbourhood.coin
    late = fundings_for(coin).filter(state=FundingState.ANNOUNCED, expires_on__lte=on + SOON)
    # What of a pot that has ended is reserved is on its way back to the funder.
    filled = [(pot.ends_on, pot.has_ended) for pot in pots(coin, on=on) if pot.available > 0]
    ended = [day for day, has_ended in filled if day and has_ended]
    ending = [day for day, has_ended in filled if day and not has_ended and day <= on + ENDS_SOON]
    blocked = (
        accounts_in(coin).filter(state=AccountState.BLOCKED).order_by().values_list("holder_kind", flat=True)
    )
    of_residents = sum(kind in NOT_ORGANISATIONS for kind in blocked)
    return [
        *_matter("late", late, "expires_on"),
        *_counted("ended_pots", ended),
        *_counted("ending_pots", ending),
        *_number("blocked", len(blocked) - of_residents),
        *_number("blocked_residents", of_residents),
    ]


def _matter(code: str, rows: QuerySet[Any], since: str) -> list[Matter]:
    both = rows.order_by().aggregate(number=Count("pk"), oldest=Min(since))
    oldest = both["oldest"]
    day = day_of(oldest) if isinstance(oldest, datetime) else oldest
    return [Matter(code=code, number=both["number"], oldest=day)] if both["number"] else []


def _counted(code: str, days: list[date]) -> list[Matter]:
    return [Matter(code=code, number=len(days), oldest=min(days))] if days else []


def _number(code: str, number: int) -> list[Matter]:
    return [Matter(code=code, number=number, oldest=None)] if number else []
