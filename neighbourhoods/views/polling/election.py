"""One election at the polling office: its days, and the steps that are not taken by the clock."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core import clock
from core.form_keys import derive_key
from neighbourhoods.forms.polling import ElectionForm, ExtendForm, WhyForm
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Election, Subject
from neighbourhoods.operations.ballots import extend_box
from neighbourhoods.operations.elections import (
    ElectionDates,
    announce,
    cancel,
    change_draft,
    draft_election,
    freeze,
    suggest_dates,
)
from neighbourhoods.queries.ballots import turnout
from neighbourhoods.queries.elections import cancelled_because
from neighbourhoods.queries.policies import NoPolicy, policy_for
from neighbourhoods.queries.polling import meetings_to_come, numbers_of, paper_of
from neighbourhoods.states import ELECTION, ElectionState
from neighbourhoods.views.decisions import steps_of
from neighbourhoods.views.polling.base import Ask, PollingOffice, at_polling_office, box_of
from neighbourhoods.views.posted import posted

USUAL_SEATS = 5  # what a draft begins with; the office chooses
OFF = (ElectionState.CANCELLED, ElectionState.ANNULLED)
VOTED_ON = (ElectionState.VOTING, ElectionState.CLOSED, ElectionState.COUNTED)


@at_polling_office
def election(request: HttpRequest, office: PollingOffice, ref: UUID) -> HttpResponse:
    """How far an election is, and what can be done with it now. During the voting: how many voted, never what."""
    found = office.election(ref)
    return office.show(
        "election",
        office.crumbs(None, (_("Elections"), office.url("polling_elections"))),
        election=found,
        numbers=numbers_of(found),
        voted=turnout(found.box) if found.box and found.state in VOTED_ON else None,
        paper=paper_of(found.box, office.person) if found.box and found.state in VOTED_ON else None,
        steps=steps_of(found),
        may_cancel=(found.state, "cancel") in ELECTION.moves and not found.called_by_id,
        nominations_over=clock.now() >= found.nominations_until,
        may_freeze=clock.now() >= found.freezes_at,
        reason=cancelled_because(found) if found.state in OFF else "",
    )


@at_polling_office
def draft(request: HttpRequest, office: PollingOffice) -> HttpResponse:
    """A new election, with the first days that the rules allow filled in. Nobody else sees it yet."""
    form = _form(request, office, _first_days(office))
    made: list[Election] = []
    if office.did(form, lambda: made.append(_draft(office, form))):
        messages.success(request, _("The draft is kept. Only the polling office sees it."))
        return redirect(office.url("polling_election", made[0].ref))
    return office.show("draft", office.crumbs(), form=form)


@at_polling_office
def change(request: HttpRequest, office: PollingOffice, ref: UUID) -> HttpResponse:
    """Change a draft. What was announced stays as it is."""
    found = office.election(ref)
    if found.state != ElectionState.DRAFT:
        raise Http404
    form = _form(request, office, {name: getattr(found, name) for name in NAMES})
    if office.did(form, lambda: change_draft(election=found, values=_dates(form), **office.by())):
        messages.success(request, _("The draft is changed."))
        return redirect(office.url("polling_election", ref))
    return office.show("draft", office.crumbs(found), form=form, election=found)


@at_polling_office
def announce_it(request: HttpRequest, office: PollingOffice, ref: UUID) -> HttpResponse:
    """Make a draft public."""
    found = office.election(ref)
    form = SureForm(posted(request))
    if office.did(form, lambda: announce(election=found, **office.by())):
        messages.success(request, _("The election is announced. Everybody can see it."))
        return redirect(office.url("polling_election", ref))
    ask = Ask(
        title=_("Announce %(title)s?") % {"title": found.title},
        lead=_("From now on everybody sees it. Its days and its rules then stay as they are."),
        button=_("Announce this election"),
        back=_("Not yet"),
        back_url=office.url("polling_election", ref),
    )
    return office.ask(ask, form, office.crumbs(found))


@at_polling_office
def cancel_it(request: HttpRequest, office: PollingOffice, ref: UUID) -> HttpResponse:
    """Call an election off, before anybody voted."""
    found = office.election(ref)
    form = WhyForm(posted(request))
    if office.did(form, lambda: cancel(election=found, **form.cleaned_data, **office.by())):
        messages.success(request, _("The election is cancelled."))
        return redirect(office.url("polling_election", ref))
    ask = Ask(
        title=_("Cancel %(title)s?") % {"title": found.title},
        lead=_("There is no way back. Everybody can read why."),
        button=_("Cancel this election"),
        back=_("Let it go on"),
        back_url=office.url("polling_election", ref),
    )
    return office.ask(ask, form, office.crumbs(found))


@at_polling_office
def freeze_it(request: HttpRequest, office: PollingOffice, ref: UUID) -> HttpResponse:
    """Fix who stands and who may vote."""
    found = office.election(ref)
    form = SureForm(posted(request))
    if office.did(form, lambda: freeze(election=found, **office.by())):
        messages.success(request, _("The candidates and the roll are fixed."))
        return redirect(office.url("polling_election", ref))
    ask = Ask(
        title=_("Fix the candidates and the roll?"),
        lead=_("After this nobody can be added or taken away any more, neither candidates nor voters."),
        button=_("Fix the candidates and the roll"),
        back=_("Not yet"),
        back_url=office.url("polling_election", ref),
    )
    return office.ask(ask, form, office.crumbs(found))


@at_polling_office
def extend(request: HttpRequest, office: PollingOffice, ref: UUID) -> HttpResponse:
    """More time to vote, while the voting still goes on."""
    found = office.election(ref)
    box = box_of(found)
    form = ExtendForm(posted(request), initial={"closes_at": box.closes_at + timedelta(days=1)})
    if office.did(form, lambda: extend_box(box=box, **form.cleaned_data, **office.by())):
        messages.success(request, _("There is more time to vote."))
        return redirect(office.url("polling_election", ref))
    ask = Ask(
        title=_("More time to vote?"),
        lead=_("Do this when people could not vote for a while. Everybody can read why."),
        button=_("Give more time"),
        back=_("Leave it as it is"),
        back_url=office.url("polling_election", ref),
    )
    return office.ask(ask, form, office.crumbs(found))


NAMES = tuple(field.name for field in fields(ElectionDates))


def _form(request: HttpRequest, office: PollingOffice, initial: dict[str, Any]) -> ElectionForm:
    meetings = meetings_to_come(office.neighbourhood, clock.now())
    return ElectionForm(posted(request), initial=initial, meetings=meetings)


def _dates(form: ElectionForm) -> ElectionDates:
    """What the form says; when it asked for no meeting, there is none."""
    return ElectionDates(**{name: value for name, value in form.cleaned_data.items() if name != "key"})


def _draft(office: PollingOffice, form: ElectionForm) -> Election:
    key = derive_key(
        scope="election.draft", owner=office.person.canonical_id, form_id=form.cleaned_data["key"]
    )
    return draft_election(neighbourhood=office.neighbourhood, values=_dates(form), key=key, **office.by())


def _first_days(office: PollingOffice) -> dict[str, Any]:
    """Nominations from tomorrow, and all that follows as soon as the rules allow. Nothing when there are no rules yet:
    keeping the draft then says so."""
    try:
        policy = policy_for(office.neighbourhood, Subject.ELECTION)
    except NoPolicy:
        return {}
    tomorrow = clock.today() + timedelta(days=1)
    return asdict(suggest_dates(policy, title="", seats=USUAL_SEATS, from_on=tomorrow))
