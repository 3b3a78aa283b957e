"""Who took part with an organiser: certificates of hours, and of conduct (VOG)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from marketplace.views.organising.base import Desk, at_desk


@at_desk
def organiser_volunteers(desk: Desk) -> HttpResponse:
    """Everybody who took part."""
    return desk.show("desk", desk.way())


@at_desk
def volunteer_certificate(desk: Desk, person: UUID) -> HttpResponse:
    """What somebody did here, to show to others."""
    return desk.show("desk", desk.way())


@at_desk
def conduct_certificates(desk: Desk) -> HttpResponse:
    """Certificates of conduct that were seen."""
    return desk.show("desk", desk.way())
