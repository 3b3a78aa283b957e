"""What is worth how much: each item with its history, and the price list as data, under vote/prices/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from neighbourhoods.views.values import items, prices

urlpatterns: list[URLPattern | URLResolver] = [
    path("items/<uuid:ref>/", items.valued_item, name="valued_item"),
    path("items/<uuid:ref>/indicate/", items.item_indicate, name="item_indicate"),
    path("<slug:slug>/prices.json", prices.prices_json, name="prices_json"),
    path("<slug:slug>/prices.csv", prices.prices_csv, name="prices_csv"),
    path("<slug:slug>/history.csv", prices.prices_history_csv, name="prices_history_csv"),
    path("<slug:slug>/prices.atom", prices.prices_feed, name="prices_feed"),
]
