"""What the pages of a place show beyond their own words."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.models import Page

from content.faces import face_of
from core import clock
from neighbourhoods.models import MunicipalityPage, NeighbourhoodPage, NewsIndexPage, NewsKind, NewsPage
from neighbourhoods.queries.places import latest, neighbourhood_pages, news_below, news_index_below, upcoming

ON_THE_FRONT = 4
NEWS_ON_THE_FRONT = 3
NEWS_PER_PAGE = 12


def front_news(page: Page) -> dict[str, Any]:
    """What is on, what is decided and what is new below a page: three queries, however much there is."""
    news = news_below(page)
    return {
        "agenda": upcoming(news, on=clock.today(), count=ON_THE_FRONT),
        "decisions": latest(news, NewsKind.DECISION, ON_THE_FRONT),
        "news": latest(news, NewsKind.NEWS, NEWS_ON_THE_FRONT),
    }


@face_of(NeighbourhoodPage)
def neighbourhood_face(page: NeighbourhoodPage, request: HttpRequest) -> dict[str, Any]:
    index = news_index_below(page)
    return {
        **front_news(page),
        "neighbourhood": page.neighbourhood,
        "news_url": index.get_url(request) if index else "",
    }


@face_of(MunicipalityPage)
def municipality_face(page: MunicipalityPage, request: HttpRequest) -> dict[str, Any]:
    index = news_index_below(page)
    pages = neighbourhood_pages(page.locale_id).filter(neighbourhood__municipality_id=page.party_id)
    return {
        **front_news(page),
        "neighbourhoods": as_rows(pages, request),
        "news_url": index.get_url(request) if index else "",
    }


def as_rows(pages: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """Neighbourhoods as rows of a list, each with its own coin and colours."""
    return [
        {
            "name": page.title,
            "url": page.get_url(request),
            "lead": page.lead,
            "coin": page.neighbourhood.coin,
            "colour": page.neighbourhood.colour,
            "accent": page.neighbourhood.accent,
        }
        for page in pages
    ]


@face_of(NewsIndexPage)
def news_index_face(page: NewsIndexPage, request: HttpRequest) -> dict[str, Any]:
    """All news below, a page at a time; a number that is none shows the first page, one too high the last."""
    paginator = Paginator(news_below(page), NEWS_PER_PAGE)
    return {"news_page": paginator.get_page(request.GET.get("page"))}


@face_of(NewsPage)
def news_face(page: NewsPage, request: HttpRequest) -> dict[str, Any]:
    index = page.get_parent()
    return {"news_url": index.get_url(request)}
