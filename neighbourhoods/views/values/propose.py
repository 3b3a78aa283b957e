"""Proposing what something is worth: filled in within a minute, about what is known already or something new."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from neighbourhoods.forms.values import ProposeForm, ProposeKnownForm
from neighbourhoods.models import (
    Category,
    CategoryText,
    Neighbourhood,
    Subject,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.operations import values as operations
from neighbourhoods.queries.elections import needed_support
from neighbourhoods.queries.items import per_unit, value_on, with_words, words_of
from neighbourhoods.queries.policies import NoPolicy, policy_for
from neighbourhoods.queries.prices import public_items, speaks_for
from neighbourhoods.queries.residency import lives_in, residents_count
from neighbourhoods.queries.values import running_on
from neighbourhoods.views.posted import posted
from neighbourhoods.views.vote.base import place_frame
from people.acting import actor_of, person_behind

ALONG = ("coin", "logo", "party", "municipality__organisation_details")
AnyForm = ProposeForm | ProposeKnownForm
Known = dict[str, str]


@login_required
@never_cache
def value_propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose a value; with ?item=… for something that is known."""
    place = get_object_or_404(Neighbourhood.objects.select_related(*ALONG), slug=slug)
    item = _asked_for(request, place)
    form = _form(request, place, item)
    known: Known = {}
    if request.method == "POST" and form.is_valid():
        try:
            made = _propose(request, place, form)
        except Refusal as refusal:
            refuse(form, refusal)
            known = _known(refusal, place)
        else:
            messages.success(request, _("Your proposal is there. Now others can support it."))
            return redirect("value_decision", ref=made.ref)
    context = {
        "place": place_frame(place, request),
        "neighbourhood": place,
        "coin": place.coin,
        "crumbs": [(_("Voting"), reverse("votes"))],
        "form": form,
        "known": known,
        "rules": _rules(place, item),
        "lives_elsewhere": not lives_in(person_behind(request), place),
        **(_about(item) if item else {}),
    }
    return render(request, "neighbourhoods/values/propose.html", context)


def _asked_for(request: HttpRequest, place: Neighbourhood) -> ValuedItem | None:
    """:raises Http404: for an item that there is not, of another place, or that stands in drafts of a board alone."""
    asked = request.GET.get("item")
    if not asked:
        return None
    try:
        ref = UUID(asked)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(_items(place), ref=ref)


def _items(place: Neighbourhood) -> QuerySet[ValuedItem]:
    return with_words(public_items(place)).order_by("pk")


def _form(request: HttpRequest, place: Neighbourhood, item: ValuedItem | None) -> AnyForm:
    organisations = speaks_for(person_behind(request), operations.SPEAKS, clock.today())
    if item is not None:
        has_value = value_on(item, clock.today()) is not None
        return ProposeKnownForm(posted(request), item=item, has_value=has_value, organisations=organisations)
    texts = Prefetch("texts", CategoryText.objects.select_related("locale"))
    return ProposeForm(
        posted(request),
        items=list(_items(place)),
        categories=Category.objects.prefetch_related(texts),
        organisations=organisations,
    )


def _propose(request: HttpRequest, place: Neighbourhood, form: AnyForm) -> ValueDecision:
    said = form.cleaned_data
    owner = person_behind(request).canonical_id
    return operations.propose(
        neighbourhood=place,
        item=form.item or _new(said),
        amount=said["amount"],
        text=said["text"],
        language=get_language() or settings.LANGUAGE_CODE,
        evidence=said["evidence"],
        volume=said["volume"],
        key=derive_key(scope="value.propose", owner=owner, form_id=said["key"]),
        actor=actor_of(request, principal=form.in_name_of()),
        at=clock.now(),
    )


def _new(said: dict[str, Any]) -> operations.NewItem:
    return operations.NewItem(
        kind=said["kind"],
        unit=said["unit"],
        category=said["category"],
        name=said["name"],
        about=said["about"],
    )


def _known(refusal: Refusal, place: Neighbourhood) -> Known:
    """Where to go on: the decision that runs already, or what is on the list under this name."""
    ref = refusal.details.get("ref")
    if isinstance(refusal, operations.AlreadyRunning):
        return {"url": reverse("value_decision", args=[ref]), "words": _("See the decision that is going on")}
    if isinstance(refusal, operations.ItemKnown):
        url = f"{reverse('value_propose', args=[place.slug])}?item={ref}"
        return {"url": url, "words": _("Propose a value for what is there")}
    return {}


def _rules(place: Neighbourhood, item: ValuedItem | None) -> dict[str, int]:
    """How many residents must support it, and in how many days; nothing while that is not written down."""
    try:
        policy = policy_for(place, Subject.VALUE, item.category if item else None)
    except NoPolicy:
        return {}
    return {
        "needed": needed_support(policy.support_needed, residents_count(place)),
        "days": policy.support_days,
    }


def _about(item: ValuedItem) -> dict[str, Any]:
    """What is known of what the proposal is about, and whether one about it goes on already."""
    running = running_on(item)
    return {
        "words": words_of(item),
        "per": per_unit(item.unit),
        "present": value_on(item, clock.today()),
        "running_url": reverse("value_decision", args=[running.ref]) if running else "",
    }
