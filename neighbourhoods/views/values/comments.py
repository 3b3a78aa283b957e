"""Reactions to a value decision: written with a name; what the board hid, and why, as a file."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from neighbourhoods.forms.values import CommentForm
from neighbourhoods.operations import values as operations
from neighbourhoods.queries.value_csv import write_moderation
from neighbourhoods.queries.value_json import moderation_as_json
from neighbourhoods.views.values.data import as_file
from neighbourhoods.views.values.decision import decision_or_404, show
from people.acting import actor_of, person_behind


@login_required
@never_cache
def value_comment(request: HttpRequest, ref: UUID) -> HttpResponse:
    """React. What is not right yet is said on the page of the decision."""
    decision = decision_or_404(request, ref)
    if request.method != "POST":
        return redirect("value_decision", ref=ref)
    form = CommentForm(request.POST)
    if form.is_valid():
        owner = person_behind(request).canonical_id
        try:
            operations.comment(
                decision=decision,
                text=form.cleaned_data["text"],
                language=get_language() or settings.LANGUAGE_CODE,
                key=derive_key(scope="value.comment", owner=owner, form_id=form.cleaned_data["key"]),
                actor=actor_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Thank you. Everybody can read your reaction."))
            return redirect("value_decision", ref=ref)
    return show(request, decision, form=form)


@require_safe
@never_cache
def value_moderation_csv(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What the board hid and showed again, when and why. Not the words that were hidden, nor whose they were."""
    decision = decision_or_404(request, ref)
    return as_file(decision, write_moderation(moderation_as_json(decision)), "reactions", "csv")
