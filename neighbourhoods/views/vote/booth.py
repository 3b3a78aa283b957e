"""The ballot: fill in, look once more, cast. Every step is one page that keeps nothing; nothing is said by message or
session, so that what somebody votes is in no other place than the ballot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from core import clock
from core.refusals import Refusal, refuse
from neighbourhoods.forms.vote.ballot import About, BallotForm, ballot_form
from neighbourhoods.models import Channel, RollEntry
from neighbourhoods.operations.ballots import AlreadyVoted, BadBallot, ChangedForm, cast
from neighbourhoods.queries.ballots import form_hash, labels_of
from neighbourhoods.queries.rolls import entries_of_person, explain
from neighbourhoods.queries.voting import on_ballot, proxies_waiting, proxy_for
from neighbourhoods.states import BoxState
from neighbourhoods.views.vote.base import Vote, vote_at
from neighbourhoods.views.vote.values import known_before
from people.acting import actor_of, person_behind
from people.models import Party

TEMPLATE = "neighbourhoods/vote/{}.html"
SEEN, REFUSED = 200, 403


@dataclass(frozen=True)
class Voter:
    """Who stands before the ballot: for themself, or for the one who gave them a proxy."""

    person: Party
    giver: Party | None
    entries: list[RollEntry]

    @property
    def is_entitled(self) -> bool:
        return any(entry.is_included for entry in self.entries)

    @property
    def channel(self) -> str:
        """How this vote was cast; empty when it was not."""
        return next((entry.channel for entry in self.entries if entry.channel), "")


@login_required
@never_cache
@sensitive_post_parameters()
def vote(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Vote. Each step is sent here: look (once more), blank, edit (back), cast."""
    at = vote_at(request, ref)
    if not at.box.is_secret:  # the board votes in its own room, with names
        return redirect(at.url or "votes")
    voter = _voter(at)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step == "cast":
        return _cast(at, voter)
    return _hindrance(at, voter, clock.now()) or _step(at, voter, step)


def _step(at: Vote, voter: Voter, step: str) -> HttpResponse:
    if step in {"look", "blank"}:
        form = _ballot(at, is_blank=step == "blank")
        return _look(at, voter, form) if form.is_valid() else _fill_in(at, voter, form)
    return _fill_in(at, voter, _form(at, typed=at.request.POST if step == "edit" else None))


def _voter(at: Vote) -> Voter:
    """:raises Http404: for the proxy of somebody who gave this person none."""
    request = at.request
    person = person_behind(request)
    asked = request.POST.get("for") or request.GET.get("for") or ""
    giver = None
    if asked:
        proxy = proxy_for(at.box.roll, person, asked)
        if proxy is None:
            raise Http404
        giver = proxy.entry.person
    return Voter(person, giver, list(entries_of_person(at.box.roll, giver or person)))


# --- The form ---------------------------------------------------------------------------------------------------------


def _ballot(at: Vote, *, is_blank: bool) -> BallotForm:
    """The ballot as it was sent."""
    data = at.request.POST.copy()
    data["blank"] = "1" if is_blank else ""
    return _form(at, data)


def _form(at: Vote, data: QueryDict | None = None, *, typed: QueryDict | None = None) -> BallotForm:
    return ballot_form(
        data, box=at.box, labels=labels_of(at.box), form_hash=form_hash(at.box), abouts=_abouts(at), typed=typed
    )  # fmt: skip


def _abouts(at: Vote) -> dict[str, About]:
    """What the candidates say of themselves, for who has not read it yet."""
    if at.election is None:
        return {}
    return {
        str(one.number): About(one.statement, one.interests, one.has_no_interests, one.language)
        for one in on_ballot(at.election)
    }


# --- The pages --------------------------------------------------------------------------------------------------------


def _fill_in(at: Vote, voter: Voter, form: BallotForm, *, status: int = SEEN) -> HttpResponse:
    quorum = at.box.policy.turnout_quorum
    context = at.context(
        form=form,
        voter=voter,
        needed=-(-quorum.numerator * at.box.roll.size // quorum.denominator),
        proxies=[] if voter.giver else proxies_waiting(at.box.roll, voter.person),
        known=known_before(at.value, clock.today()) if at.value else [],
    )
    return render(at.request, TEMPLATE.format("ballot"), context, status=status)


def _look(at: Vote, voter: Voter, form: BallotForm) -> HttpResponse:
    """Is this your vote? Nothing of it is kept: the page carries it."""
    lines = [] if form.is_blank else form.lines()
    form.hide()
    context = at.context(form=form, voter=voter, lines=lines, left=len(at.box.options) - len(lines))
    return render(at.request, TEMPLATE.format("look"), context)


def _cast(at: Vote, voter: Voter) -> HttpResponse:
    """Cast it, and say so in this very answer: nothing else could show the receipt code without keeping it."""
    form = _ballot(at, is_blank=bool(at.request.POST.get("blank")))
    if not form.is_valid():
        return _hindrance(at, voter, clock.now()) or _fill_in(at, voter, form)
    return _put_in(at, voter, form)


def _put_in(at: Vote, voter: Voter, form: BallotForm) -> HttpResponse:
    try:
        code = cast(
            box=at.box, person=voter.person, choice=form.cleaned_data["choice"],
            wants_receipt=form.cleaned_data["wants_receipt"], form_hash=form.cleaned_data["form_hash"],
            actor=actor_of(at.request), at=clock.now(), on_behalf_of=voter.giver,
        )  # fmt: skip
    except AlreadyVoted:
        return _voted(at, voter, is_again=True)
    except ChangedForm as refusal:
        return _changed(at, voter, refusal)
    except BadBallot as refusal:
        refuse(form, refusal)
        return _fill_in(at, voter, form)
    except Refusal as refusal:
        stop = _Stop(_("Your vote was not cast"), str(refusal), "vote_roll", _("Look at the roll"))
        return _stopped(at, voter, stop, status=REFUSED)
    return _voted(at, voter, code=code)


def _changed(at: Vote, voter: Voter, refusal: Refusal) -> HttpResponse:
    """What stands on the ballot is not what this page showed: show it as it is now, with what was filled in."""
    data = at.request.POST.copy()
    data["form_hash"] = form_hash(at.box)
    form = _form(at, data)
    form.is_valid()
    refuse(form, refusal)
    return _fill_in(at, voter, form)


def _voted(at: Vote, voter: Voter, *, code: str = "", is_again: bool = False) -> HttpResponse:
    channel = "" if not is_again else _channel_now(at, voter)
    waiting = [] if voter.giver else proxies_waiting(at.box.roll, voter.person)
    context = at.context(
        voter=voter, code=code, is_again=is_again, channel=channel, channels=Channel, proxies=waiting
    )
    return render(at.request, TEMPLATE.format("voted"), context)


def _channel_now(at: Vote, voter: Voter) -> str:
    """How it was cast, read anew: the mark may have come a moment ago."""
    entries = entries_of_person(at.box.roll, voter.giver or voter.person)
    return next((entry.channel for entry in entries if entry.channel), "")


@dataclass(frozen=True)
class _Stop:
    """Why somebody cannot vote here and now, and where they can go."""

    title: str
    text: str
    url_name: str
    action: str


def _hindrance(at: Vote, voter: Voter, now: datetime) -> HttpResponse | None:
    """The page that says why this person cannot vote now; nothing when they can."""
    if voter.channel:
        return _voted(at, voter, is_again=True)
    if stop := _by_the_clock(at, now):
        return _stopped(at, voter, stop)
    if not voter.is_entitled:
        reason = explain(voter.entries[0] if voter.entries else None)
        stop = _Stop(_("You are not on the roll of this vote"), reason, "vote_roll", _("Look at the roll"))
        return _stopped(at, voter, stop, status=REFUSED)
    return None


def _by_the_clock(at: Vote, now: datetime) -> _Stop | None:
    box, state = at.box, BoxState(at.box.state)
    if state == BoxState.VOID:
        return _Stop(_("This vote is not held"), _("It was cancelled before voting began."), "", "")
    if state == BoxState.READY or now < box.opens_at:
        early = _("Nobody can vote yet. You can look whether you are on the roll.")
        return _Stop(_("Voting has not begun yet"), early, "vote_roll", _("Look at the roll"))
    if state == BoxState.COUNTED:
        return _Stop(_("Voting is over"), _("The votes were counted."), "vote_result", _("See the result"))
    if state != BoxState.OPEN or now >= box.closes_at:
        late = _("You cannot vote any more. The votes are being counted now.")
        return _Stop(_("Voting is over"), late, "vote_result", _("How many voted"))
    return None


def _stopped(at: Vote, voter: Voter, stop: _Stop, *, status: int = SEEN) -> HttpResponse:
    url = reverse(stop.url_name, args=[at.box.ref]) if stop.url_name else ""
    context = at.context(voter=voter, stop=stop, url=url)
    return render(at.request, TEMPLATE.format("cannot"), context, status=status)
