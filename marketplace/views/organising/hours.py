"""One participation, as its organiser sees it: confirming singly, and disagreements."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


@login_required
def organiser_hours(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The hours of somebody."""
    raise Http404
