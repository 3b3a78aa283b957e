"""What the board does about values, under vote/board/<neighbourhood>/values/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
