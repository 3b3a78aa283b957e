"""Lines of the bank by which money went off the account, and that are not booked."""

from __future__ import annotations

from django.db.models import QuerySet

from neighbourhoods.models import Neighbourhood
from wallet.models import BankLine
from wallet.states import BankLineState


def debits_of(neighbourhood: Neighbourhood, amount: int) -> QuerySet[BankLine]:
    """Those of exactly this amount (minor units), the newest first."""
    lines = BankLine.objects.filter(treasury__neighbourhood=neighbourhood, state=BankLineState.NEW)
    return lines.filter(amount=-amount).order_by("-booked_on", "-pk")


def open_line(neighbourhood: Neighbourhood, pk: int) -> BankLine | None:
    """A line by which money came in that is not booked; None when it is no such line of this neighbourhood."""
    lines = BankLine.objects.filter(treasury__neighbourhood=neighbourhood, state=BankLineState.NEW)
    return lines.filter(pk=pk, amount__gt=0).first()
