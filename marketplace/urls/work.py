"""Addresses of the market: what people can do, what suits them, teams; under market/work/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from marketplace.views.work import mine, people, proposals, teams

TEAM: list[URLPattern | URLResolver] = [
    path("", teams.team, name="team"),
    path("ask/", teams.team_ask, name="team_ask"),
    path("join/", teams.team_join, name="team_join"),
    path("leave/", teams.team_leave, name="team_leave"),
    path("end/", teams.team_end, name="team_end"),
    path("work/", teams.team_work, name="team_work"),
    path("members/<int:pk>/remove/", teams.team_remove, name="team_remove"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", mine.work, name="work"),
    path("profile/", mine.work_profile, name="work_profile"),
    path("profile/remove/", mine.work_profile_remove, name="work_profile_remove"),
    path("teams/", teams.teams, name="teams"),
    path("teams/new/", teams.team_new, name="team_new"),
    path("teams/propose/", proposals.team_propose, name="team_propose"),
    path("teams/proposals/<uuid:ref>/", proposals.team_proposal, name="team_proposal"),
    path("teams/<uuid:ref>/", include(TEAM)),
    path("<slug:slug>/people/", people.work_people, name="work_people"),
    path("<slug:slug>/people/<int:pk>/ask/", people.work_ask, name="work_ask"),
]
