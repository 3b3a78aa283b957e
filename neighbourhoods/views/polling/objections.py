"""Objections to the roll at the polling office: each is answered with reasons before the voting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from neighbourhoods.forms.polling import ObjectionAnswerForm
from neighbourhoods.operations.rolls import decide_objection
from neighbourhoods.permissions import is_self
from neighbourhoods.queries.rolls import entry_of, explain, objections_of
from neighbourhoods.states import ObjectionState
from neighbourhoods.views.polling.base import PollingOffice, at_polling_office, roll_of
from neighbourhoods.views.posted import posted


@at_polling_office
def objections(request: HttpRequest, office: PollingOffice, ref: UUID) -> HttpResponse:
    """What people say is wrong with their own entry."""
    found = office.election(ref)
    rows = objections_of(found.roll) if found.roll else []
    return office.show("objections", office.crumbs(found), election=found, objections=rows)


@at_polling_office
def objection(request: HttpRequest, office: PollingOffice, ref: UUID, pk: int) -> HttpResponse:
    """One objection: what the person says, what the roll says, and the answer."""
    found = office.election(ref)
    roll = roll_of(found)
    one = get_object_or_404(objections_of(roll), pk=pk)
    form = ObjectionAnswerForm(posted(request))
    if office.did(form, lambda: decide_objection(objection=one, **form.cleaned_data, **office.by())):
        messages.success(request, _("The objection is answered."))
        return redirect(office.url("polling_objections", ref))
    entry = entry_of(roll, one.person)
    return office.show(
        "objection",
        office.crumbs(found, (_("Objections"), office.url("polling_objections", ref))),
        election=found,
        objection=one,
        entry=entry,
        why=explain(entry),
        is_open=one.state == ObjectionState.FILED,
        is_own=is_self(office.actor, one.person),
        form=form,
    )
