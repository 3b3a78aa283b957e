"""Posting an activity: one form that takes a minute, with its first shift. And telling it otherwise."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal
from marketplace.forms.activities import ChangeActivityForm, Choices, NewActivityForm
from marketplace.models import Activity
from marketplace.operations.activities import Words, facts_of, post_activity, rewrite_activity
from marketplace.operations.standing import NotAdmitted, NotResident, check_takes_part
from marketplace.queries.posting import organisers_for, reason_of
from marketplace.queries.pots import pots_near
from marketplace.states import ActivityState
from marketplace.views.offers.base import is_done
from marketplace.views.posting.base import Post, at_activity
from neighbourhoods.models import ItemKind, Neighbourhood
from neighbourhoods.queries.items import per_unit, value_on, valued_on, with_words, words_of
from neighbourhoods.shown import show_place
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party

ALONG = ("coin", "logo", "party", "area", "municipality__organisation_details")
REASONS = {ActivityState.RETURNED: "activity.return", ActivityState.PAUSED: "activity.suspend"}


@login_required
@never_cache
def activity_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Post something that others can do for coins. Who is sent to the board is told so."""
    place = get_object_or_404(Neighbourhood.objects.select_related(*ALONG), slug=slug)
    organisers, refusal = _organisers(request, place)
    show_place(request, place)
    context: dict[str, Any] = {
        "neighbourhood": place,
        "coin": place.coin,
        "crumbs": [(_("Taking part"), reverse("activities_in", args=[place.slug]))],
    }
    if not organisers:
        return render(request, "marketplace/posting/no_place.html", {**context, **_way_in(refusal, place)})
    choices = _choices(place, organisers)
    if not choices.items:
        return render(request, "marketplace/posting/no_value.html", context)
    form = NewActivityForm(
        posted(request), _files(request), choices=choices, initial={"organiser": request.GET.get("organiser", "")}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made: list[Activity] = []
        if is_done(form, lambda: made.append(_write(request, form))):
            messages.success(request, _said(made[0]))
            return redirect("activity_shifts", ref=made[0].ref)
        form.say_lost_picture()
    return render(
        request, "marketplace/posting/write.html", {**context, "form": form, "is_board": choices.is_board}
    )


@at_activity
def activity_edit(post: Post) -> HttpResponse:
    """An activity at its organiser's: how far it is, what can be done, and its form."""
    form = None if post.is_over else _form(post)
    if form is not None and post.request.method == "POST" and form.is_valid():
        if is_done(form, lambda: _rewrite(post, form)):
            messages.success(post.request, _said(post.activity) if post.is_writable else _("It is changed."))
            return redirect("activity_edit", ref=post.activity.ref)
        form.say_lost_picture()
    return post.show(
        "edit", post.way(), form=form, coin=post.activity.neighbourhood.coin, is_board=post.is_board,
        reason=_reason(post.activity), fixed=_fixed(post),
        page_url=reverse("wagtailadmin_pages:edit", args=[post.page.pk]) if post.page else "",
    )  # fmt: skip


def _fixed(post: Post) -> dict[str, Any]:
    """What it is, and what that is worth today."""
    item = post.activity.item
    return {"item": words_of(item).name, "value": value_on(item, post.today), "per": per_unit(item.unit)}


def _form(post: Post) -> ChangeActivityForm:
    activity, text = post.activity, post.text
    told: dict[str, Any] = {
        "language": text.language, "title": text.title, "summary": text.summary, "about": text.about,
        "asks": text.asks, "picture_alt": activity.picture_alt,
    }  # fmt: skip
    facts = {name: getattr(activity, name) for name in facts_of(activity).__slots__}
    item, pot = activity.item, activity.pot
    return ChangeActivityForm(
        posted(post.request), _files(post.request),
        choices=_choices(activity.neighbourhood, [activity.organiser]), is_open=not post.is_writable,
        has_picture=activity.picture is not None, stands=Words(**told) if post.page else None,
        initial={**told, **facts, "item": item.ref, "pot": pot.address if pot else ""},
    )  # fmt: skip


def _organisers(request: HttpRequest, place: Neighbourhood) -> tuple[list[Party], Refusal | None]:
    """For whom somebody can post there; and why not in their own name, when there is nobody."""
    today, found, first = clock.today(), [], None
    for party in organisers_for(person_behind(request), today):
        try:
            check_takes_part(party, place, today)
        except Refusal as refusal:
            first = first or refusal
        else:
            found.append(party)
    asked = [party for party in found if str(party.uuid) == request.GET.get("organiser")]
    return asked or found, first


def _way_in(refusal: Refusal | None, place: Neighbourhood) -> dict[str, str]:
    """Why there is no form, and where to go."""
    ways = {
        NotResident: (_("Where I live"), reverse("residency")),
        NotAdmitted: (_("Ask the board"), reverse("admission_request", args=[place.slug])),
    }
    words, url = ways.get(type(refusal) if refusal else NotResident, ("", ""))
    return {"way_words": words, "way_url": url}


def _choices(place: Neighbourhood, organisers: list[Party]) -> Choices:
    """Pots are offered that are near one of them; whether one pays for what is chosen is asked when it is sent."""
    today = clock.today()
    valued = valued_on(place, today).filter(kind=ItemKind.ACTIVITY)
    return Choices(
        neighbourhood=place, organisers=organisers, items=list(with_words(valued)),
        pots=pots_near(place, organisers, today), today=today,
    )  # fmt: skip


def _write(request: HttpRequest, form: NewActivityForm) -> Activity:
    organiser = form.organiser_chosen()
    owner = person_behind(request).canonical_id
    return post_activity(
        neighbourhood=form.among.neighbourhood, organiser=organiser, words=form.words(), facts=form.facts(),
        slots=form.slots(), key=derive_key(scope="activity.draft", owner=owner, form_id=form.cleaned_data["key"]),
        actor=actor_of(request, principal=organiser), at=clock.now(),
    )  # fmt: skip


def _rewrite(post: Post, form: ChangeActivityForm) -> Activity:
    return rewrite_activity(
        activity=post.activity, words=form.words(), facts=form.facts(facts_of(post.activity)),
        keeps_picture=not form.cleaned_data.get("removes_picture"), sends=post.page is None, **post.by(),
    )  # fmt: skip


def _reason(activity: Activity) -> str:
    """Why the board sent it back or stopped it."""
    event = REASONS.get(ActivityState(activity.state))
    is_by_board = activity.state == ActivityState.RETURNED or activity.paused_by_board
    return reason_of(activity, event) if event and is_by_board else ""


def _said(activity: Activity) -> str:
    if activity.state in {ActivityState.SUBMITTED, ActivityState.RETURNED}:
        return _("Thank you. The board has it now.")
    return _("It is kept.") if activity.state == ActivityState.DRAFT else _("It is open for everybody now.")


def _files(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None
