"""The first board: appointed by the municipality, until the residents elect their own."""

from __future__ import annotations

import uuid as uuids
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.refusals import Refusal, refuse
from neighbourhoods.forms.desk import AppointForm, EndSeatForm
from neighbourhoods.models import Neighbourhood, Seat
from neighbourhoods.operations.seats import appoint_seat, end_seat
from neighbourhoods.permissions import is_self
from neighbourhoods.queries.desk import neighbourhoods_of, seats_at
from neighbourhoods.queries.residency import neighbourhood_of
from neighbourhoods.views.desk.base import Desk, at_desk, crumbs
from neighbourhoods.views.posted import posted


@at_desk
def board(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who sits on which board, with the places where nobody sits yet."""
    boards: dict[Neighbourhood, list[Seat]] = {place: [] for place in neighbourhoods_of(desk.municipalities)}
    for seat in seats_at(desk.municipalities, clock.today()):
        boards[seat.neighbourhood].append(seat)
    context = {"boards": boards.items(), "today": clock.today(), "crumbs": crumbs()}
    return render(request, "neighbourhoods/desk/board.html", context)


@at_desk
def appoint(request: HttpRequest, desk: Desk, uuid: uuids.UUID) -> HttpResponse:
    """Give a resident a seat on the board of where they live."""
    person = desk.person(uuid)
    place = neighbourhood_of(person)
    if place is None or place.municipality not in desk.municipalities:
        raise Http404
    actor = desk.actor(place.municipality)
    form = AppointForm(posted(request), initial=_term(clock.today()))
    if request.method == "POST" and form.is_valid():
        try:
            appoint_seat(person=person, neighbourhood=place, actor=actor, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            words = {"name": person.display_name, "place": place.name}
            messages.success(request, _("%(name)s has a seat on the board of %(place)s.") % words)
            return redirect("desk_board")
    context = {
        "form": form,
        "person": person,
        "neighbourhood": place,
        "is_self": is_self(actor, person),
        "crumbs": crumbs(
            (_("People"), reverse("desk_persons")), (person.display_name, reverse("desk_person", args=[uuid]))
        ),
    }
    return render(request, "neighbourhoods/desk/appoint.html", context)


@at_desk
def end(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Somebody leaves the board."""
    seat = get_object_or_404(seats_at(desk.municipalities, clock.today()), pk=pk)
    form = EndSeatForm(posted(request), initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            end_seat(
                seat=seat,
                actor=desk.actor(seat.neighbourhood.municipality),
                at=clock.now(),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s leaves the board.") % {"name": seat.person.display_name})
            return redirect("desk_board")
    context = {"form": form, "seat": seat, "crumbs": crumbs((_("Boards"), reverse("desk_board")))}
    return render(request, "neighbourhoods/desk/seat_end.html", context)


def _term(on: date) -> dict[str, date]:
    """A year to begin with: time to hold elections."""
    return {"from_on": on, "until_on": on.replace(year=on.year + 1, day=min(on.day, 28))}
