"""What Wagtail keeps track of, and the blocks that it offers."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import ReferenceIndex

from content.blocks import SiteStreamBlock
from neighbourhoods.models import Neighbourhood
from tests.neighbourhoods.admin.sent import add_news_url

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


def test_the_reference_index_follows_pages_and_files_and_no_decisions_or_persons() -> None:
    ours = {
        model._meta.label
        for model in ReferenceIndex.tracked_models
        if model._meta.app_label
        in {"core", "content", "people", "ledger", "neighbourhoods", "home", "wallet", "marketplace"}
    }

    assert ours == {
        "content.Picture", "home.HomePage", "neighbourhoods.MunicipalityPage", "neighbourhoods.NeighbourhoodPage",
        "neighbourhoods.NewsIndexPage", "neighbourhoods.NewsPage", "neighbourhoods.StandardPage",
        "neighbourhoods.BoardPage", "neighbourhoods.DecisionsPage", "neighbourhoods.ElectionPage",
        "neighbourhoods.HowWeDecidePage",
        "neighbourhoods.PriceListPage",
        "neighbourhoods.ValueDecisionPage",
        "marketplace.MarketPage",
        "marketplace.ActivitiesPage",
        "marketplace.ActivityPage",
        "marketplace.OfferPage",
    }  # fmt: skip


def test_the_blocks_of_a_page_are_all_offered(ann_in_the_admin: Client, molenwijk: Neighbourhood) -> None:
    body = ann_in_the_admin.get(add_news_url(molenwijk)).content.decode()

    assert all(
        f'"{name}"' in body or f"&quot;{name}&quot;" in body for name in SiteStreamBlock().child_blocks
    )
