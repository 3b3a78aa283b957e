"""What a participant sees: my activities, one participation, checking in, the own calendar."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views.taking_part.soon import soon

urlpatterns: list[URLPattern] = [
    path("", soon, name="my_activities"),
    path("shift/<uuid:ref>/", soon, name="sign_up"),
    path("door/<str:token>/", soon, name="check_in"),
    path("calendar/", soon, name="my_calendar_link"),
    path("calendar/<uuid:token>.ics", soon, name="my_calendar"),
    path("children/", soon, name="consents"),
    path("children/<uuid:child>/<uuid:ref>/", soon, name="consent_give"),
    path("children/<uuid:child>/<uuid:ref>/take-back/", soon, name="consent_withdraw"),
    path("<uuid:ref>/", soon, name="participation"),
    path("<uuid:ref>/number/", soon, name="check_in_pin"),
    path("<uuid:ref>/withdraw/", soon, name="participation_withdraw"),
    path("<uuid:ref>/claim/", soon, name="participation_claim"),
    path("<uuid:ref>/contest/", soon, name="participation_contest"),
    path("<uuid:ref>/agree/", soon, name="participation_agree"),
    path("<uuid:ref>/answer/", soon, name="participation_answer"),
    path("<uuid:ref>/sign/", soon, name="participation_sign"),
]
