"""What suits somebody, and what they told about themself."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from marketplace.forms.work import ProfileForm, initial_of
from marketplace.operations.skills import remove_profile, save_profile
from marketplace.permissions import is_child
from marketplace.queries.branches import branches
from marketplace.queries.matching import suggestions_for
from marketplace.queries.skills import profile_of
from marketplace.queries.teams import asks_open, teams_to_propose_to
from marketplace.views.offers.shown import language_of_page
from marketplace.views.work.base import is_sent, work_crumbs
from marketplace.views.work.words import offer_row, shift_row, shown, values_in
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.queries.residency import neighbourhood_of
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Ask
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind


@login_required
@never_cache
def work(request: HttpRequest) -> HttpResponse:
    """What suits the person who looks, with the reasons, and the ways to what they told and to their teams."""
    person, now = person_behind(request), clock.now()
    place = neighbourhood_of(person)
    found = suggestions_for(person, now)
    values = values_in(place, clock.day_of(now)) if place and found else {}
    profile = profile_of(person)
    context = {
        "neighbourhood": place,
        "profile": shown(profile) if profile else None,
        "shifts": [
            shift_row(one.shift, values, one.reasons, others=one.others) for one in found if one.shift
        ],
        "jobs": [offer_row(one.offer, place, one.reasons) for one in found if one.offer and place],
        "asks": asks_open(person),
        "has_team": teams_to_propose_to(person).exists(),
        "crumbs": work_crumbs()[:1],
    }
    return render(request, "marketplace/work/work.html", context)


@login_required
@never_cache
def work_profile(request: HttpRequest) -> HttpResponse:
    """Tell what you can do and would like, and who may see it."""
    person = person_behind(request)
    place = neighbourhood_of(person)
    if place is None:
        return redirect("work")  # says where to begin
    show_place(request, place)
    profile = profile_of(person)
    form = ProfileForm(posted(request), branches=branches(), initial=initial_of(profile))
    if is_sent(
        request,
        form,
        lambda: save_profile(told=form.told(language_of_page()), actor=actor_of(request), at=clock.now()),
    ):
        messages.success(request, _("Saved. Below you see what suits you."))
        return redirect("work")
    context = {
        "form": form,
        "is_known": profile is not None,
        "is_child": is_child(person, clock.today()),
        "crumbs": work_crumbs(),
    }
    return render(request, "marketplace/work/profile.html", context)


@login_required
@never_cache
def work_profile_remove(request: HttpRequest) -> HttpResponse:
    """Have all of it forgotten."""
    if profile_of(person_behind(request)) is None:
        raise Http404
    form = SureForm(posted(request))
    if is_sent(request, form, lambda: remove_profile(actor=actor_of(request), at=clock.now())):
        messages.success(request, _("What you told is removed."))
        return redirect("work")
    ask = Ask(
        title=_("Remove what you told?"),
        lead=_("Nobody sees it any more, and you get no suggestions. What you signed up for goes on."),
        button=_("Remove it"),
        back_url=reverse("work"),
    )
    context = {"ask": ask, "form": form, "crumbs": work_crumbs()}
    return render(request, "neighbourhoods/boardroom/ask.html", context)
