"""Saying that a vote did not go as it should, and what became of that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.forms.vote.matters import AppealForm
from neighbourhoods.models import Appeal
from neighbourhoods.operations.appeals import file_appeal, withdraw_appeal
from neighbourhoods.queries.appeals import OPEN, appeals_of, deadline_of
from neighbourhoods.states import AppealState
from neighbourhoods.views.posted import posted
from neighbourhoods.views.vote.base import Vote, vote_at
from people.acting import actor_of, person_behind
from people.models import Party

PHASES = {
    AppealState.FILED: "half",
    AppealState.ADMITTED: "half",
    AppealState.HEARD: "half",
    AppealState.UPHELD: "done",
}


@login_required
@never_cache
def vote_appeal(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Appeal, see how far it is, or withdraw it."""
    at, person = vote_at(request, ref), person_behind(request)
    is_withdrawal = request.method == "POST" and request.POST.get("step") == "withdraw"
    form = SureForm(posted(request)) if is_withdrawal else AppealForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            if is_withdrawal:
                _withdraw(at, person)
            else:
                _file(at, person, form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("vote_appeal", ref)
    return render(
        request, "neighbourhoods/vote/appeal.html", at.context(form=form, **_state(at, person, form))
    )


def _file(at: Vote, person: Party, values: dict[str, Any]) -> None:
    key = derive_key(scope="vote.appeal", owner=person.canonical_id, form_id=values["key"])
    file_appeal(
        box=at.box, person=person, grounds=values["grounds"], language=get_language() or "nl", key=key,
        actor=actor_of(at.request), at=clock.now(),
    )  # fmt: skip


def _withdraw(at: Vote, person: Party) -> None:
    """Sent twice, there is nothing left to take back, and that is fine."""
    appeal = appeals_of(at.box, person).first()
    if appeal is not None and appeal.state != AppealState.WITHDRAWN:
        withdraw_appeal(appeal=appeal, actor=actor_of(at.request), at=clock.now())


def _state(at: Vote, person: Party, form: Any) -> dict[str, Any]:
    appeal: Appeal | None = appeals_of(at.box, person).first()
    until = deadline_of(at.box)
    is_in_time = until is not None and clock.now() < until
    is_open = appeal is not None and appeal.state in OPEN
    return {
        "appeal": appeal,
        "phase": PHASES.get(AppealState(appeal.state), "no") if appeal else "",
        "until": until if is_in_time else None,
        # What was filled in stays in sight, also when it came too late.
        "may_file": not is_open and (is_in_time or bool(form.errors)),
        "may_withdraw": appeal is not None and appeal.state in {AppealState.FILED, AppealState.ADMITTED},
    }
