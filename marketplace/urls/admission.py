"""Addresses of the market: organisations that want to take part."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
