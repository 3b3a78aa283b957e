"""Questions about what somebody earned in a year: under which label, for whom, in which month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from ledger.kinds import Label
from ledger.queries import Earned, earned, years_earned
from marketplace.models import Participation
from marketplace.queries.participations import PROMISED
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.residency import residency_of
from people.models import Party
from people.queries import numbers_of

if TYPE_CHECKING:
    from ledger.models import Coin

ALONG = ("coin__pegged_to", "municipality__organisation_details", "party", "logo")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One payment. `organiser` is for whom it was done; `payer` is who paid, when that is somebody else."""

    earned: Earned
    organiser: str
    payer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """A sum in minor units of what is called so."""

    name: str
    amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthSum:
    month: date
    amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """All under one label, in the coins of one national currency: in sum, and each payment."""

    label: Label
    currency: Coin
    lines: Sequence[Line]

    @property
    def total(self) -> int:
        return sum(line.earned.amount for line in self.lines)

    @property
    def organisations(self) -> list[Sum]:
        """For whom it was done, by name."""
        return _sums(self.lines, [line.organiser for line in self.lines])

    @property
    def coins(self) -> list[Sum]:
        return _sums(self.lines, [line.earned.coin.name_plural for line in self.lines])

    @property
    def months(self) -> list[MonthSum]:
        """Those in which something came, the first one first, each by its first day."""
        firsts = sorted({line.earned.booked_on.replace(day=1) for line in self.lines})
        return [
            MonthSum(
                month=first,
                amount=sum(
                    line.earned.amount for line in self.lines if line.earned.booked_on.replace(day=1) == first
                ),
            )
            for first in firsts
        ]


@dataclass(frozen=True, kw_only=True, slots=True)
class YearStatement:
    """What came to somebody in a year, under whichever of their numbers."""

    year: int
    parts: Sequence[Part]

    @property
    def total(self) -> int:
        """The sum of it all, where there is one national currency."""
        return sum(part.total for part in self.parts)


def year_statement(person: Party, year: int) -> YearStatement:
    """All that came to a person in a year under a legal label: for activities, and whatever else was a reward.

    Two queries, however much it is.
    """
    found = earned(numbers_of(person).order_by(), from_on=date(year, 1, 1), until_on=date(year, 12, 31))
    organisers = _organisers(one.transfer_id for one in found)
    parts: dict[tuple[Label, int], list[Line]] = {}
    for one in found:
        key = (one.label, (one.coin.pegged_to or one.coin).pk)
        parts.setdefault(key, []).append(_line(one, organisers.get(one.transfer_id)))
    in_order = sorted(parts.items(), key=lambda part: (list(Label).index(part[0][0]), part[0][1]))
    return YearStatement(
        year=year,
        parts=[
            Part(label=label, currency=lines[0].earned.coin.pegged_to or lines[0].earned.coin, lines=lines)
            for (label, _currency), lines in in_order
        ],
    )


def years_of(person: Party) -> list[int]:
    """The years in which something came to a person under a label, the last one first."""
    return years_earned(numbers_of(person).order_by())


def places_of_earning(person: Party) -> list[Neighbourhood]:
    """Where somebody can earn: where they live, and where they take part; of each municipality the first of these.

    The amounts are those of the municipality, so that a second neighbourhood of it says nothing new.
    """
    home = residency_of(person)
    mine = Participation.objects.filter(person__in=numbers_of(person).order_by(), state__in=PROMISED)
    there = Q(pk__in=mine.values("shift__activity__neighbourhood"))
    if home is not None:
        there |= Q(pk=home.neighbourhood_id)
    found = list(Neighbourhood.objects.filter(there).select_related(*ALONG).order_by("name"))
    found.sort(key=lambda one: home is None or one.pk != home.neighbourhood_id)
    first: dict[int, Neighbourhood] = {}
    for one in found:
        first.setdefault(one.municipality_id, one)
    return list(first.values())


def _organisers(transfers: Iterable[int]) -> dict[int, str]:
    """By payment, who organised the activity that it was for."""
    paid = Participation.objects.filter(transfer__in=list(transfers)).select_related(
        "shift__activity__organiser__organisation_details", "shift__activity__organiser__person_details"
    )
    return {one.transfer_id: one.shift.activity.organiser.display_name for one in paid if one.transfer_id}


def _line(one: Earned, organiser: str | None) -> Line:
    payer = one.payer.display_name
    for_whom = organiser or payer
    return Line(earned=one, organiser=for_whom, payer=payer if payer != for_whom else "")


def _sums(lines: Sequence[Line], names: Sequence[str]) -> list[Sum]:
    sums: dict[str, int] = {}
    for line, name in zip(lines, names, strict=True):
        sums[name] = sums.get(name, 0) + line.earned.amount
    return [Sum(name=name, amount=sums[name]) for name in sorted(sums, key=str.casefold)]
