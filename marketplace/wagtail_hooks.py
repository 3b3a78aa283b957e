"""What this app changes in Wagtail's admin. This module registers; what it registers stands elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from marketplace.models import ActivitiesPage, ActivityPage, MarketPage, OfferPage
from marketplace.views import activity_writing, face_writing, offer_writing
from neighbourhoods.views import roots

roots.register_pages(stays=[MarketPage, ActivitiesPage], faces=[OfferPage, ActivityPage])


@hooks.register("before_create_page")
def with_its_row(request: HttpRequest, parent_page: Page, page_class: type[Page]) -> HttpResponse | None:
    """The page of an offer or an activity begins with its plain row."""
    if page_class is ActivityPage:
        return activity_writing.begin(request, parent_page)
    return offer_writing.begin(request, parent_page) if page_class is OfferPage else None


@hooks.register("after_publish_page")
def what_publishing_did(request: HttpRequest, page: Page) -> HttpResponse | None:
    told = offer_writing.tell_after_publishing(request, page)
    return told or activity_writing.tell_after_publishing(request, page)


@hooks.register("before_bulk_action")
def faces_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    return face_writing.refuse_in_bulk(request, action_type, objects)
