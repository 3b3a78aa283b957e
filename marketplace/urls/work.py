"""Addresses of the market: what people can do, suggestions, teams, under market/work/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from marketplace.views.work.stub import to_account

TEAM: list[URLPattern | URLResolver] = [
    path("", to_account, name="team"),
    path("ask/", to_account, name="team_ask"),
    path("join/", to_account, name="team_join"),
    path("leave/", to_account, name="team_leave"),
    path("end/", to_account, name="team_end"),
    path("work/", to_account, name="team_work"),
    path("members/<int:pk>/remove/", to_account, name="team_remove"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", to_account, name="work"),
    path("profile/", to_account, name="work_profile"),
    path("profile/remove/", to_account, name="work_profile_remove"),
    path("teams/", to_account, name="teams"),
    path("teams/new/", to_account, name="team_new"),
    path("teams/propose/", to_account, name="team_propose"),
    path("teams/proposals/<uuid:ref>/", to_account, name="team_proposal"),
    path("teams/<uuid:ref>/", include(TEAM)),
    path("<slug:slug>/people/", to_account, name="work_people"),
    path("<slug:slug>/people/<int:pk>/ask/", to_account, name="work_ask"),
]
