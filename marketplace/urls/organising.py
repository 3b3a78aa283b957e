"""The desk of an organiser: who comes, hours, pots, months, certificates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from marketplace.views.organising import desk, door, hours, months, people, volunteers, writing

SHIFT: list[URLPattern | URLResolver] = [
    path("", people.shift_people, name="shift_people"),
    path("confirm/", people.shift_confirm, name="shift_confirm"),
    path("here/", people.shift_here, name="shift_here"),
    path("add/", writing.shift_add, name="shift_add"),
    path("message/", writing.shift_message, name="shift_message"),
    path("door/", door.shift_door, name="shift_door"),
    path("door/new/", door.shift_door_new, name="shift_door_new"),
    path("paper/", door.shift_paper, name="shift_paper"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.organise, name="organise"),
    path("shift/<uuid:ref>/", include(SHIFT)),
    path("hours/<uuid:ref>/", hours.organiser_hours, name="organiser_hours"),
    path("hours/<uuid:ref>/give-in/", hours.hours_give_in, name="hours_give_in"),
    path("hours/<uuid:ref>/answer/", hours.hours_answer, name="hours_answer"),
    path("<uuid:party>/", desk.organiser_desk, name="organiser_desk"),
    path("<uuid:party>/months/", months.organiser_months, name="organiser_months"),
    path("<uuid:party>/months.csv", months.organiser_months_csv, name="organiser_months_csv"),
    path("<uuid:party>/pots/", months.organiser_pots, name="organiser_pots"),
    path("<uuid:party>/volunteers/", volunteers.organiser_volunteers, name="organiser_volunteers"),
    path(
        "<uuid:party>/certificate/<uuid:person>/",
        volunteers.volunteer_certificate,
        name="volunteer_certificate",
    ),
    path("<uuid:party>/conduct/", volunteers.conduct_certificates, name="conduct_certificates"),
]
