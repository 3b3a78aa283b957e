"""Paper ballots at the polling office: entered by two people, one after the other, once the voting is over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from core.refusals import refuse
from neighbourhoods.forms.paper import PaperForm, paper_form
from neighbourhoods.models import BallotBox
from neighbourhoods.operations.ballots import PaperDiffers, enter_paper
from neighbourhoods.queries.ballots import labels_of
from neighbourhoods.queries.polling import paper_of
from neighbourhoods.states import BoxState
from neighbourhoods.views.polling.base import PollingOffice, at_polling_office, box_of, carried_out
from neighbourhoods.views.posted import posted


@at_polling_office
@sensitive_post_parameters()
def paper(request: HttpRequest, office: PollingOffice, ref: UUID) -> HttpResponse:
    """Enter all paper ballots. What the first person entered is not kept, so there is nothing to copy from."""
    found = office.election(ref)
    box = box_of(found)
    state = paper_of(box, office.person)
    form = paper_form(posted(request), box=box, number=state.handed_out)
    has_differed = False
    if request.method == "POST" and form.is_valid():
        outcome: list[bool] = []
        try:
            done = carried_out(form, lambda: outcome.append(_enter(office, box, form)))
        except PaperDiffers as refusal:
            refuse(form, refusal)
            done, has_differed = False, True
        if done:
            messages.success(request, _said(outcome[0]))
            return redirect(office.url("polling_election", ref))
    return office.show(
        "paper",
        office.crumbs(found),
        election=found,
        paper=state,
        form=form,
        labels=labels_of(box).items(),
        is_over=box.state == BoxState.CLOSED,
        has_differed=has_differed or bool(request.POST.get("is_sure")),
    )


def _enter(office: PollingOffice, box: BallotBox, form: PaperForm) -> bool:
    return enter_paper(box=box, choices=form.choices(), is_sure=form.cleaned_data["is_sure"], **office.by())


def _said(are_in: bool) -> str:
    if are_in:
        return _("The paper ballots are in the ballot box. They can be counted now.")
    return _("Thank you. Now a colleague enters the same ballots.")
