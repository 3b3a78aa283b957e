"""Addresses of the market: the board of a market."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
