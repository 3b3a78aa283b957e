"""Questions about places and their pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from wagtail.models import Page

from neighbourhoods.models import (
    BoardPage,
    DecisionsPage,
    HowWeDecidePage,
    MunicipalityPage,
    Neighbourhood,
    NeighbourhoodPage,
    NewsIndexPage,
    NewsKind,
    NewsPage,
    PriceListPage,
    Seat,
    StandardPage,
)
from neighbourhoods.queries.residency import residents_count

# What a page needs to show a neighbourhood: one row, with everything that is drawn from it.
PLACE = ("neighbourhood__coin", "neighbourhood__logo", "neighbourhood__municipality__organisation_details")


def neighbourhood_pages(locale_id: int) -> QuerySet[NeighbourhoodPage]:
    """The front pages of all neighbourhoods in one language, by name."""
    pages: QuerySet[NeighbourhoodPage] = NeighbourhoodPage.objects.live().filter(locale_id=locale_id)
    return pages.select_related(*PLACE).defer("body").order_by("title")


def municipality_pages(locale_id: int) -> QuerySet[MunicipalityPage]:
    pages: QuerySet[MunicipalityPage] = MunicipalityPage.objects.live().filter(locale_id=locale_id)
    return pages.select_related("party__organisation_details").defer("body").order_by("title")


def place_among(ancestors: Iterable[Page]) -> NeighbourhoodPage | MunicipalityPage | None:
    """The innermost place among the pages above (and including) a page; two queries at most."""
    ids = [page.pk for page in ancestors]
    own = NeighbourhoodPage.objects.filter(pk__in=ids).select_related(*PLACE).defer("body").first()
    if own is not None:
        return own
    return MunicipalityPage.objects.filter(pk__in=ids).select_related("party__organisation_details").first()


def page_of(neighbourhood: Neighbourhood, language: str) -> NeighbourhoodPage | None:
    """The front page of a neighbourhood in a language, when it is live."""
    pages = NeighbourhoodPage.objects.live().filter(
        neighbourhood=neighbourhood, locale__language_code=language
    )
    return pages.select_related(*PLACE).defer("body").first()


def news_index_below(page: Page) -> NewsIndexPage | None:
    """The news index that stands directly below a page."""
    return NewsIndexPage.objects.live().child_of(page).first()


def news_below(page: Page) -> QuerySet[NewsPage]:
    """All that was published below a page, newest first."""
    pages: QuerySet[NewsPage] = NewsPage.objects.live().descendant_of(page)
    return pages.select_related("picture").defer("body").order_by("-published_on", "-pk")


def latest(news: QuerySet[NewsPage], kind: str, count: int) -> list[NewsPage]:
    return list(news.filter(kind=kind)[:count])


def upcoming(news: QuerySet[NewsPage], *, on: date, count: int) -> list[NewsPage]:
    """What there is to do from a day on, soonest first."""
    coming = news.filter(kind=NewsKind.EVENT, happens_on__gte=on)
    return list(coming.order_by("happens_on", "pk")[:count])


def news_counts(news: QuerySet[NewsPage]) -> dict[str, int]:
    """How many there are of each kind, without the kinds of which there are none."""
    return dict(news.order_by("kind").values_list("kind").annotate(number=Count("pk")))


def child_pages(page: Page) -> QuerySet[StandardPage]:
    """The ordinary pages directly below a page, in the order of the editors."""
    pages: QuerySet[StandardPage] = StandardPage.objects.live().child_of(page)
    return pages.defer("body").order_by("path")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A neighbourhood in numbers, each counted from rows."""

    residents: int
    board: int
    to_do: int
    decided: int


def figures_of(page: NeighbourhoodPage, *, on: date, days: int) -> Figures:
    """Residents and board on a day, what there is to do in the days from then, what was decided in its year."""
    coming = Q(kind=NewsKind.EVENT, happens_on__gte=on, happens_on__lt=on + timedelta(days=days))
    decided = Q(kind=NewsKind.DECISION, published_on__year=on.year)
    told = news_below(page).aggregate(to_do=Count("pk", filter=coming), decided=Count("pk", filter=decided))
    board = Seat.objects.in_force(on).filter(neighbourhood_id=page.neighbourhood_id)
    return Figures(residents=residents_count(page.neighbourhood), board=board.count(), **told)


def child_pages_about_deciding(page: NeighbourhoodPage) -> QuerySet[Page]:
    """The pages of a neighbourhood about its board, its decisions, and what things are worth by those."""
    kinds = (BoardPage, DecisionsPage, HowWeDecidePage, PriceListPage)
    return page.get_children().live().type(kinds).order_by("path")
