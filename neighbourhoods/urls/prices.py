"""What is worth how much: each item with its history, and the price list as data, under vote/prices/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
