"""The municipality and values: guidelines, consent, and what pots may pay for, under vote/guidelines/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
