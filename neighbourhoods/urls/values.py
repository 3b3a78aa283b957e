"""What something is worth: propose, support, react, and a decision with all that led to it, under vote/values/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
