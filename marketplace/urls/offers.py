"""Addresses of the market: one offer, writing one, answering what is wanted."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
