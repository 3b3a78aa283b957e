"""Which desks somebody has, and what waits at one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from marketplace.views.organising.base import Desk, at_desk
from people.acting import person_behind


@login_required
@never_cache
def organise(request: HttpRequest) -> HttpResponse:
    """Whose desk?"""
    return redirect("organiser_desk", person_behind(request).uuid)


@at_desk
def organiser_desk(desk: Desk) -> HttpResponse:
    """What waits first; then what comes."""
    return desk.show("desk", desk.crumbs())
