"""Addresses of the market: what can be done for coins, under market/activities/."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views.activities import calendar, looking, page

urlpatterns: list[URLPattern] = [
    path("", looking.activities, name="activities"),
    path("in/<slug:slug>/", looking.activities, name="activities_in"),
    path("in/<slug:slug>/calendar.ics", calendar.activities_calendar, name="activities_calendar"),
    path("<uuid:ref>/", page.activity, name="activity"),
    path("<uuid:ref>/choose/", page.activity_choose, name="activity_choose"),
]
