from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from home.demo.bank.views import demo_statement
from home.demo.views import demo_people
from home.views.search import search

urlpatterns: list[URLPattern] = [
    path("search/", search, name="search"),
    path("demo/", demo_people, name="demo"),
    path("demo/statement/<slug:slug>/<slug:form>/", demo_statement, name="demo_statement"),
]

if settings.DEBUG:
    from home.style_guide import style_guide

    urlpatterns.append(path("style/", style_guide, name="style_guide"))
