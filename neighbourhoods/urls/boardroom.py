"""The room of the board: meetings, minutes and decisions, under vote/board/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
