"""An activity is written in the admin: what comes before Wagtail's own form, and after publishing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.translation import is_source
from core import clock
from core.actor import Actor
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from marketplace.forms.activity_page import BeginForm
from marketplace.models import ActivityPage
from marketplace.operations.activity_face import begin_page
from marketplace.queries.pages import organisers_for
from marketplace.states import ActivityState
from marketplace.views.face_writing import frame, login_of, not_in_dutch, place_of, was_not_published
from neighbourhoods.models import Neighbourhood
from people.models import User


def begin(request: HttpRequest, parent: Page) -> HttpResponse:
    """What people do, in whose name and where; the page itself is written after that. Wagtail has looked already
    whether this editor adds pages here."""
    if elsewhere := not_in_dutch(request, parent):
        return elsewhere
    neighbourhood, user = place_of(parent), login_of(request)
    organisers = organisers_for(user.person, neighbourhood, clock.today())
    if not organisers:
        messages.error(request, _("You organise for nobody who takes part here."))
        return redirect("wagtailadmin_explore", parent.pk)
    form = BeginForm(request.POST or None, organisers=organisers, neighbourhood=neighbourhood)
    if request.method == "POST" and form.is_valid():
        try:
            page = _begin(form, neighbourhood, user)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            _tell_the_way(request, page)
            return redirect("wagtailadmin_pages:edit", page.pk)
    told = {
        "form": form,
        "is_board": organisers[0].pk == neighbourhood.party_id,
        **frame(parent, _("New activity")),
    }
    return render(request, "marketplace/admin/activity_begin.html", told)


def tell_after_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say it when publishing did not open it, and when nobody can sign up yet."""
    if not isinstance(page, ActivityPage) or not is_source(page):
        return None
    if back := was_not_published(request, page):
        return back
    activity = page.activity
    activity.refresh_from_db(fields=["state"])
    if activity.state == ActivityState.PAUSED:
        messages.warning(request, _("The words are published. The activity itself is still paused."))
    return None


def _begin(form: BeginForm, neighbourhood: Neighbourhood, user: User) -> ActivityPage:
    told = form.cleaned_data
    return begin_page(
        neighbourhood=neighbourhood, organiser=told["organiser"], title=told["title"], summary=told["summary"],
        facts=form.facts,
        key=derive_key(scope="activity_page.begin", owner=user.person.canonical_id, form_id=told["key"]),
        actor=Actor(user=user, person=user.person, principal=told["organiser"]), user=user, at=clock.now(),
    )  # fmt: skip


def _tell_the_way(request: HttpRequest, page: ActivityPage) -> None:
    """Days and money stand in no page: where they are said."""
    way = reverse("activity_edit", args=[page.activity.ref])
    words = _("Write here what people do. Days, places and the pot that pays you set at your desk.")
    messages.info(request, format_html('{} <a href="{}">{}</a>', words, way, _("To the desk")))
