"""A chair of the board fell empty, and the votes say whose turn it is: they answer here, yes or no.

The polling office can also write the answer down, for who has no login (`views.polling.seats`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.refusals import Refusal, refuse
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Election, Nomination
from neighbourhoods.operations.elections import candidate_declines, install
from neighbourhoods.operations.elections.vacancies import DAYS_TO_ANSWER
from neighbourhoods.queries.elections import (
    asked_at,
    board_sits_until,
    declined,
    nominations_of_person,
    vacancies,
)
from neighbourhoods.queries.seats import seats_of
from neighbourhoods.states import ElectionState, NominationState
from neighbourhoods.views.posted import posted
from neighbourhoods.views.vote.base import place_frame
from people.acting import actor_of, person_behind

ALONG = (
    "box", "neighbourhood__coin", "neighbourhood__logo", "neighbourhood__municipality__organisation_details",
)  # fmt: skip


@login_required
@never_cache
def offered(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Do I want the seat? Yes is sent here; no has a page of its own. Sent twice, I sit already, and that is fine."""
    election, own, asked = _asked_or_404(request, ref)
    if asked is None:
        return _answered(election, own)
    form = SureForm(posted(request))
    if request.method == "POST" and _done(
        form, lambda: install(nomination=own, actor=actor_of(request), at=clock.now())
    ):
        messages.success(request, _("You are on the board. Thank you!"))
        return redirect("boardroom", slug=election.neighbourhood.slug)
    return _show(request, "seat_offered", election, asked, form)


@login_required
@never_cache
def turn_down(request: HttpRequest, ref: UUID) -> HttpResponse:
    """No, thank you. Sent twice, it is written down already."""
    election, own, asked = _asked_or_404(request, ref)
    if asked is None:
        return _answered(election, own)
    form = SureForm(posted(request))
    if request.method == "POST" and _done(
        form, lambda: candidate_declines(nomination=own, actor=actor_of(request), at=clock.now())
    ):
        messages.success(request, _("It is written down. Thank you for your answer."))
        return _answered(election, own)
    return _show(request, "seat_turn_down", election, asked, form)


def _asked_or_404(request: HttpRequest, ref: UUID) -> tuple[Election, Nomination, datetime | None]:
    """The election, the visitor's own candidature, and since when they are asked; None when they have answered.

    :raises Http404: to everybody who was never asked.
    """
    found = Election.objects.filter(state=ElectionState.FINAL).select_related(*ALONG)
    election = get_object_or_404(found, ref=ref)
    on_ballot = nominations_of_person(election, person_behind(request)).filter(
        state=NominationState.ON_BALLOT
    )
    own = on_ballot.select_related("candidate", "election__neighbourhood").first()
    if own is None:
        raise Http404
    asked = asked_at(own)
    if asked is None and own.pk not in declined(election):
        raise Http404
    return election, own, None if _sat(own) else asked


def _sat(own: Nomination) -> bool:
    return seats_of(own.candidate).filter(election=own.election_id).exists()


def _answered(election: Election, own: Nomination) -> HttpResponseRedirect:
    """Who sits goes to work; who said no reads what the votes came to."""
    here = seats_of(own.candidate).in_force(clock.today()).filter(neighbourhood=election.neighbourhood_id)
    if here.exists():
        return redirect("boardroom", slug=election.neighbourhood.slug)
    return redirect("vote_result", ref=election.box.ref) if election.box else redirect("votes")


def _done(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Whether it was done; if not, the form says why."""
    try:
        deed()
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def _show(
    request: HttpRequest, template: str, election: Election, asked: datetime, form: BaseForm
) -> HttpResponse:
    place = election.neighbourhood
    empty = {one.election.pk for one in vacancies(place, clock.today())}
    context = {
        "place": place_frame(place, request), "crumbs": [(_("Voting"), reverse("votes"))], "election": election,
        "neighbourhood": place, "form": form, "answer_by": asked + DAYS_TO_ANSWER,
        "until_on": board_sits_until(election), "is_empty": election.pk in empty,
    }  # fmt: skip
    return render(request, f"neighbourhoods/standing/{template}.html", context)
