"""An offer as a row of a list: on the market, on the front page of a neighbourhood, in a mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.amounts import format_amount
from marketplace.models import Offer
from marketplace.units import OfferUnit, per_unit
from neighbourhoods.models import Neighbourhood

if TYPE_CHECKING:
    from ledger.models import Coin

LONGEST_SUMMARY = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """`language` is that of the title when it is not the reader's; so it is with each part of `meta`. `number` is its
    place on the map; nought without a map."""

    url: str
    title: str
    language: str
    meta: Sequence[tuple[str, str]]
    is_demand: bool
    price: int
    coin: Coin
    verb: str
    also: str
    is_sold_out: bool
    number: int = 0


def rows_of(
    offers: Iterable[Offer], *, at: Neighbourhood | None, numbers: dict[int, int] | None = None
) -> list[OfferRow]:
    """Rows of offers that came through `queries.listing`. Where each is from is said when it is not `at` this place."""
    return [row_of(offer, at=at, number=(numbers or {}).get(offer.pk, 0)) for offer in offers]


def row_of(offer: Offer, *, at: Neighbourhood | None, number: int = 0) -> OfferRow:
    told = told_of(offer)
    assert offer.terms is not None  # noqa: S101 - the database refuses an offer on the market without terms
    return OfferRow(
        url=reverse("offer", args=[offer.ref]),
        title=told["title"],
        language=foreign(told["language"]),
        meta=_meta(offer, told, at),
        is_demand=offer.is_demand,
        price=offer.price or 0,
        coin=offer.neighbourhood.coin,
        verb=_("you get") if offer.is_demand else _("costs"),
        also=_also(offer),
        is_sold_out=offer.is_sold_out,
        number=number,
    )


def told_of(offer: Offer) -> dict[str, str]:
    """Title, summary and language of an offer that came through `queries.listing`."""
    told: dict[str, str] | None = cast("Any", offer).told
    return told or {"title": "–", "summary": "", "language": language()}


def _meta(offer: Offer, told: dict[str, str], at: Neighbourhood | None) -> list[tuple[str, str]]:
    """Who, where and the rest in short; each with the language that it is in, when that is the offer's own."""
    where = offer.neighbourhood.name if at is None or offer.neighbourhood_id != at.pk else ""
    parts = [
        (offer.provider.display_name, ""),
        (where, ""),
        (offer.place, foreign(offer.language)),
        (short(told["summary"]), foreign(told["language"])),
    ]
    return [part for part in parts if part[0]]


def language() -> str:
    """Of the moment."""
    return get_language() or settings.LANGUAGE_CODE


def price_words(offer: Offer) -> str:
    """A price within a line of text, with its coin."""
    coin, price = offer.neighbourhood.coin, offer.price or 0
    name = coin.name if price == 10**coin.decimals else coin.name_plural
    return f"{format_amount(price, language(), coin.decimals)} {name}"


def foreign(written_in: str) -> str:
    """The language of words that are not in the reader's."""
    return "" if written_in == language() else written_in


def short(summary: str) -> str:
    """A summary as far as it fits in a row, cut between words."""
    if len(summary) <= LONGEST_SUMMARY:
        return summary.rstrip(".")
    return summary[:LONGEST_SUMMARY].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def _also(offer: Offer) -> str:
    """Behind the verb: per what, and what is paid in euro besides."""
    assert offer.terms is not None  # noqa: S101 - as above
    unit = "" if offer.terms.unit == OfferUnit.PIECE else per_unit(offer.terms.unit)
    euro = offer.terms.euro
    paid = _("and %(euro)s euro") % {"euro": format_amount(euro, language())}
    return ", ".join(part for part in (unit, paid if euro else "") if part)
