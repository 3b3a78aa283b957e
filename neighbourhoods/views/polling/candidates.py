"""The candidates of an election at the polling office: who was put forward, and whether they qualify."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from neighbourhoods.forms.polling import WhyForm
from neighbourhoods.models import Nomination
from neighbourhoods.operations.elections import reject
from neighbourhoods.permissions import is_self
from neighbourhoods.queries.polling import nominations_in
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.states import NOMINATION, ElectionState
from neighbourhoods.views.polling.base import Ask, PollingOffice, at_polling_office
from neighbourhoods.views.posted import posted


@at_polling_office
def candidates(request: HttpRequest, office: PollingOffice, ref: UUID) -> HttpResponse:
    """Everybody who was put forward, and what became of it."""
    found = office.election(ref)
    return office.show("candidates", office.crumbs(found), election=found, nominations=nominations_in(found))


@at_polling_office
def candidate(request: HttpRequest, office: PollingOffice, ref: UUID, candidate: UUID) -> HttpResponse:
    """One of them: their own words, and whether they live here."""
    found = office.election(ref)
    nomination = get_object_or_404(nominations_in(found), ref=candidate)
    is_open = found.state == ElectionState.NOMINATIONS and (nomination.state, "reject") in NOMINATION.moves
    is_own = is_self(office.actor, nomination.candidate)
    return office.show(
        "candidate",
        office.crumbs(found, (_("Candidates"), office.url("polling_candidates", ref))),
        election=found,
        nomination=nomination,
        interests=nomination.interests.splitlines(),
        lives_here=lives_in(nomination.candidate, found.neighbourhood),
        is_own=is_own,
        may_reject=is_open and not is_own,
    )


@at_polling_office
def reject_it(request: HttpRequest, office: PollingOffice, ref: UUID, candidate: UUID) -> HttpResponse:
    """Keep somebody off the ballot, with a reason."""
    found = office.election(ref)
    nomination: Nomination = get_object_or_404(nominations_in(found), ref=candidate)
    form = WhyForm(posted(request))
    if office.did(form, lambda: reject(nomination=nomination, **form.cleaned_data, **office.by())):
        name = nomination.candidate.display_name
        messages.success(request, _("%(name)s is no candidate.") % {"name": name})
        return redirect(office.url("polling_candidates", ref))
    ask = Ask(
        title=_("Keep %(name)s off the ballot?") % {"name": nomination.candidate.display_name},
        lead=_("Only for somebody who may not stand. The candidate reads why."),
        button=_("Keep off the ballot"),
        back=_("Leave it as it is"),
        back_url=office.url("polling_candidate", ref, candidate),
    )
    return office.ask(ask, form, office.crumbs(found))
