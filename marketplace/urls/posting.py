"""Addresses of the market: posting and changing an activity, its shifts, under market/post/."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views.posting import deeds, shifts, templates, writing

urlpatterns: list[URLPattern] = [
    path("weeks/", templates.templates, name="templates"),
    path("weeks/<int:pk>/remove/", templates.template_remove, name="template_remove"),
    path("shift/<uuid:ref>/", shifts.shift_change, name="shift_change"),
    path("shift/<uuid:ref>/cancel/", shifts.shift_cancel, name="shift_cancel"),
    path("<uuid:ref>/", writing.activity_edit, name="activity_edit"),
    path("<uuid:ref>/send/", deeds.activity_send, name="activity_send"),
    path("<uuid:ref>/take-back/", deeds.activity_withdraw, name="activity_withdraw"),
    path("<uuid:ref>/pause/", deeds.activity_pause, name="activity_pause"),
    path("<uuid:ref>/resume/", deeds.activity_resume, name="activity_resume"),
    path("<uuid:ref>/cancel/", deeds.activity_cancel, name="activity_cancel"),
    path("<uuid:ref>/shifts/", shifts.activity_shifts, name="activity_shifts"),
    path("in/<slug:slug>/", writing.activity_new, name="activity_new"),
]
