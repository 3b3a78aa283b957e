"""Posting and changing an activity, its shifts."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
