"""A resident's own pages, under account/."""

from __future__ import annotations

from django.urls import path

from neighbourhoods.views import residency, seats

urlpatterns = [
    path("residency/", residency.residency, name="residency"),
    path("residency/request/", residency.residency_request, name="residency_request"),
    path("residency/code/", residency.residency_code, name="residency_code"),
    path("residency/withdraw/", residency.residency_withdraw, name="residency_withdraw"),
    path("residency/end/", residency.residency_end, name="residency_end"),
    path("seats/<int:pk>/end/", seats.give_up, name="seat_give_up"),
]
