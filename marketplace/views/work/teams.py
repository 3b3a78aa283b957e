"""Teams: one's own, one team, and what its coach and members do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal
from marketplace.forms.work import AskForm, TeamForm
from marketplace.models import SeenBy, Team, TeamMember
from marketplace.operations import teams as operations
from marketplace.queries.matching import jobs_in, open_shifts_in
from marketplace.queries.skills import profiles_of
from marketplace.queries.teams import coached_by, member_in, members_of, memberships_of, proposals_of
from marketplace.views.work.base import INSIDE, AtTeam, at_team, is_sent, work_crumbs
from marketplace.views.work.proposals import proposal_rows
from marketplace.views.work.words import offer_row, shift_row, shown, values_in
from marketplace.work_sight import TeamSide, organisations_of
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Neighbourhood
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Ask
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party

EVERYBODY = (TeamSide.COACH, TeamSide.MEMBER, TeamSide.ASKED)
TO_TEAM = (SeenBy.ORGANISERS, SeenBy.RESIDENTS)
MOST_SHOWN = 20


@login_required
@never_cache
def teams(request: HttpRequest) -> HttpResponse:
    """The teams that somebody is in, is asked for, or coaches."""
    person = person_behind(request)
    mine = list(memberships_of(person))
    context = {
        "asked": [one.team for one in mine if one.joined_at is None and one.team.ended_at is None],
        "inside": [one.team for one in mine if one.joined_at is not None],
        "coached": list(coached_by(person)),
        "places": _places(person),
        "crumbs": work_crumbs(),
    }
    return render(request, "marketplace/work/teams.html", context)


@login_required
@never_cache
def team_new(request: HttpRequest) -> HttpResponse:
    """Begin a team for an organisation (`?in=` names the neighbourhood)."""
    person = person_behind(request)
    place = next((one for one in _places(person) if one.slug == request.GET.get("in")), None)
    if place is None:
        raise Http404
    show_place(request, place)
    numbers = [party.pk for party in organisations_of(person, place, clock.today())]
    found = Party.objects.filter(pk__in=numbers).with_names().order_by("organisation_details__name", "pk")
    first = found.first()
    initial = {"organisation": first.uuid} if first and len(numbers) == 1 else {}
    form = TeamForm(posted(request), organisations=found, initial=initial)
    made: list[Team] = []
    if is_sent(request, form, lambda: made.append(_start(request, place, form.cleaned_data))):
        messages.success(request, _("The team is there. Ask people to join."))
        return redirect("team", made[0].ref)
    crumbs = [*work_crumbs(), (_("Your teams"), reverse("teams"))]
    context = {"neighbourhood": place, "form": form, "crumbs": crumbs}
    return render(request, "marketplace/work/team_new.html", context)


@at_team(*EVERYBODY)
def team(at: AtTeam) -> HttpResponse:
    """What lies before the team, and who is in it. Whoever is asked reads whose team it is and nothing more."""
    if at.side == TeamSide.ASKED:
        return at.show("asked", deep=False)
    members = list(members_of(at.team))
    profiles = profiles_of([one.person_id for one in members], TO_TEAM)
    return at.show(
        "team",
        deep=False,
        proposals=proposal_rows(list(proposals_of(at.team)[:MOST_SHOWN]), at.person),
        members=[
            (one, shown(profiles[one.person_id]) if one.person_id in profiles else None) for one in members
        ],
        me=member_in(at.team, at.person),
    )


@at_team(TeamSide.COACH)
def team_ask(at: AtTeam) -> HttpResponse:
    """Ask somebody to join."""
    form = AskForm(at.posted)
    if at.sent(
        form,
        lambda: operations.ask_address(team=at.team, email=form.cleaned_data["email"], **at.by()),
    ):
        place = at.team.neighbourhood.name
        return at.back(
            _("Does somebody in %(place)s sign in with this address? Then they have a mail now.")
            % {"place": place}
        )
    return at.show("ask", form=form)


@require_POST
@at_team(TeamSide.ASKED, TeamSide.MEMBER)
def team_join(at: AtTeam) -> HttpResponse:
    """Say yes."""
    try:
        operations.join(team=at.team, **at.by())
    except Refusal as refusal:
        messages.warning(at.request, str(refusal))
        return redirect(at.url)
    return at.back(_("You are in the team now."))


@at_team(TeamSide.ASKED, TeamSide.MEMBER)
def team_leave(at: AtTeam) -> HttpResponse:
    """Go out of it, or say no to it."""
    member = member_in(at.team, at.person)
    assert member is not None  # noqa: S101 - on these sides everybody is one
    is_asked = at.side == TeamSide.ASKED
    form = SureForm(at.posted)
    if at.sent(form, lambda: operations.leave(member=member, **at.by())):
        messages.success(at.request, _("You are not in this team."))
        return redirect("teams")
    ask = Ask(
        title=_("Do you not want to join?") if is_asked else _("Leave this team?"),
        lead=_("What you signed up for goes on. The coach can ask you again."),
        button=_("I do not join") if is_asked else _("Leave the team"),
        back_url=at.url,
    )
    return at.ask(ask, form)


@at_team(TeamSide.COACH)
def team_remove(at: AtTeam, pk: int) -> HttpResponse:
    """The coach takes somebody out."""
    member = TeamMember.objects.filter(
        team=at.team, pk=pk, left_at__isnull=True, joined_at__isnull=False
    ).first()
    if member is None:
        raise Http404
    form = SureForm(at.posted)
    if at.sent(form, lambda: operations.leave(member=member, **at.by())):
        return at.back(_("%(name)s is out of the team.") % {"name": member.person.display_name})
    ask = Ask(
        title=_("Take %(name)s out of the team?") % {"name": member.person.display_name},
        lead=_("What they signed up for goes on."),
        button=_("Take them out"),
        back_url=at.url,
    )
    return at.ask(ask, form)


@at_team(TeamSide.COACH)
def team_end(at: AtTeam) -> HttpResponse:
    """It is over."""
    form = SureForm(at.posted)
    if at.sent(form, lambda: operations.end_team(team=at.team, **at.by())):
        return at.back(_("The team has ended."))
    ask = Ask(
        title=_("End this team?"),
        lead=_("Nobody can propose or answer anything any more. What members signed up for goes on."),
        button=_("End the team"),
        back_url=at.url,
    )
    return at.ask(ask, form)


@at_team(*INSIDE)
def team_work(at: AtTeam) -> HttpResponse:
    """What the team could take up: shifts with places, and jobs that are wanted."""
    place = at.team.neighbourhood
    values = values_in(place, at.today)
    return at.show(
        "team_work",
        shifts=[shift_row(one, values) for one in open_shifts_in(place.pk, at.now)[:MOST_SHOWN]],
        jobs=[offer_row(one, place) for one in jobs_in(place.pk, at.today)[:MOST_SHOWN]],
    )


def _start(request: HttpRequest, place: Neighbourhood, told: dict[str, Any]) -> Team:
    owner = person_behind(request).canonical_id
    return operations.start_team(
        neighbourhood=place,
        organisation=told["organisation"],
        name=told["name"],
        about=told["about"],
        key=derive_key(scope="team.start", owner=owner, form_id=told["key"]),
        actor=actor_of(request, principal=told["organisation"]),
        at=clock.now(),
    )


def _places(person: Party) -> list[Neighbourhood]:
    """Where somebody can begin a team: where they organise something."""
    found = Neighbourhood.objects.select_related(
        "party", "coin", "logo", "municipality__organisation_details"
    )
    return [place for place in found.order_by("name") if organisations_of(person, place, clock.today())]
