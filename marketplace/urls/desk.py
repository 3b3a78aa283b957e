"""Addresses of the market: the desk of whoever sells or asks."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
