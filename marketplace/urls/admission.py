"""Addresses of the market: organisations that want to take part, under market/admission/."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views import admission

urlpatterns: list[URLPattern] = [
    path("", admission.admissions, name="admissions"),
    path("<uuid:ref>/", admission.admission, name="admission"),
    path("<uuid:ref>/take-back/", admission.admission_withdraw, name="admission_withdraw"),
    path("<slug:slug>/", admission.admission_request, name="admission_request"),
]
