"""Work that lies before a team: laying it there, and saying yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from marketplace.forms.work import AnswerForm, ProposeForm
from marketplace.models import Offer, Participation, Shift, TeamProposal
from marketplace.operations.proposals import answer, propose
from marketplace.operations.taking_part.checking import AboveMaximum
from marketplace.queries.activities import shift_at
from marketplace.queries.offers import offer_at, on_market
from marketplace.queries.teams import proposal_at, taking_part, teams_to_propose_to
from marketplace.states import OfferState, ParticipationState, ShiftState
from marketplace.views.work.base import AtTeam, is_sent, work_crumbs
from marketplace.views.work.words import WorkRow, offer_row, shift_row, values_in
from marketplace.work_sight import TeamSide, side_in_team
from neighbourhoods.shown import show_place
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """Something that lies before a team: what it is, who joins, and what the reader said. `is_open` as long as an
    answer can still be given."""

    proposal: TeamProposal
    work: WorkRow
    yes: list[str]
    mine: bool | None
    is_open: bool

    @property
    def url(self) -> str:
        return reverse("team_proposal", args=[self.proposal.ref])


def proposal_rows(proposals: Sequence[TeamProposal], person: Party) -> list[ProposalRow]:
    """Rows of proposals of one team that came through `queries.teams.with_all`."""
    if not proposals:
        return []
    values = values_in(proposals[0].team.neighbourhood, clock.today())
    states = taking_part(proposals)
    return [_row(one, person, values, states) for one in proposals]


def _row(
    one: TeamProposal, person: Party, values: dict[int, int], states: dict[tuple[int, int], str]
) -> ProposalRow:
    yes: list[str] = []
    mine: bool | None = None
    for said in one.answers.all():
        joins = said.joins and (one.shift_id is None or (one.shift_id, said.person_id) in states)
        is_waiting = states.get((one.shift_id or 0, said.person_id)) == ParticipationState.WAITING
        name = said.person.display_name
        if joins:
            yes.append(_("%(name)s (on the waiting list)") % {"name": name} if is_waiting else name)
        if said.person_id == person.canonical_id:
            mine = joins
    return ProposalRow(proposal=one, work=_work(one, values), yes=yes, mine=mine, is_open=_is_open(one))


def _work(one: TeamProposal, values: dict[int, int]) -> WorkRow:
    if one.shift is not None:
        return shift_row(one.shift, values)
    assert one.offer is not None  # noqa: S101 - the database wants one of the two
    return offer_row(one.offer, one.team.neighbourhood)


def _is_open(one: TeamProposal) -> bool:
    if one.team.ended_at is not None:
        return False
    if one.shift is not None:
        return one.shift.state == ShiftState.OPEN and one.shift.starts_at > clock.now()
    offer = one.offer
    return (
        offer is not None
        and offer.state == OfferState.PUBLISHED
        and not offer.is_sold_out
        and offer.until_on is not None
        and offer.until_on >= clock.today()
    )


@login_required
@never_cache
def team_propose(request: HttpRequest) -> HttpResponse:
    """Lay a shift (`?shift=`) or something wanted (`?offer=`) before one's team (`?team=` when one is chosen)."""
    person = person_behind(request)
    shift, offer = _named(request)
    place = shift.activity.neighbourhood if shift else offer.neighbourhood if offer else None
    teams = teams_to_propose_to(person)
    if place is None or not teams.exists():
        raise Http404
    show_place(request, place)
    chosen = request.GET.get("team") or str(teams[0].ref)
    form = ProposeForm(posted(request), teams=teams, initial={"team": chosen})
    made: list[TeamProposal] = []

    def deed() -> None:
        told = form.cleaned_data
        key = derive_key(scope="team.propose", owner=person.canonical_id, form_id=told["key"])
        by: dict[str, Any] = {"actor": actor_of(request), "at": clock.now()}
        made.append(propose(team=told["team"], shift=shift, offer=offer, text=told["text"], key=key, **by))

    if is_sent(request, form, deed):
        messages.success(request, _("The others in the team get a mail."))
        return redirect("team", made[0].team.ref)
    values = values_in(place, clock.today())
    row = shift_row(shift, values) if shift else offer_row(offer, place) if offer else None
    context = {"form": form, "row": row, "crumbs": [*work_crumbs(), (_("Your teams"), reverse("teams"))]}
    return render(request, "marketplace/work/propose.html", context)


@login_required
@never_cache
def team_proposal(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What was proposed, who joins, and the two answers. A yes to a shift signs up."""
    person, proposal = person_behind(request), proposal_at(ref)
    side = side_in_team(proposal.team, person, clock.today()) if proposal else None
    if proposal is None or side not in {TeamSide.COACH, TeamSide.MEMBER}:
        raise Http404
    at = AtTeam(request, proposal.team, person, side)
    form = AnswerForm(at.posted)
    is_above = False
    if request.method == "POST" and form.is_valid():
        try:
            _answer(at, proposal, form)
        except AboveMaximum as refusal:
            is_above = True
            refuse(form, refusal)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return at.back(_done(proposal, joins=form.cleaned_data["joins"] == "yes"))
    row = proposal_rows([proposal], person)[0]
    mine = Participation.objects.filter(shift=proposal.shift_id, person=person.canonical_id)
    return at.show(
        "proposal",
        row=row,
        form=form,
        is_above=is_above,
        mine=mine.exclude(state=ParticipationState.WITHDRAWN).first() if proposal.shift_id else None,
        may_answer=at.side == TeamSide.MEMBER and row.is_open,
    )


def _answer(at: AtTeam, proposal: TeamProposal, form: AnswerForm) -> None:
    told = form.cleaned_data
    answer(
        proposal=proposal,
        joins=told["joins"] == "yes",
        knows_maximum=told["knows_maximum"],
        key=derive_key(scope="team.answer", owner=at.person.canonical_id, form_id=told["key"]),
        **at.by(),
    )


def _done(proposal: TeamProposal, *, joins: bool) -> str:
    if not joins:
        return _("The team knows that you do not join.")
    if proposal.shift_id is not None:
        return _("You join, and you are signed up.")
    return _("The team knows that you want this. Now answer it on the market.")


def _named(request: HttpRequest) -> tuple[Shift | None, Offer | None]:
    """What an address names, as everybody may see it.

    :raises Http404: when that is nothing.
    """
    try:
        if named := request.GET.get("shift"):
            shift = shift_at(UUID(named))
            is_seen = shift is not None and shift.activity.published_at is not None
            return (shift if is_seen else None), None
        offer = offer_at(UUID(request.GET.get("offer", "")))
    except ValueError as wrong:
        raise Http404 from wrong
    is_seen = offer is not None and on_market(clock.today()).filter(pk=offer.pk).exists()
    return None, (offer if is_seen else None)
