"""Tills, under till/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wallet.views.till import charge, day, tills

urlpatterns: list[URLPattern | URLResolver] = [
    path("", tills.tills, name="tills"),
    path("<uuid:uuid>/", charge.till, name="till"),
    path("<uuid:uuid>/close/", tills.close, name="till_close"),
    path("<uuid:uuid>/day/", day.day, name="till_day"),
    path("<uuid:uuid>/day/<str:on>/", day.day, name="till_day_of"),
    path("<uuid:uuid>/<uuid:asked>/", charge.code, name="till_charge"),
    path("<uuid:uuid>/<uuid:asked>/look/", charge.look, name="till_look"),
    path("<uuid:uuid>/<uuid:asked>/cancel/", charge.cancel, name="till_cancel"),
    path("<uuid:uuid>/<uuid:asked>/refund/", day.refund, name="till_refund"),
]
