"""Addresses of the market: looking around."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path


def nothing_yet(_request: HttpRequest, slug: str = "") -> HttpResponse:
    """Stands here until the list does."""
    return HttpResponse(slug)


urlpatterns: list[URLPattern] = [
    path("", nothing_yet, name="market"),
    path("in/<slug:slug>/", nothing_yet, name="market_in"),
]
