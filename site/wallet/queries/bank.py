"""What the bank's room at a finance desk shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from ledger.queries import open_fundings
from wallet.models import BankLine, BankStatement, HandMatch, Payout, Treasury
from wallet.states import BankLineState, PayoutState, SecondLookState

if TYPE_CHECKING:
    from ledger.models import Funding

NAMES = ("person_details", "organisation_details")


def lines_of(treasury: Treasury, state: str) -> QuerySet[BankLine]:
    """The lines in a state, newest day first, with what they were booked as and who did it."""
    return _with_names(BankLine.objects.filter(treasury=treasury, state=state)).order_by("-booked_on", "-pk")


def lines_in(statement: BankStatement) -> QuerySet[BankLine]:
    """The lines that came in with a file, as they stand in it."""
    return _with_names(statement.lines.all()).order_by("no")


def numbers_of_lines(treasury: Treasury) -> dict[str, int]:
    """How many lines there are in each state."""
    counts = BankLine.objects.filter(treasury=treasury).order_by().values_list("state").annotate(Count("pk"))
    return {**dict.fromkeys(BankLineState.values, 0), **dict(counts)}


def statements_of(treasury: Treasury) -> QuerySet[BankStatement]:
    """The files that were uploaded, the last one first."""
    found = BankStatement.objects.filter(treasury=treasury).annotate(wrong=Count("problems"))
    return found.select_related(*_names("uploaded_by")).order_by("-pk")


def proposals_at(treasury: Treasury) -> QuerySet[HandMatch]:
    """Matches by hand that wait for a second person, the oldest first."""
    along = ("line__treasury", "funding__payee", "payout__payee")
    waiting = HandMatch.objects.filter(treasury=treasury, state=SecondLookState.PROPOSED)
    names = _names("proposed_by", "funding__funder", "funding__payee__holder")
    return waiting.select_related(*along, *names).order_by("pk")


def proposals_of(line: BankLine) -> QuerySet[HandMatch]:
    """All that was ever proposed for a line, the last first."""
    found = line.hand_matches.select_related(
        *_names("proposed_by", "decided_by", "funding__funder"), "payout"
    )
    return found.order_by("-pk")


def fundings_for_line(line: BankLine) -> QuerySet[Funding]:
    """Money that is expected and that a line may be: of the coin of its account."""
    return open_fundings(line.treasury.neighbourhood.coin)


def payouts_for_line(line: BankLine) -> QuerySet[Payout]:
    """Payouts of the same amount that a line may have paid, or brought back."""
    states = [PayoutState.EXPORTED] if line.amount < 0 else [PayoutState.EXPORTED, PayoutState.PAID]
    same = Payout.objects.filter(treasury=line.treasury_id, state__in=states, amount=abs(line.amount))
    back = Q(bank_lines__amount__gt=0)
    return same.exclude(back).order_by("-pk")


def _with_names(lines: QuerySet[BankLine]) -> QuerySet[BankLine]:
    return lines.select_related("payout", *_names("settled_by", "funding__funder"))


def _names(*paths: str) -> list[str]:
    return [f"{path}__{details}" for path in paths for details in NAMES]
