"""The rooms of money in, pots and the treasury at a finance desk, and its overview."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
