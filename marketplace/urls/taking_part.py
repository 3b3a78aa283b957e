"""What a participant sees: my activities, one participation, checking in, the own calendar."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
