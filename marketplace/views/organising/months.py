"""What an organiser's activities came to: hours and coins month by month, and the pots that pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.spreadsheet import BOM, number_cell, text_cell, written_row
from marketplace.forms.hours_field import write_hours
from marketplace.queries.hours import HoursOfMonth, by_month
from marketplace.queries.organising import first_year_of, pots_of
from marketplace.queries.pots import promised_from
from marketplace.views.organising.base import Desk, at_desk

if TYPE_CHECKING:
    from ledger.models import Account, Coin

HOUR: Final = 60
OLDEST: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What a year came to in one coin."""

    coin: Coin
    times: int
    minutes: int
    amount: int

    @property
    def hours(self) -> str:
        return write_hours(self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class InPot:
    """A pot that pays for activities of this organiser (minor units): what it has, and what of that is promised."""

    account: Account
    promised: int
    titles: list[str]
    has_ended: bool

    @property
    def available(self) -> int:
        return self.account.available

    @property
    def free(self) -> int:
        """What can still be promised; nought when more is promised than there is."""
        return max(self.available - self.promised, 0)

    @property
    def short(self) -> int:
        return max(self.promised - self.available, 0)


@at_desk
def organiser_months(desk: Desk) -> HttpResponse:
    """Hours and coins of a year, month by month; by the day of payment, as the statements of the pots have it."""
    year = _year(desk)
    rows = by_month(desk.party, year)
    first = first_year_of(desk.party) or desk.today.year
    here = reverse("organiser_months", args=[desk.party.uuid])
    return desk.show(
        "months",
        desk.way(),
        year=year,
        rows=[(row, write_hours(row.minutes)) for row in rows],
        sums=_sums(rows),
        tabs=[
            (str(one), f"{here}?year={one}", one == year, None)
            for one in range(desk.today.year, first - 1, -1)
        ],
        csv_url=f"{reverse('organiser_months_csv', args=[desk.party.uuid])}?year={year}",
    )


@at_desk
def organiser_months_csv(desk: Desk) -> HttpResponse:
    """The same for a spreadsheet: hours as a number, amounts that it counts with."""
    year = _year(desk)
    heads = [_("Month"), _("Neighbourhood"), _("People"), _("Times"), _("Hours"), _("Coins"), _("Coin")]
    lines = [BOM + written_row(heads), *(_line(row, desk.language) for row in by_month(desk.party, year))]
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = (
        f'attachment; filename="{slugify(pgettext("name of a file", "hours"))}-{year}.csv"'
    )
    return answer


@at_desk
def organiser_pots(desk: Desk) -> HttpResponse:
    """What the pots have that pay for these activities, and what is promised from them."""
    found = pots_of(desk.party)
    promised = promised_from(found)
    pots = [
        InPot(
            account=pot, promised=promised[pot.pk], titles=titles,
            has_ended=pot.ends_on is not None and pot.ends_on < desk.today,
        )
        for pot, titles in found.items()
    ]  # fmt: skip
    return desk.show("pots", desk.way(), pots=pots)


def _year(desk: Desk) -> int:
    """The year that was asked for; this one when that is none."""
    asked = desk.request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    return year if OLDEST <= year <= desk.today.year else desk.today.year


def _sums(rows: list[HoursOfMonth]) -> list[Sum]:
    """What the year came to, coin by coin."""
    coins = {row.neighbourhood.coin.pk: row.neighbourhood.coin for row in rows}
    return [
        Sum(
            coin=coin,
            times=sum(row.times for row in rows if row.neighbourhood.coin.pk == number),
            minutes=sum(row.minutes for row in rows if row.neighbourhood.coin.pk == number),
            amount=sum(row.amount for row in rows if row.neighbourhood.coin.pk == number),
        )
        for number, coin in coins.items()
    ]


def _line(row: HoursOfMonth, language: str) -> str:
    return written_row(
        [
            date_format(row.month, "Y-m"),
            text_cell(row.neighbourhood.name),
            str(row.people),
            str(row.times),
            number_cell((row.minutes * 100 + HOUR // 2) // HOUR, language),
            number_cell(row.amount, language),
            text_cell(row.neighbourhood.coin.name_plural),
        ]
    )
