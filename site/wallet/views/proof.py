"""The proof in public: for everybody, without signing in. Sums alone, and nothing that a visitor can make dear."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.drawing.chart import Bar, top_of
from core import clock
from core.sealing.queries import latest
from core.templatetags.amounts import coins
from ledger.queries import backing, backings
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.places import page_of
from neighbourhoods.theme import theme_url
from wallet.queries.proof import FEWEST, Group, Part, PublicMonth, counted, year_of

if TYPE_CHECKING:
    from ledger.models import Coin

LOG = "ledger"
SHORT = 12  # signs of a root: enough to compare by eye


@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    """All coins of this site, each with the euros behind it."""
    neighbourhoods = list(Neighbourhood.objects.select_related("coin").order_by("name"))
    found = backings(one.coin for one in neighbourhoods)
    rows = [(one, found[one.coin_id]) for one in neighbourhoods]
    covered = all(backing.reserve >= backing.circulation for _one, backing in rows)
    context = {"rows": rows, "covered": covered, "at": clock.now(), **_seal()}
    return render(request, "wallet/proof/coins.html", context)


@require_safe
def proof_coin(request: HttpRequest, slug: str) -> HttpResponse:
    """One coin: what is about, what stands behind it, who have it together, its year, its seal."""
    along = Neighbourhood.objects.select_related("coin", "logo", "municipality__organisation_details")
    neighbourhood = get_object_or_404(along, slug=slug)
    coin, at = neighbourhood.coin, clock.now()
    shares = counted(coin, at)
    context = {
        "place": _place(neighbourhood, request),
        "neighbourhood": neighbourhood,
        "coin": coin,
        "backing": backing(coin),
        "at": at,
        "counted": shares,
        "parts": [(_name_of(part), part.amount) for part in shares.parts],
        "fewest": FEWEST,
        **_year(year_of(coin, clock.day_of(at)), coin),
        **_seal(),
    }
    return render(request, "wallet/proof/coin.html", context)


def _seal() -> dict[str, Any]:
    """The last seal, with its root as short as people compare it."""
    checkpoint = latest(LOG)
    root = base64.b64encode(checkpoint.root).decode()[:SHORT] if checkpoint else ""
    return {"log": LOG, "checkpoint": checkpoint, "root": root}


def _name_of(part: Part) -> str:
    """Whom a sum is of, in words."""
    names = [str(group.label) for group in part.groups]
    if len(names) == len(Group):
        return _("Everybody together")
    if len(names) > 1:
        return capfirst(_("%(one)s and %(other)s together") % {"one": names[0], "other": names[1]})
    return capfirst(names[0])


def _year(months: Sequence[PublicMonth], coin: Coin) -> dict[str, Any]:
    """The months of a coin, as rows of a table and as bars with their words."""
    values = [month.money.circulation for month in months]
    if not any(values):
        return {"months": []}
    highest = max(months, key=lambda month: month.money.circulation)
    words = {
        "first": coins(values[0], coin),
        "month": date_format(months[0].money.first_on, "F Y"),
        "now": coins(values[-1], coin),
        "most": coins(highest.money.circulation, coin),
        "when": date_format(highest.money.first_on, "F Y"),
    }
    top = top_of(values)
    return {
        "months": list(reversed(months)),
        "bars": [
            Bar(date_format(one.money.first_on, "F")[:1].lower(), one.money.circulation) for one in months
        ],
        "top": top,
        "top_words": coins(top, coin),
        "last_words": _("Now: %(now)s") % words,
        "chart_words": _(
            "Coins in circulation at the end of each month. From %(first)s in %(month)s to %(now)s now. "
            "The most was %(most)s, in %(when)s."
        )
        % words,
    }


def _place(neighbourhood: Neighbourhood, request: HttpRequest) -> dict[str, Any]:
    """The frame of the page is that of the coin's own neighbourhood, wherever the visitor lives."""
    page = page_of(neighbourhood, get_language() or "")
    return {
        "kind": "neighbourhood",
        "name": neighbourhood.name,
        "url": page.get_url(request) if page else reverse("proof_coin", args=[neighbourhood.slug]),
        "slug": neighbourhood.slug,
        "coin": neighbourhood.coin,
        "landmark": neighbourhood.landmark,
        "theme_url": theme_url(neighbourhood),
        "logo_url": neighbourhood.logo.get_rendition("max-96x96").url if neighbourhood.logo else "",
        "municipality_name": neighbourhood.municipality.display_name,
        "help_phone": neighbourhood.help_phone,
        "meeting_place": neighbourhood.meeting_place,
    }
