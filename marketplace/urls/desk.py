"""Addresses of the market: the stall of whoever sells or asks."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views.stall import stall

urlpatterns: list[URLPattern] = [
    path("", stall.stalls, name="stalls"),
    path("<uuid:party>/", stall.stall, name="stall"),
    path("<uuid:party>/orders/", stall.stall_orders, name="stall_orders"),
    path("<uuid:party>/print/", stall.stall_print, name="stall_print"),
]
