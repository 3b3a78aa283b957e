"""A board writes a value decision in the admin: what comes before Wagtail's own form, and after publishing."""

from __future__ import annotations

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
from neighbourhoods.forms.value_page import BeginForm
from neighbourhoods.models import Neighbourhood, NeighbourhoodPage, ValueDecision, ValueDecisionPage
from neighbourhoods.operations.values.consulting import CHANGEABLE
from neighbourhoods.operations.values.publishing import begin_page, differs, refusal_to_publish
from neighbourhoods.states import ValueState
from people.models import User


def begin(request: HttpRequest, parent: Page) -> HttpResponse:
    """What it is about and which value is proposed; the page itself is written after that. Wagtail has looked already
    whether this editor adds pages here."""
    if parent.locale.language_code != settings.LANGUAGE_CODE:
        messages.error(request, _("Begin in Dutch. The page in the other language follows by itself."))
        return redirect("wagtailadmin_explore", parent.pk)
    neighbourhood = _place_of(parent)
    form = BeginForm(request.POST or None, neighbourhood=neighbourhood)
    if request.method == "POST" and form.is_valid():
        try:
            page = _begin(request, form, neighbourhood)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "neighbourhoods/admin/value_begin.html", {"form": form, **_frame(parent)})


def tell_after_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say it when publishing did not do what the page proposes: it was done in bulk, or a moment passed meanwhile."""
    if not isinstance(page, ValueDecisionPage) or not is_source(page):
        return None
    decision = ValueDecision.objects.get(pk=page.decision_id)
    if decision.state == ValueState.DRAFT:
        messages.error(request, _("This was not published. %(why)s") % {"why": _why(request, page)})
        return redirect("wagtailadmin_pages:edit", page.pk)
    if differs(page, decision):
        why = _why(request, page) if decision.state in CHANGEABLE else _("The vote has begun, or it is over.")
        messages.warning(
            request, _("The words are published. What was proposed stays as it was. %(why)s") % {"why": why}
        )
    return None


def _begin(request: HttpRequest, form: BeginForm, neighbourhood: Neighbourhood) -> ValueDecisionPage:
    user, told = _login(request), form.cleaned_data
    owner = user.person.canonical_id
    return begin_page(
        neighbourhood=neighbourhood, item=form.chosen, amount=told["amount"], text=told["text"],
        key=derive_key(scope="value_page.begin", owner=owner, form_id=told["key"]),
        actor=_actor(user), user=user, at=clock.now(),
    )  # fmt: skip


def _why(request: HttpRequest, page: ValueDecisionPage) -> str:
    at = clock.now()
    written_at = page.latest_revision_created_at or at
    refusal = refusal_to_publish(page=page, written_at=written_at, actor=_actor(_login(request)), at=at)
    return str(refusal) if refusal else _("It was changed after this version was written.")


def _place_of(parent: Page) -> Neighbourhood:
    front = NeighbourhoodPage.objects.ancestor_of(parent).select_related("neighbourhood").first()
    if front is None:
        raise Http404
    return front.neighbourhood


def _actor(user: User) -> Actor:
    return Actor(user=user, person=user.person, principal=user.person)


def _login(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _frame(parent: Page) -> dict[str, Any]:
    """What Wagtail's own header needs."""
    title = _("New value decision")
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
