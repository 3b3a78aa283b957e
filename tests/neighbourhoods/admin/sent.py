"""What the browser of an editor sends, and what can have changed by it."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from neighbourhoods.models import Neighbourhood
from tests.factories import neighbourhoods as make

SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def news_form(title: str = "Soep in De Wiek", **more: Any) -> dict[str, Any]:
    """What the browser sends for a piece of news."""
    blocks = more.pop("body", [("paragraph", rich_text("<p>Kom eten.</p>"))])
    return nested_form_data(
        {
            "title": title,
            "slug": title.lower().replace(" ", "-"),
            "kind": "NEWS",
            "published_on": "2026-11-21",
            "happens_on": "",
            "hours": "",
            "place": "",
            "lead": "Elke dinsdag.",
            "picture": "",
            "picture_alt": "",
            "body": streamfield(blocks),
            "show_in_menus": "",
            "seo_title": "",
            "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
            **more,
        }
    )


def add_news_url(neighbourhood: Neighbourhood) -> str:
    return f"/admin/pages/add/neighbourhoods/newspage/{make.news_index_of(neighbourhood).pk}/"


def rows() -> list[tuple[Any, ...]]:
    """Everything about pages that somebody could have changed."""
    fields = (
        "pk",
        "path",
        "title",
        "draft_title",
        "live",
        "slug",
        "latest_revision_id",
        "locked",
        "numchild",
    )
    return list(Page.objects.order_by("pk").values_list(*fields))
