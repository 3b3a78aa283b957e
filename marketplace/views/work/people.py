"""Who could help: people who show what they can do, for who organises something, and for neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import clock
from core.refusals import Refusal
from marketplace.models import Activity, Offer, SeenBy, SkillProfile, Team
from marketplace.operations.skills import approach
from marketplace.operations.teams import ask as ask_for_team
from marketplace.queries import activities, offers
from marketplace.queries.matching import Candidate, people_for
from marketplace.queries.skills import profiles_in, with_all
from marketplace.queries.teams import members_of, team_at
from marketplace.views.work.base import work_crumbs
from marketplace.views.work.words import shown
from marketplace.work_sight import TeamSide, levels_of, may_look_for, may_see_profile, side_in_team
from neighbourhoods.models import Neighbourhood
from neighbourhoods.shown import show_place
from people.acting import actor_of, person_behind
from people.models import Party

ON_A_PAGE = 20
ALONG = ("party", "coin", "logo", "municipality__organisation_details")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """For what somebody looks for people: an activity, something that is asked on the market, or a team."""

    thing: Activity | Offer | None = None
    team: Team | None = None

    @property
    def title(self) -> str:
        if self.team is not None:
            return self.team.name
        if isinstance(self.thing, Activity):
            return activities.text_of(self.thing).title
        return offers.text_of(self.thing).title if self.thing else ""

    @property
    def url(self) -> str:
        if self.team is not None:
            return reverse("team", args=[self.team.ref])
        if isinstance(self.thing, Activity):
            return reverse("activity", args=[self.thing.ref])
        return reverse("offer", args=[self.thing.ref]) if self.thing else ""

    @property
    def query(self) -> str:
        """As it stands in the address."""
        if self.team is not None:
            return f"team={self.team.ref}"
        if self.thing is None:
            return ""
        return f"{self.thing._meta.model_name}={self.thing.ref}"


@login_required
@never_cache
def work_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Those who show themselves to who looks: all of them, or with `?activity=`, `?offer=` who suits that and why.
    With `?team=` a coach can ask them to join."""
    place = get_object_or_404(Neighbourhood.objects.select_related(*ALONG), slug=slug)
    person, now = person_behind(request), clock.now()
    levels = levels_of(person, place, clock.day_of(now))
    wanted = _wanted(request, place, person)
    if not levels and wanted.thing is None:
        raise Http404  # whoever looks for something of their own reads that nobody shows themself to them
    show_place(request, place)
    found: Sequence[Candidate] | QuerySet[SkillProfile]
    if wanted.thing is not None:
        found = people_for(wanted.thing, person, now, seen_by=levels)
    else:
        found = with_all(profiles_in(place, levels).exclude(person__in=_left_out(wanted, person)))
    page: Page[Any] = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    people = [shown(one.profile, one.reasons) if isinstance(one, Candidate) else shown(one) for one in page]
    context = {
        "neighbourhood": place, "wanted": wanted, "people": people, "pages": page,
        "sees_more": SeenBy.ORGANISERS in levels, "crumbs": work_crumbs(),
    }  # fmt: skip
    return render(request, "marketplace/work/people.html", context)


@login_required
@never_cache
@require_POST
def work_ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask one of them: a mail goes out, and their address stays hidden."""
    place = get_object_or_404(Neighbourhood.objects.select_related(*ALONG), slug=slug)
    person = person_behind(request)
    profile = (
        SkillProfile.objects.filter(pk=pk, neighbourhood=place)
        .select_related("person__person_details")
        .first()
    )
    wanted = _wanted(request, place, person)
    if profile is None or not wanted.query or not may_see_profile(person, profile, clock.today()):
        raise Http404
    try:
        _deed(request, wanted, profile)()
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, _("%(name)s gets a mail, and decides.") % {"name": profile.person.display_name}
        )
    return redirect(f"{reverse('work_people', args=[slug])}?{wanted.query}")


def _left_out(wanted: Wanted, person: Party) -> set[int]:
    """Who looks, and who is in the team for which they look."""
    members = members_of(wanted.team).values_list("person", flat=True) if wanted.team else ()
    return {person.canonical_id, *members}


def _deed(request: HttpRequest, wanted: Wanted, profile: SkillProfile) -> Callable[[], object]:
    by: dict[str, Any] = {"actor": actor_of(request), "at": clock.now()}
    thing, team = wanted.thing, wanted.team
    if team is not None:
        return lambda: ask_for_team(team=team, person=profile.person, **by)
    assert thing is not None  # noqa: S101 - without one of them there is nothing to ask
    return lambda: approach(profile=profile, thing=thing, **by)


def _wanted(request: HttpRequest, place: Neighbourhood, person: Party) -> Wanted:
    """What an address names.

    :raises Http404: when there is no such thing here, or it is not theirs to look for.
    """
    named = {name: request.GET.get(name) for name in ("activity", "offer", "team")}
    if named["team"]:
        team = team_at(_number(named["team"]))
        is_coach = team is not None and side_in_team(team, person, clock.today()) == TeamSide.COACH
        if team is None or not is_coach or team.neighbourhood_id != place.pk:
            raise Http404
        return Wanted(team=team)
    thing: Activity | Offer | None = None
    if named["activity"]:
        thing = activities.activity_at(_number(named["activity"]))
    elif named["offer"]:
        thing = offers.offer_at(_number(named["offer"]))
    else:
        return Wanted()
    if thing is None or thing.neighbourhood_id != place.pk or not may_look_for(person, thing, clock.today()):
        raise Http404
    return Wanted(thing=thing)


def _number(typed: str | None) -> UUID:
    try:
        return UUID(typed or "")
    except ValueError as wrong:
        raise Http404 from wrong
