"""Lines of the bank that are not booked: by which money of a funder went back, or payouts of ours left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from ledger.kinds import FundingState
from ledger.queries import fundings_for
from neighbourhoods.models import Neighbourhood
from wallet.bankfiles.references import own_numbers_in
from wallet.models import BankLine, Payout
from wallet.states import BankLineState

if TYPE_CHECKING:
    from ledger.models import Funding


def debits_of(neighbourhood: Neighbourhood, amount: int) -> list[BankLine]:
    """Those by which exactly this amount (minor units) went off the account for no payout, the newest first."""
    lines = BankLine.objects.filter(treasury__neighbourhood=neighbourhood, state=BankLineState.NEW)
    found = lines.filter(amount=-amount).select_related("treasury").order_by("-booked_on", "-pk")
    return [line for line in found if not payouts_named_in(line)]


def fundings_gone_back(line: BankLine) -> QuerySet[Funding]:
    """Money that was received and that a line by which money went off the account may have taken back, newest first."""
    found = fundings_for(line.treasury.neighbourhood.coin).filter(state=FundingState.ISSUED)
    return found.none() if payouts_named_in(line) else found.filter(received=-line.amount)


def payouts_named_in(line: BankLine) -> list[Payout]:
    """The payouts from its account that a line names, by their own number or by that of their file."""
    numbers = own_numbers_in((line.text, line.end_to_end_id))
    if not numbers:
        return []
    named = Q(end_to_end_id__in=numbers) | Q(run__message_id__in=numbers)
    found = Payout.objects.filter(named, treasury=line.treasury_id).order_by("pk")
    return list(found.select_related("account", "payee"))


def open_line(neighbourhood: Neighbourhood, pk: int) -> BankLine | None:
    """A line by which money came in that is not booked; None when it is no such line of this neighbourhood."""
    lines = BankLine.objects.filter(treasury__neighbourhood=neighbourhood, state=BankLineState.NEW)
    return lines.filter(pk=pk, amount__gt=0).first()
