"""What a board member does with their own seat."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.refusals import Refusal, refuse
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.operations.seats import end_seat
from neighbourhoods.queries.seats import seats_of
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind


@login_required
@never_cache
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """I leave the board, however I came on it. Sent twice, there is nothing left to give up, and that is fine."""
    seat = get_object_or_404(
        seats_of(person_behind(request)).select_related("neighbourhood", "person"), pk=pk
    )
    today = clock.today()
    if seat.until_on <= today:
        return redirect("residency")
    form = SureForm(posted(request))
    if request.method == "POST":
        try:
            end_seat(seat=seat, on=today, actor=actor_of(request), at=clock.now(), reason="")
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            place = seat.neighbourhood.name
            messages.success(
                request, _("You have given up your seat on the board of %(place)s.") % {"place": place}
            )
            return redirect("residency")
    crumbs = [(_("Your account"), reverse("account")), (_("Where I live"), reverse("residency"))]
    context = {"form": form, "seat": seat, "today": today, "crumbs": crumbs}
    return render(request, "neighbourhoods/account/seat_give_up.html", context)
