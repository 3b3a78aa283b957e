"""What the pages of the tree show beyond their own words, as far as the whole site is concerned."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from content.faces import face_of
from content.models import BasePage
from home.frame import account_link, frame_of_page
from home.models import HomePage
from neighbourhoods.queries.places import municipality_pages, neighbourhood_pages
from neighbourhoods.views.pages import as_rows, front_news


@face_of(BasePage)
def frame_face(page: BasePage, request: HttpRequest) -> dict[str, Any]:
    return {**frame_of_page(page, request), "account_link": account_link(request)}


@face_of(HomePage)
def home_face(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Every place of the site, each with its own coin, and the latest from all of them."""
    rows = as_rows(neighbourhood_pages(page.locale_id), request)
    return {
        **front_news(page, request),
        "neighbourhoods": rows,
        "actions": [(_("Choose your neighbourhood"), "#places")],
        "municipalities": [
            {
                "name": one.title,
                "url": one.get_url(request),
                "neighbourhoods": [row for row in rows if row.municipality_id == one.party_id],
            }
            for one in municipality_pages(page.locale_id)
        ],
    }
