"""Am I on the roll, why, the proof of it, an objection, and who votes for me. By the vote, or by the election while
there is no ballot box yet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.forms.vote.matters import ObjectionForm, ProxyForm
from neighbourhoods.models import BallotBox, Election, EligibilityRule, Neighbourhood, Roll
from neighbourhoods.operations.ballots import give_proxy, take_back_proxy
from neighbourhoods.operations.proxy_holders import holder_at
from neighbourhoods.operations.rolls import object_to_roll, withdraw_objection
from neighbourhoods.queries.ballots import proxy_given
from neighbourhoods.queries.elections import announced_elections
from neighbourhoods.queries.policies import rule_words
from neighbourhoods.queries.rolls import entry_of, explain, last_objection, proof_of, voters_count
from neighbourhoods.queries.titles import Title
from neighbourhoods.queries.voting import page_of_election, proxies_waiting
from neighbourhoods.states import BoxState, ObjectionState, RollState
from neighbourhoods.views.posted import posted
from neighbourhoods.views.vote.base import place_frame, vote_at
from people.acting import actor_of, person_behind
from people.models import Party

TEMPLATE = "neighbourhoods/vote/{}.html"
RUNS = frozenset({BoxState.READY, BoxState.OPEN})


@dataclass(frozen=True)
class Room:
    """The roll that a page is about, reached by the vote or by the election."""

    request: HttpRequest
    title: Title
    neighbourhood: Neighbourhood
    roll: Roll | None  # none before nominations open
    box: BallotBox | None
    election: Election | None
    prefix: str  # "vote" or "election"
    ref: UUID
    about_url: str = ""  # the page about what is voted on

    def url(self, name: str) -> str:
        """The address of one of the pages about this roll: "roll", "object", "roll_proof"."""
        return reverse(f"{self.prefix}_{name}", args=[self.ref])

    @property
    def existing(self) -> Roll:
        """:raises Http404: before there is one."""
        if self.roll is None:
            raise Http404
        return self.roll

    def context(self, **more: Any) -> dict[str, Any]:
        crumbs = [(_("Voting"), reverse("votes"))]
        if self.about_url:
            crumbs.append((self.title.words, self.about_url))
        if more.pop("is_deep", False):
            crumbs.append((_("The roll"), self.url("roll")))
        urls = {"roll": self.url("roll"), "object": self.url("object"), "proof": self.url("roll_proof")}
        place = place_frame(self.neighbourhood, self.request)
        return {"place": place, "room": self, "roll": self.roll, "urls": urls, "crumbs": crumbs, **more}


def _of_vote(request: HttpRequest, ref: UUID) -> Room:
    at = vote_at(request, ref)
    here = at.box.neighbourhood
    return Room(request, at.named, here, at.box.roll, at.box, at.election, "vote", ref, at.url)


def _of_election(request: HttpRequest, ref: UUID) -> Room:
    """:raises Http404: when there is no such election that was announced."""
    along = (
        "neighbourhood__coin",
        "neighbourhood__logo",
        "neighbourhood__municipality__organisation_details",
    )
    found = announced_elections().filter(ref=ref)
    election = found.select_related("policy", "roll__policy", "box", *along).first()
    if election is None:
        raise Http404
    title = Title(election.title, settings.LANGUAGE_CODE)
    page = page_of_election(election, get_language() or "")
    url = (page.get_url(request) if page else "") or ""
    here = election.neighbourhood
    return Room(request, title, here, election.roll, election.box, election, "election", ref, url)


# --- Looking it up ----------------------------------------------------------------------------------------------------


@require_safe
@never_cache
def vote_roll(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The roll of a vote: what everybody may know of it, and one's own entry."""
    return _roll(_of_vote(request, ref))


@require_safe
@never_cache
def election_roll(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The same, before there is a ballot box."""
    return _roll(_of_election(request, ref))


def _roll(room: Room) -> HttpResponse:
    context = room.context(own=None)
    if room.roll is not None:
        rules = EligibilityRule.objects.filter(policy=room.roll.policy_id).order_by("position")
        is_built = room.roll.state == RollState.BUILT
        context |= {
            "rules": [rule_words(rule) for rule in rules],
            "size": voters_count(room.roll) if is_built else room.roll.size,
            "is_built": is_built,
            "own": _own(room, room.roll) if room.request.user.is_authenticated else None,
        }
    return render(room.request, TEMPLATE.format("roll"), context)


def _own(room: Room, roll: Roll) -> dict[str, Any]:
    """What stands on the roll about who looks, and what they can do about it."""
    person = person_behind(room.request)
    entry = entry_of(roll, person)
    objection = last_objection(roll, person)
    is_waiting = objection is not None and objection.state == ObjectionState.FILED
    return {
        "entry": entry,
        "is_included": entry is not None and entry.is_included,
        "why": explain(entry),
        "has_voted": entry is not None and bool(entry.channel),
        "objection": objection,
        "is_waiting": is_waiting,
        "may_object": roll.state == RollState.BUILT and not is_waiting and _in_time(room),
        **_proxies(room, roll, person),
    }


def _in_time(room: Room) -> bool:
    return room.election is None or clock.now() < room.election.freezes_at


def _proxies(room: Room, roll: Roll, person: Party) -> dict[str, Any]:
    """Who votes for this person, and for whom they vote; nothing where the rules know no proxies."""
    if room.box is None or not roll.policy.max_proxies or room.box.state not in RUNS:
        return {"knows_proxies": False}
    return {
        "knows_proxies": True,
        "given": proxy_given(roll, person),
        "held": proxies_waiting(roll, person),
        "is_open": room.box.state == BoxState.OPEN,
    }


# --- The proof --------------------------------------------------------------------------------------------------------


@login_required
@require_safe
@never_cache
def vote_roll_proof(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One's own entry, with what shows that it is under the published root."""
    return _proof(_of_vote(request, ref))


@login_required
@require_safe
@never_cache
def election_roll_proof(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The same, by the election."""
    return _proof(_of_election(request, ref))


def _proof(room: Room) -> HttpResponse:
    """:raises Http404: for who has no entry, and while the roll can still change."""
    entry = entry_of(room.existing, person_behind(room.request))
    if entry is None or room.existing.state != RollState.FROZEN:
        raise Http404
    text = json.dumps(proof_of(entry), ensure_ascii=False, indent=2)
    name = f"roll-{room.neighbourhood.slug}-{room.existing.reference_on}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(f"{text}\n", content_type="application/json", headers=headers)


# --- An objection -----------------------------------------------------------------------------------------------------


@login_required
@never_cache
def vote_object(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say that one's own entry is wrong. Once there is a ballot box it is too late, and the page says so."""
    return _object(_of_vote(request, ref))


@login_required
@never_cache
def election_object(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say that one's own entry is wrong, or take that back."""
    return _object(_of_election(request, ref))


def _object(room: Room) -> HttpResponse:
    request, roll = room.request, room.existing
    person = person_behind(request)
    is_withdrawal = request.method == "POST" and request.POST.get("step") == "withdraw"
    form = SureForm(posted(request)) if is_withdrawal else ObjectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            if is_withdrawal:
                _withdraw(room, roll, person)
            else:
                _file(room, roll, person, form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect(room.url("roll"))
    entry = entry_of(roll, person)
    context = room.context(form=form, why=explain(entry), is_withdrawal=is_withdrawal, is_deep=True)
    return render(request, TEMPLATE.format("object"), context)


def _file(room: Room, roll: Roll, person: Party, values: dict[str, Any]) -> None:
    key = derive_key(scope="roll.object", owner=person.canonical_id, form_id=values["key"])
    object_to_roll(
        roll=roll, person=person, text=values["text"], key=key, actor=actor_of(room.request), at=clock.now()
    )


def _withdraw(room: Room, roll: Roll, person: Party) -> None:
    """Sent twice, there is nothing left to take back, and that is fine."""
    objection = last_objection(roll, person)
    if objection is not None and objection.state == ObjectionState.FILED:
        withdraw_objection(objection=objection, actor=actor_of(room.request), at=clock.now())


# --- A proxy ----------------------------------------------------------------------------------------------------------


@login_required
@never_cache
def vote_proxy(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Have somebody else on the roll vote for me, or take that back."""
    room = _of_vote(request, ref)
    roll, person = room.existing, person_behind(request)
    if not roll.policy.max_proxies:
        raise Http404
    is_taken_back = request.method == "POST" and request.POST.get("step") == "take_back"
    form = SureForm(posted(request)) if is_taken_back else ProxyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actor, now = actor_of(request), clock.now()
        try:
            if is_taken_back:
                take_back_proxy(roll=roll, giver=person, actor=actor, at=now)
            else:
                holder = holder_at(email=form.cleaned_data["holder"], asked_by=person, at=now)
                give_proxy(roll=roll, giver=person, holder=holder, actor=actor, at=now)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect(room.url("roll"))
    context = room.context(form=form, is_taken_back=is_taken_back, is_deep=True)
    return render(request, TEMPLATE.format("proxy"), context)
