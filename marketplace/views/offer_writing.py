"""An offer is written in the admin: what comes before Wagtail's own form, and after publishing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.translation import is_source
from core import clock
from core.actor import Actor
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from marketplace.forms.offer_page import BeginForm
from marketplace.models import Offer, OfferPage
from marketplace.operations.offer_face import begin_page, differs
from marketplace.queries.pages import providers_for
from marketplace.states import OfferState
from marketplace.views.face_writing import frame, login_of, not_in_dutch, place_of, was_not_published
from neighbourhoods.models import Neighbourhood
from people.models import User


def begin(request: HttpRequest, parent: Page) -> HttpResponse:
    """What it is, in whose name, and what it costs; the page itself is written after that. Wagtail has looked already
    whether this editor adds pages here."""
    if elsewhere := not_in_dutch(request, parent):
        return elsewhere
    neighbourhood, user = place_of(parent), login_of(request)
    providers = providers_for(user.person, neighbourhood, clock.today())
    if not providers:
        messages.error(request, _("You write for nobody who is on this market."))
        return redirect("wagtailadmin_explore", parent.pk)
    form = BeginForm(request.POST or None, providers=providers)
    if request.method == "POST" and form.is_valid():
        try:
            page = _begin(form, neighbourhood, user)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("wagtailadmin_pages:edit", page.pk)
    told = {
        "form": form,
        "is_board": providers[0].pk == neighbourhood.party_id,
        **frame(parent, _("New offer")),
    }
    return render(request, "marketplace/admin/offer_begin.html", told)


def tell_after_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say it when publishing did not do what the page says: it was done in bulk, or a moment passed meanwhile."""
    if not isinstance(page, OfferPage) or not is_source(page):
        return None
    offer = Offer.objects.select_related("terms__item").get(pk=page.offer_id)
    if back := was_not_published(request, page):
        return back
    if offer.state == OfferState.PAUSED:
        messages.warning(request, _("The words are published. The offer itself is still off the market."))
    if differs(page, offer):
        messages.warning(
            request,
            _(
                "The words are published. Its terms were changed after they were written, and stay as they are."
            ),
        )
    return None


def _begin(form: BeginForm, neighbourhood: Neighbourhood, user: User) -> OfferPage:
    told = form.cleaned_data
    return begin_page(
        neighbourhood=neighbourhood, direction=told["direction"], kind=told["kind"], category=told["category"],
        provider=told["provider"], title=told["title"], summary=told["summary"], place=told["place"],
        stock=told["stock"], terms=form.terms,
        key=derive_key(scope="offer_page.begin", owner=user.person.canonical_id, form_id=told["key"]),
        actor=Actor(user=user, person=user.person, principal=told["provider"]), user=user, at=clock.now(),
    )  # fmt: skip
