"""Addresses of the market: looking around, and searches that were saved."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views.browse import feeds, market, saved

urlpatterns: list[URLPattern] = [
    path("", market.market, name="market"),
    path("market.json", feeds.market_json, name="market_json"),
    path("market.atom", feeds.market_feed, name="market_feed"),
    path("in/<slug:slug>/", market.market, name="market_in"),
    path("in/<slug:slug>/market.json", feeds.market_json, name="market_in_json"),
    path("in/<slug:slug>/market.atom", feeds.market_feed, name="market_in_feed"),
    path("searches/", saved.saved_searches, name="saved_searches"),
    path("searches/save/", saved.search_save, name="search_save"),
    path("searches/<uuid:ref>/every/", saved.search_every, name="search_every"),
    path("searches/<uuid:ref>/remove/", saved.search_remove, name="search_remove"),
    path("searches/stop/<str:token>/", saved.search_stop, name="search_stop"),
]
