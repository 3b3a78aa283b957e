"""Telling the board that something should not be on its market."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from marketplace.forms.admission import ReportForm
from marketplace.operations.reports import report
from marketplace.queries.offers import offer_at, text_of
from marketplace.states import OfferState
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Ask
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind


@login_required
@never_cache
def offer_report(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What is wrong with it, and a word about it."""
    found = offer_at(ref)
    if found is None or found.state != OfferState.PUBLISHED:
        raise Http404
    show_place(request, found.neighbourhood)
    form = ReportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        owner = person_behind(request).canonical_id
        key = derive_key(scope="market.report", owner=owner, form_id=told["key"])
        try:
            report(
                offer=found, reason=told["reason"], text=told["text"], key=key, actor=actor_of(request), at=clock.now()
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The board will look at it. You get a mail with its answer."))
            return redirect("offer", ref)
    title, page = text_of(found).title, reverse("offer", args=[ref])
    ask = Ask(
        title=_("What is wrong with “%(title)s”?") % {"title": title},
        lead=_("The board looks at it. Whoever offers it does not hear who told it."),
        button=_("Tell the board"),
        back_url=page,
        back=_("Nothing is wrong"),
    )
    context = {"ask": ask, "form": form, "crumbs": [(title, page)]}
    return render(request, "neighbourhoods/boardroom/ask.html", context)
