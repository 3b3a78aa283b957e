"""What a funder gave, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Sum

from ledger.kinds import AccountState, FundingState
from ledger.queries import (
    Pot,
    Spent,
    Totals,
    fundings_of,
    given_to,
    pots,
    pots_funded_by,
    spent_from,
    totals_of,
)
from neighbourhoods.models import Neighbourhood
from people.models import Party
from wallet.models import Treasury

if TYPE_CHECKING:
    from ledger.models import Account, Coin


@dataclass(frozen=True, kw_only=True, slots=True)
class PotReport:
    """What went through a pot, in minor units. `given` is what this funder gave of what came in."""

    pot: Account
    given: int
    totals: Totals
    lines: list[Spent]
    has_ended: bool

    @property
    def came_in(self) -> int:
        return self.totals.issued + self.totals.other_in

    @property
    def by_others(self) -> int:
        """What came in from anybody else."""
        return self.came_in - self.given


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """All that a funder gave, in minor units: what came in and was not returned, and what is still announced."""

    given: int
    announced: int
    pots: list[PotReport]


def report_of(funder: Party, on: date) -> Report:
    """The number of queries does not grow with the pots."""
    accounts = list(pots_funded_by(funder))
    totals, given = totals_of(accounts), given_to(accounts, funder)
    lines: dict[int, list[Spent]] = {account.pk: [] for account in accounts}
    for line in spent_from(accounts):
        lines[line.account_id].append(line)
    sums = fundings_of(funder).order_by().values_list("state")
    received = dict(sums.annotate(sum=Sum("received")))
    announced = dict(sums.annotate(sum=Sum("amount")))
    return Report(
        given=received.get(FundingState.ISSUED) or 0,
        announced=announced.get(FundingState.ANNOUNCED) or 0,
        pots=[
            PotReport(
                pot=account,
                given=given.get(account.pk, 0),
                totals=totals[account.pk],
                lines=lines[account.pk],
                has_ended=account.ends_on is not None and account.ends_on < on,
            )
            for account in accounts
        ],
    )


def places_to_fund() -> list[Neighbourhood]:
    """All neighbourhoods by name, with `treasury` where money can be sent."""
    along = ("coin", "treasury", "municipality__organisation_details")
    return list(Neighbourhood.objects.select_related(*along).order_by("name"))


def place_of(coin: Coin) -> Neighbourhood | None:
    """The neighbourhood whose coin it is."""
    along = ("coin", "party", "municipality__organisation_details")
    return Neighbourhood.objects.filter(coin=coin).select_related(*along).first()


def places_by_coin(coins: set[int]) -> dict[int, str]:
    """The names of the neighbourhoods of these coins."""
    return dict(Neighbourhood.objects.filter(coin__in=coins).values_list("coin", "name"))


def treasury_of(neighbourhood: Neighbourhood) -> Treasury | None:
    return Treasury.objects.filter(neighbourhood=neighbourhood).first()


def pots_to_fund(coin: Coin, on: date, funder: Party | None = None) -> list[Pot]:
    """The pots that money can be given to on a day: those of this funder, who gets back what is left; or of all."""
    found = [pot for pot in pots(coin, on=on) if pot.account.state == AccountState.OPEN and not pot.has_ended]
    return [pot for pot in found if funder is None or pot.account.funder_id == funder.pk]
