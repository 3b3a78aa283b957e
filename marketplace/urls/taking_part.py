"""What a participant sees: my activities, one participation, checking in, the own calendar."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views.taking_part import calendar, check_in, consents, deeds, mine, participation, sign_up

urlpatterns: list[URLPattern] = [
    path("", mine.my_activities, name="my_activities"),
    path("shift/<uuid:ref>/", sign_up.sign_up, name="sign_up"),
    path("door/<str:token>/", check_in.check_in, name="check_in"),
    path("calendar/", calendar.my_calendar_link, name="my_calendar_link"),
    path("calendar/<uuid:token>.ics", calendar.my_calendar, name="my_calendar"),
    path("children/", consents.consents, name="consents"),
    path("children/<uuid:child>/<uuid:ref>/", consents.consent_give, name="consent_give"),
    path("children/<uuid:child>/<uuid:ref>/take-back/", consents.consent_withdraw, name="consent_withdraw"),
    path("<uuid:ref>/", participation.participation, name="participation"),
    path("<uuid:ref>/number/", check_in.check_in_pin, name="check_in_pin"),
    path("<uuid:ref>/withdraw/", deeds.participation_withdraw, name="participation_withdraw"),
    path("<uuid:ref>/claim/", deeds.participation_claim, name="participation_claim"),
    path("<uuid:ref>/contest/", deeds.participation_contest, name="participation_contest"),
    path("<uuid:ref>/agree/", deeds.participation_agree, name="participation_agree"),
    path("<uuid:ref>/answer/", deeds.participation_answer, name="participation_answer"),
    path("<uuid:ref>/sign/", deeds.participation_sign, name="participation_sign"),
    path("<uuid:ref>/waive/", deeds.participation_waive, name="participation_waive"),
]
