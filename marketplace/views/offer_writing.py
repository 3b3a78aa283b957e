"""An offer is written in the admin: what comes before Wagtail's own form, and after publishing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from marketplace.operations.publishing import refusal_to_publish
from marketplace.queries.pages import providers_for
from marketplace.states import OfferState
from neighbourhoods.models import Neighbourhood, NeighbourhoodPage
from people.models import User


def begin(request: HttpRequest, parent: Page) -> HttpResponse:
    """What it is, in whose name, and what it costs; the page itself is written after that. Wagtail has looked already
    whether this editor adds pages here."""
    if parent.locale.language_code != settings.LANGUAGE_CODE:
        messages.error(request, _("Begin in Dutch. The page in the other language follows by itself."))
        return redirect("wagtailadmin_explore", parent.pk)
    neighbourhood, user = _place_of(parent), _login(request)
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
    told = {"form": form, "is_board": providers[0].pk == neighbourhood.party_id, **_frame(parent)}
    return render(request, "marketplace/admin/offer_begin.html", told)


def tell_after_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say it when publishing did not do what the page says: it was done in bulk, or a moment passed meanwhile."""
    if not isinstance(page, OfferPage) or not is_source(page):
        return None
    offer = Offer.objects.select_related("terms__item").get(pk=page.offer_id)
    if offer.state not in {OfferState.PUBLISHED, OfferState.PAUSED}:
        if page.approved_schedule:
            return None
        messages.error(request, _("This was not published. Look at what is said beside the fields."))
        return redirect("wagtailadmin_pages:edit", page.pk)
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


def refuse_in_bulk(request: HttpRequest, action_type: str, objects: Sequence[Any]) -> HttpResponse | None:
    """Publishing many pages at once passes their forms by: what the form of one would refuse is asked here."""
    if action_type != "publish":
        return None
    user, at = _login(request), clock.now()
    for page in (one.specific for one in objects if isinstance(one, Page)):
        revision = page.get_latest_revision() if isinstance(page, OfferPage) and is_source(page) else None
        if revision is None:
            continue
        actor = Actor(user=user, person=user.person, principal=user.person)
        refusal = refusal_to_publish(
            page=revision.as_object(), written_at=revision.created_at, actor=actor, at=at
        )
        if refusal is not None:
            messages.error(request, f"{page.title}: {refusal}")
            return redirect("wagtailadmin_pages:edit", page.pk)
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


def _place_of(parent: Page) -> Neighbourhood:
    front = NeighbourhoodPage.objects.ancestor_of(parent).select_related("neighbourhood__party").first()
    if front is None:
        raise Http404
    return front.neighbourhood


def _login(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _frame(parent: Page) -> dict[str, Any]:
    """What Wagtail's own header needs."""
    title = _("New offer")
    above = {
        "url": reverse("wagtailadmin_explore", args=[parent.pk]),
        "label": parent.get_admin_display_title(),
    }
    return {
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": [above, {"url": "", "label": title}],
        "header_icon": "doc-empty-inverse",
        "back_url": above["url"],
    }
