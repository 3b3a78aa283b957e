"""A value decision for everybody: its page, supporting it, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from core.refusals import Refusal, refuse
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.forms.values import TakeBackForm
from neighbourhoods.models import ValueDecision, ValueDecisionPage
from neighbourhoods.operations import values as operations
from neighbourhoods.queries.value_record import record_of
from neighbourhoods.queries.values import decision_at
from neighbourhoods.views.posted import posted
from neighbourhoods.views.values.shown import check_may_see, crumbs_of, shown, visitor_of
from neighbourhoods.views.values.told import verdict_of
from neighbourhoods.views.vote.base import place_frame
from people.acting import actor_of

# Does one thing, and gives the words to say about it.
Deed = Callable[[ValueDecision, dict[str, Any]], str]


@require_safe
@never_cache
def value_decision(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What is proposed or decided, and how it came about. Once it has a page in the tree, that page."""
    decision = decision_or_404(request, ref)
    page = page_of_decision(decision)
    if page is not None and (url := page.get_url(request)):
        return redirect(url)
    return show(request, decision)


@login_required
@never_cache
def value_support(request: HttpRequest, ref: UUID) -> HttpResponse:
    """I support it."""

    def deed(decision: ValueDecision, by: dict[str, Any]) -> str:
        is_enough = operations.support(decision=decision, **by)
        if is_enough:
            return _("You support this proposal. It is on the agenda now.")
        return _("You support this proposal.")

    return _act(request, ref, deed)


@login_required
@never_cache
def value_unsupport(request: HttpRequest, ref: UUID) -> HttpResponse:
    """I do not support it any more."""

    def deed(decision: ValueDecision, by: dict[str, Any]) -> str:
        operations.take_back_support(decision=decision, **by)
        return _("You do not support this proposal any more.")

    return _act(request, ref, deed)


@login_required
@never_cache
def value_withdraw(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Whoever proposed it takes it back, and says why. For anybody else there is no such page."""
    decision = decision_or_404(request, ref)
    if not visitor_of(request, decision).is_own:
        raise Http404
    form = TakeBackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw(
                decision=decision, reason=form.cleaned_data["reason"], actor=actor_of(request), at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your proposal is taken back."))
            return redirect("value_decision", ref=ref)
    record = record_of(decision, clock.today())
    context = {"form": form, "decision": decision, "verdict": verdict_of(record), **frame(request, decision)}
    return render(request, "neighbourhoods/values/withdraw.html", context)


def decision_or_404(request: HttpRequest, ref: UUID) -> ValueDecision:
    """:raises Http404: when there is none, and for a draft to whoever does not sit on the board."""
    decision = decision_at(ref)
    if decision is None:
        raise Http404
    check_may_see(request, decision)
    return decision


def page_of_decision(decision: ValueDecision) -> ValueDecisionPage | None:
    """Its page in the language of the moment, when it is live."""
    language = get_language() or settings.LANGUAGE_CODE
    return ValueDecisionPage.objects.live().filter(decision=decision, locale__language_code=language).first()


def show(request: HttpRequest, decision: ValueDecision, *, form: BaseForm | None = None) -> HttpResponse:
    """The page outside the tree: before there is one in it, and with the errors of a form that was sent from it."""
    context = {**shown(decision, request, form=form), **frame(request, decision)}
    return render(request, "neighbourhoods/values/decision.html", context)


def frame(request: HttpRequest, decision: ValueDecision) -> dict[str, Any]:
    return {
        "place": place_frame(decision.neighbourhood, request),
        "neighbourhood": decision.neighbourhood,
        "crumbs": crumbs_of(decision, request),
    }


def _act(request: HttpRequest, ref: UUID, deed: Deed) -> HttpResponse:
    """Do what a single button asks. What was refused is said on top of the page."""
    decision = decision_or_404(request, ref)
    if request.method != "POST":
        return redirect("value_decision", ref=ref)
    form = SureForm(request.POST)
    try:
        said = deed(decision, {"actor": actor_of(request), "at": clock.now()})
    except Refusal as refusal:
        refuse(form, refusal)
        return show(request, decision_or_404(request, ref), form=form)
    messages.success(request, said)
    return redirect("value_decision", ref=ref)
