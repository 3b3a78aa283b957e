"""Standing for election: who stands, standing oneself, nominating a neighbour, saying yes or no to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from secrets import SystemRandom
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.refusals import Refusal, refuse
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.forms.standing import NominateForm, StandForm
from neighbourhoods.models import Election, Nomination
from neighbourhoods.operations import elections
from neighbourhoods.operations.nominating import nominate_by_address
from neighbourhoods.queries.elections import (
    OPEN_NOMINATION,
    announced_elections,
    candidates_of,
    nominations_of_person,
)
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.queries.voting import page_of_election
from neighbourhoods.states import ElectionState, NominationState
from neighbourhoods.views.posted import posted
from neighbourhoods.views.vote.base import place_frame
from people.acting import actor_of, person_behind
from people.models import Party

ALONG = (
    "roll", "policy", "box", "neighbourhood__coin", "neighbourhood__logo",
    "neighbourhood__municipality__organisation_details",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """An election before the voting, as one visitor sees it."""

    request: HttpRequest
    election: Election
    person: Party | None

    @property
    def own(self) -> Nomination | None:
        """Their nomination that still counts."""
        if self.person is None:
            return None
        found = nominations_of_person(self.election, self.person).filter(state__in=OPEN_NOMINATION)
        return found.select_related("candidate", "proposed_by__person_details").first()

    @property
    def rejected(self) -> Nomination | None:
        """Their last nomination, when the polling office kept it off the ballot: they read why."""
        if self.person is None or self.own is not None:
            return None
        last = nominations_of_person(self.election, self.person).order_by("-pk").first()
        return last if last and last.state == NominationState.REJECTED else None

    @property
    def lives_here(self) -> bool:
        return self.person is not None and lives_in(self.person, self.election.neighbourhood)

    @property
    def is_open(self) -> bool:
        """Whether residents can stand and nominate now."""
        is_time = self.election.nominations_from <= clock.now() < self.election.nominations_until
        return is_time and self.election.state == ElectionState.NOMINATIONS

    @property
    def can_answer(self) -> bool:
        """Whether a candidate can still say yes or no, and change their words."""
        return self.election.state == ElectionState.NOMINATIONS and clock.now() < self.election.freezes_at

    def by(self) -> dict[str, Any]:
        return {"actor": actor_of(self.request), "at": clock.now()}

    def show(self, template: str, **more: Any) -> HttpResponse:
        """A page about this election, in the frame of its neighbourhood."""
        place = self.election.neighbourhood
        face = page_of_election(self.election, get_language() or settings.LANGUAGE_CODE)
        own_page = reverse("election_nominations", args=[self.election.ref])
        crumbs = [(self.election.title, face.get_url(self.request))] if face else []
        if template != "nominations":
            crumbs.append((_("Who stands"), own_page))
        context = {"place": place_frame(place, self.request), "standing": self, "election": self.election}
        words = {
            "neighbourhood": place,
            "crumbs": crumbs,
            "face_url": face.get_url(self.request) if face else "",
        }
        return render(self.request, f"neighbourhoods/standing/{template}.html", {**context, **words, **more})


@never_cache
def nominations(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Who stands so far, and what the visitor can do: stand, nominate, answer. Everybody may look."""
    at = _at(request, ref)
    found = list(candidates_of(at.election))
    SystemRandom().shuffle(found)  # no order that helps anybody
    return at.show("nominations", candidates=found, own=at.own, rejected=at.rejected)


@login_required
@never_cache
def stand(request: HttpRequest, ref: UUID) -> HttpResponse:
    """I stand: by myself, or because somebody nominated me."""
    at, person = _at(request, ref), person_behind(request)
    own = at.own
    if own is not None and own.state != NominationState.PROPOSED:
        return redirect("election_nominations", ref=ref)
    form = StandForm(posted(request))
    if request.method == "POST" and form.is_valid():
        words = {**form.cleaned_data, "language": _language()}

        def deed() -> object:
            if own is not None:
                return elections.accept(nomination=own, **words, **at.by())
            return elections.stand(election=at.election, person=person, **words, **at.by())

        if _done(form, deed):
            messages.success(request, _("You stand for election. Everybody can read your words now."))
            return redirect("election_nominations", ref=ref)
    return at.show("stand", form=form, own=own)


@login_required
@never_cache
def words(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Change what I say of myself, until the candidates are fixed."""
    at = _at(request, ref)
    own = at.own
    if own is None or own.state != NominationState.ACCEPTED:
        raise Http404
    now = {name: getattr(own, name) for name in ("statement", "interests", "has_no_interests")}
    form = StandForm(posted(request), initial=now)
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "language": _language()}
        if _done(form, lambda: elections.change_statement(nomination=own, **said, **at.by())):
            messages.success(request, _("Your words are changed."))
            return redirect("election_nominations", ref=ref)
    return at.show("words", form=form)


@login_required
@never_cache
def withdraw(request: HttpRequest, ref: UUID) -> HttpResponse:
    """I do not stand (any more). Sent twice, there is nothing left to withdraw, and that is fine."""
    at = _at(request, ref)
    own = at.own
    if own is None:
        return redirect("election_nominations", ref=ref)
    form = SureForm(posted(request))
    if request.method == "POST" and _done(
        form, lambda: elections.withdraw_nomination(nomination=own, **at.by())
    ):
        messages.success(request, _("You are no candidate."))
        return redirect("election_nominations", ref=ref)
    return at.show("withdraw", form=form, own=own, is_asked=own.state == NominationState.PROPOSED)


@login_required
@never_cache
def nominate(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Nominate a neighbour by e-mail address. The answer is the same whoever has it."""
    at, person = _at(request, ref), person_behind(request)
    form = NominateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = {"email": form.cleaned_data["email"], "by": person, "language": _language()}
        if _done(form, lambda: nominate_by_address(election=at.election, **said, **at.by())):
            messages.success(
                request, _("Thank you. If this is somebody who can stand, we ask them. They decide.")
            )
            return redirect("election_nominations", ref=ref)
    return at.show("nominate", form=form)


def _at(request: HttpRequest, ref: UUID) -> Standing:
    """:raises Http404: for a draft, which only the polling office knows, as for no election at all."""
    found = announced_elections().select_related(*ALONG)
    person = person_behind(request) if request.user.is_authenticated else None
    return Standing(request, get_object_or_404(found, ref=ref), person)


def _done(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Whether it was done; if not, the form says why."""
    try:
        deed()
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def _language() -> str:
    """The language that somebody writes in: that of the page before them."""
    return get_language() or settings.LANGUAGE_CODE
