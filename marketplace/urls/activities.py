"""Activities for everybody: the list, one activity, feeds, signing up."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
