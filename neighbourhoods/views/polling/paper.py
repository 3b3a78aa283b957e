"""Paper ballots at the polling office: entered by two people, one after the other, once the voting is over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from neighbourhoods.forms.paper import PaperForm, paper_form
from neighbourhoods.models import BallotBox
from neighbourhoods.operations.ballots import PaperDiffers, enter_paper
from neighbourhoods.queries.ballots import labels_of
from neighbourhoods.queries.polling import paper_of
from neighbourhoods.states import BoxState
from neighbourhoods.views.polling.base import PollingOffice, at_polling_office, box_of
from neighbourhoods.views.posted import posted


@at_polling_office
@sensitive_post_parameters()
def paper(request: HttpRequest, office: PollingOffice, ref: UUID) -> HttpResponse:
    """Enter all paper ballots. What the first person entered is not kept, so there is nothing to copy from."""
    found = office.election(ref)
    box = box_of(found)
    state = paper_of(box, office.person)
    form = paper_form(posted(request), box=box, number=state.handed_out)
    said: list[str] = []
    if office.did(form, lambda: said.append(_enter(office, box, form))):
        messages.success(request, said[0])
        return redirect(office.url("polling_election", ref))
    return office.show(
        "paper",
        office.crumbs(found),
        election=found,
        paper=state,
        form=form,
        labels=labels_of(box).items(),
        is_over=box.state == BoxState.CLOSED,
        # Only whoever differs from a colleague is asked whether they are sure.
        asks_sure=bool(state.entered_by and form.non_field_errors()) or "is_sure" in request.POST,
    )


def _enter(office: PollingOffice, box: BallotBox, form: PaperForm) -> str:
    """Enter them, and say what comes next.

    :raises PaperDiffers: from what a colleague entered, when this person is not sure yet.
    """
    is_sure = form.cleaned_data["is_sure"]
    try:
        are_in = enter_paper(box=box, choices=form.choices(), is_sure=is_sure, **office.by())
    except PaperDiffers:
        if not is_sure:
            raise
        return _("This differs from what a colleague entered. Now a third person enters the same ballots.")
    if are_in:
        return _("The paper ballots are in the ballot box. They can be counted now.")
    return _("Thank you. Now a colleague enters the same ballots.")
