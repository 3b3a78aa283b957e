"""Paying, under pay/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wallet.views import pay, pay_request

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pay.pay, name="pay"),
    path("to/<str:address>/", pay.pay_open, name="pay_open"),
    path("request/<uuid:uuid>/", pay_request.pay_request, name="pay_request"),
    path("request/<uuid:uuid>/decline/", pay_request.request_decline, name="request_decline"),
    path("<str:address>/", pay.pay_from, name="pay_from"),
]
