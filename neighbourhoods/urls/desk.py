"""The desk of a municipality, under desk/."""

from __future__ import annotations

from django.urls import path

from neighbourhoods.views.desk import board, letters, persons, requests

urlpatterns = [
    path("", requests.desk, name="desk"),
    path("residencies/", requests.residencies, name="desk_residencies"),
    path("residencies/<int:pk>/", requests.residency, name="desk_residency"),
    path("residencies/<int:pk>/attest/", requests.attest, name="desk_attest"),
    path("residencies/<int:pk>/refuse/", requests.refuse_it, name="desk_refuse"),
    path("residencies/<int:pk>/end/", requests.end, name="desk_end"),
    path("letters/<int:pk>/", letters.letter, name="desk_letter"),
    path("persons/", persons.persons, name="desk_persons"),
    path("persons/add/", persons.add, name="desk_add_person"),
    path("persons/<uuid:uuid>/", persons.person, name="desk_person"),
    path("persons/<uuid:uuid>/birthday/", persons.birthday, name="desk_birthday"),
    path("persons/<uuid:uuid>/same-as/<uuid:other>/", persons.link, name="desk_link"),
    path("persons/<uuid:uuid>/unlink/", persons.unlink, name="desk_unlink"),
    path("persons/<uuid:uuid>/appoint/", board.appoint, name="desk_appoint"),
    path("board/", board.board, name="desk_board"),
    path("board/<int:pk>/end/", board.end, name="desk_seat_end"),
]
