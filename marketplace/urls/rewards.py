"""What may still be earned, year statements, the maximum amounts of a municipality."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
