"""Addresses of the market: orders, of buyer and seller."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
