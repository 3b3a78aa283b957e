"""Answering what somebody asks for: for how much one would do it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core import clock
from core.form_keys import derive_key
from marketplace.forms.offer_steps import PlainForm, RespondForm
from marketplace.models import Response
from marketplace.operations.responses import respond, withdraw_response
from marketplace.queries.accounts import account_for
from marketplace.queries.reach import is_within
from marketplace.queries.traders import parties_traded_for
from marketplace.views.offers.base import at_offer, is_done, show
from marketplace.views.offers.shown import Shown, language_of_page
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party


@at_offer
def offer_respond(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Say for how much you would do it, and a word beside it. Only who asks can read that."""
    if not shown.offer.is_demand or shown.is_own:
        raise Http404
    if shown.hindrance or shown.response is not None:
        return redirect("offer", ref=shown.offer.ref)
    form = RespondForm(posted(request), parties=_parties(shown))
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _respond(shown, form)):
        name = shown.offer.provider.display_name
        messages.success(
            request,
            _("%(name)s can read your answer now. You get a mail when it is chosen.") % {"name": name},
        )
        return redirect("offer", ref=shown.offer.ref)
    return show(shown, "respond", form=form)


@at_offer
def offer_unrespond(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Take one's answer back, as long as it was not chosen."""
    response = shown.response
    if response is None:
        raise Http404
    form = PlainForm(posted(request))
    if request.method == "POST":
        actor = actor_of(request, principal=response.responder)
        if is_done(form, lambda: withdraw_response(response=response, actor=actor, at=clock.now())):
            messages.success(request, _("You took your answer back."))
            return redirect("offer", ref=shown.offer.ref)
    return show(shown, "deed", form=form, title=_("Take your answer back?"), act=_("Take it back"),
                lead=_("Who asked then no longer sees it. You can answer again."))  # fmt: skip


def _respond(shown: Shown, form: RespondForm) -> Response:
    said, responder = form.cleaned_data, form.responder()
    owner = person_behind(shown.request).canonical_id
    return respond(
        offer=shown.offer,
        responder=responder,
        amount=said["amount"],
        text=said["text"],
        language=language_of_page(),
        key=derive_key(scope="offer.respond", owner=owner, form_id=said["key"]),
        actor=actor_of(shown.request, principal=responder),
        at=clock.now(),
    )


def _parties(shown: Shown) -> list[Party]:
    """In whose name somebody can answer this: who has an account here and is within its reach."""
    terms, today = shown.terms, clock.today()
    assert terms is not None  # noqa: S101 - whatever is on the market has terms
    return [
        party
        for party in parties_traded_for(person_behind(shown.request), today)
        if account_for(party, shown.coin) is not None and is_within(party, terms, today)
    ]
