"""What the pages of a place show beyond their own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.faces import face_of
from core import clock
from core.amounts import DECIMALS, format_amount
from ledger.queries import Backing, backing
from neighbourhoods.models import (
    MunicipalityPage,
    NeighbourhoodPage,
    NewsIndexPage,
    NewsKind,
    StandardPage,
)
from neighbourhoods.queries.places import (
    Figures,
    child_pages,
    child_pages_about_deciding,
    figures_of,
    latest,
    neighbourhood_pages,
    news_below,
    news_counts,
    news_index_below,
    upcoming,
)
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.views.open_now import ask_on_front
from people.acting import person_behind

if TYPE_CHECKING:
    from ledger.models import Coin

ON_THE_FRONT = 4
NEWS_ON_THE_FRONT = 3
NEWS_PER_PAGE = 12
MONTH_DAYS = 31  # how far ahead it is counted what is on


def front_news(page: Page, request: HttpRequest) -> dict[str, Any]:
    """What is on, what is decided and what is new below a page: a fixed number of queries, however much there is."""
    news = news_below(page)
    index = news_index_below(page)
    url = (index.get_url(request) if index else "") or ""
    agenda = upcoming(news, on=clock.today(), count=ON_THE_FRONT)
    decisions = latest(news, NewsKind.DECISION, ON_THE_FRONT)
    told = latest(news, NewsKind.NEWS, NEWS_ON_THE_FRONT)
    return {
        "agenda": agenda,
        "decisions": decisions,
        "news": told,
        # A link to a list of nothing helps nobody.
        "agenda_url": f"{url}?kind={NewsKind.EVENT}" if url and agenda else "",
        "decisions_url": f"{url}?kind={NewsKind.DECISION}" if url and decisions else "",
        "news_url": url if told else "",
    }


@face_of(NeighbourhoodPage)
def neighbourhood_face(page: NeighbourhoodPage, request: HttpRequest) -> dict[str, Any]:
    figures = figures_of(page, on=clock.today(), days=MONTH_DAYS)
    return {
        **front_news(page, request),
        "neighbourhood": page.neighbourhood,
        "figures": figures_in_words(figures, backing(page.neighbourhood.coin), page.neighbourhood.coin),
        "actions": [(_("What can I do?"), "#to-do"), (enrol_words(page, request), reverse("residency"))],
        "ask": ask_on_front(page.neighbourhood, request),
        "deciding": deciding_urls(page, request),
    }


def deciding_urls(page: NeighbourhoodPage, request: HttpRequest) -> dict[str, str]:
    """The addresses of the pages about deciding, by their kind."""
    return {
        below.specific_class._meta.model_name or "": below.get_url(request) or ""
        for below in child_pages_about_deciding(page)
        if below.specific_class
    }


def figures_in_words(figures: Figures, money: Backing, coin: Coin) -> list[tuple[str, int | str]]:
    """Four at most, each number with its word; what there is none of is left out, for noughts say nothing.

    Once coins go round they stand there with the euros behind them, side by side: that is the proof in short.
    """
    rows = [
        (ngettext("enrolled resident", "enrolled residents", figures.residents), figures.residents),
        (
            ngettext("thing on the calendar this month", "things on the calendar this month", figures.to_do),
            figures.to_do,
        ),
    ]
    if money.circulation:
        return [
            *_told(rows),
            (coin.name_plural, _whole(money.circulation)),
            (_("euros in the bank"), _whole(money.reserve)),
        ]
    rows += [
        (ngettext("board member", "board members", figures.board), figures.board),
        (ngettext("decision this year", "decisions this year", figures.decided), figures.decided),
    ]
    return _told(rows)


def _told(rows: list[tuple[str, int]]) -> list[tuple[str, int | str]]:
    return [(words, number) for words, number in rows if number]


def _whole(amount: int) -> str:
    """An amount without its cents, which nobody reads on a front page. Rounded down: no coin is promised too many."""
    return format_amount(amount // 10**DECIMALS, get_language() or settings.LANGUAGE_CODE, decimals=0)


def enrol_words(page: NeighbourhoodPage, request: HttpRequest) -> str:
    """What the second button says: whoever lives here need not enrol."""
    at_home = request.user.is_authenticated and lives_in(person_behind(request), page.neighbourhood)
    return _("Your enrolment") if at_home else _("Enrol here")


@face_of(MunicipalityPage)
def municipality_face(page: MunicipalityPage, request: HttpRequest) -> dict[str, Any]:
    pages = neighbourhood_pages(page.locale_id).filter(neighbourhood__municipality_id=page.party_id)
    actions = [(_("Choose your neighbourhood"), "#places")]
    return {**front_news(page, request), "neighbourhoods": as_rows(pages, request), "actions": actions}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A neighbourhood as a row of a list, with its own coin and colours."""

    name: str
    url: str
    lead: str
    coin: Any
    colour: str
    accent: str
    municipality_id: int


def as_rows(pages: Iterable[NeighbourhoodPage], request: HttpRequest) -> list[PlaceRow]:
    return [
        PlaceRow(
            name=page.title,
            url=page.get_url(request) or "",
            lead=page.lead,
            coin=page.neighbourhood.coin,
            colour=page.neighbourhood.colour,
            accent=page.neighbourhood.accent,
            municipality_id=page.neighbourhood.municipality_id,
        )
        for page in pages
    ]


@face_of(NewsIndexPage)
def news_index_face(page: NewsIndexPage, request: HttpRequest) -> dict[str, Any]:
    """All news below, a page at a time, of one kind when asked; a number that is none shows the first page."""
    news = news_below(page)
    counts = news_counts(news)
    kind = request.GET.get("kind", "")
    kind = kind if kind in NewsKind.values else ""
    paginator = Paginator(news.filter(kind=kind) if kind else news, NEWS_PER_PAGE)
    tabs = [(_("All"), "?", not kind, sum(counts.values()))]
    tabs += [
        (capfirst(str(one.label)), f"?kind={one}", kind == one, counts[one])
        for one in NewsKind
        if counts.get(one)
    ]
    return {"news": paginator.get_page(request.GET.get("page")), "tabs": tabs if len(counts) > 1 else []}


@face_of(StandardPage)
def standard_face(page: StandardPage, request: HttpRequest) -> dict[str, Any]:
    return {"children": [_child(child, request) for child in child_pages(page)]}


def _child(page: StandardPage, request: HttpRequest) -> dict[str, Any]:
    return {"title": page.title, "url": page.get_url(request), "lead": page.lead}
