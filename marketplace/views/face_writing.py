"""What writing the page of an offer and of an activity in the admin have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.translation import is_source
from core import clock
from core.actor import Actor
from marketplace.operations.faced import of_page
from marketplace.operations.publishing import refusal_to_publish
from neighbourhoods.models import Neighbourhood, NeighbourhoodPage
from people.models import User


def not_in_dutch(request: HttpRequest, parent: Page) -> HttpResponse | None:
    """A page is begun in the language of the site; the others follow it."""
    if parent.locale.language_code == settings.LANGUAGE_CODE:
        return None
    messages.error(request, _("Begin in Dutch. The page in the other language follows by itself."))
    return redirect("wagtailadmin_explore", parent.pk)


def refuse_in_bulk(request: HttpRequest, action_type: str, objects: Sequence[Any]) -> HttpResponse | None:
    """Publishing many pages at once passes their forms by: what the form of one would refuse is asked here."""
    if action_type != "publish":
        return None
    user, at = login_of(request), clock.now()
    for page in (one.specific for one in objects if isinstance(one, Page)):
        revision = page.get_latest_revision() if of_page(page) and is_source(page) else None
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


def was_not_published(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Say it when publishing did not open what the page shows: it was done in bulk, or a moment passed meanwhile."""
    kind = of_page(page)
    if kind is None or kind.row_of(page).state in {kind.open, kind.paused} or page.approved_schedule:
        return None
    messages.error(request, _("This was not published. Look at what is said beside the fields."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def place_of(parent: Page) -> Neighbourhood:
    """The neighbourhood in whose tree a page stands."""
    front = NeighbourhoodPage.objects.ancestor_of(parent).select_related("neighbourhood__party").first()
    if front is None:
        raise Http404
    return front.neighbourhood


def login_of(request: HttpRequest) -> User:
    """Who is signed in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def frame(parent: Page, title: str) -> dict[str, Any]:
    """What Wagtail's own header needs."""
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
