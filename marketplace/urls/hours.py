"""What the board does about activities and hours."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
