"""The desk of an organiser: who comes, hours, pots, months, certificates."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
