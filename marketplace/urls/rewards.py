"""Maximum amounts, under market/earning/: what may still be earned, what was, and what a municipality confirmed."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views.rewards import amounts, earning, year

urlpatterns: list[URLPattern] = [
    path("", earning.earning, name="earning"),
    path("situation/", earning.situation, name="situation"),
    path("<int:year>/", year.earning_year, name="earning_year"),
    path("<int:year>/pdf/", year.earning_year_pdf, name="earning_year_pdf"),
    path("amounts/<uuid:uuid>/", amounts.reward_years, name="reward_years"),
    path("amounts/<uuid:uuid>/<int:year>/", amounts.reward_year, name="reward_year"),
]
