"""A proposal to the board: its page for everybody, and the vote of the members."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core import clock
from core.clock import day_of
from core.form_keys import derive_key
from neighbourhoods.forms.boardroom import AsideForm, MotionForm, PlaceForm, ProposeForm, VoteForm
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import BallotBox, Proposal, Subject
from neighbourhoods.operations import ballots
from neighbourhoods.operations import motions as operations
from neighbourhoods.queries.ballots import RECUSED
from neighbourhoods.queries.meetings import coming_meetings, interests_of
from neighbourhoods.queries.motions import is_entitled, is_left_behind, own_vote, still_to_vote, votes_of
from neighbourhoods.queries.policies import policy_for
from neighbourhoods.queries.results import sheet_of
from neighbourhoods.states import BoxState, MeetingState, ProposalState
from neighbourhoods.views.boardroom.base import Ask, Crumbs, Room, at_window, in_boardroom
from neighbourhoods.views.boardroom.words import (
    figures_of,
    phase_of_motion,
    sums_of,
    vote_lines,
    word_of,
)


@at_window
def motion(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """What is proposed, how it was decided and how each member voted. A member votes here."""
    return _page(room, room.motion(ref))


@in_boardroom
def vote(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """For, against or blank, with my name."""
    found = room.motion(ref)
    box = _box(found)
    form = VoteForm(room.posted)
    if room.sent(
        form,
        lambda values: ballots.record_vote(
            box=box, person=room.person, choice={operations.OPTION: values["choice"]}, reason=values["reason"],
            **room.by(),
        ),
        _("Your vote is written down. You can change it until the vote is closed."),
    ):  # fmt: skip
        return room.go("motion", ref)
    return _page(room, found, form) if request.method == "POST" else room.go("motion", ref)


@in_boardroom
def step_aside(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """I have an interest in this, so I do not vote."""
    found = room.motion(ref)
    box = _box(found)
    form = AsideForm(room.posted)
    if room.sent(
        form,
        lambda values: ballots.recuse(box=box, person=room.person, reason=values["reason"], **room.by()),
        _("You stepped aside. You do not count in this vote."),
    ):
        return room.go("motion", ref)
    ask = Ask(
        title=_("Do you step aside?"),
        lead=_(
            "Do so when this is about you, your family, your work or your money. The board then counts without you."
        ),
        note=_("You cannot take this back. A vote that you cast counts no more."),
        button=_("Step aside"),
        back_url=room.url("motion", ref),
        back=_("Back to the vote"),
    )
    return room.ask(ask, form, _back_to(room, found))


@in_boardroom
def propose(request: HttpRequest, room: Room) -> HttpResponse:
    """Something for the board to decide."""
    form = ProposeForm(
        room.posted,
        meetings=_in_preparation(room),
        initial={"meeting": request.GET.get("meeting")},
    )
    made: list[Proposal] = []

    def deed(values: dict[str, Any]) -> None:
        form_id = values.pop("key")
        key = derive_key(scope="boardroom.propose", owner=room.person.canonical_id, form_id=form_id)
        made.append(
            operations.propose(
                neighbourhood=room.neighbourhood, language=get_language() or settings.LANGUAGE_CODE, key=key,
                **values, **room.by(),
            )
        )  # fmt: skip

    if room.sent(form, deed):
        return room.go("motion", made[0].ref)
    ask = Ask(
        title=_("Propose something to the board"),
        lead=_("The board decides about it in a meeting or in writing. Then everybody sees who voted what."),
        button=_("Propose this"),
        back_url=room.url("boardroom"),
    )
    return room.ask(ask, form, room.crumbs())


@in_boardroom
def change(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Other words, by who wrote them."""
    found = room.motion(ref)
    form = MotionForm(room.posted, initial={"title": found.title, "text": found.text})
    if room.sent(form, lambda values: operations.change_motion(proposal=found, **values, **room.by())):
        return room.go("motion", ref)
    ask = Ask(
        title=_("Change your proposal"),
        button=_("Save"),
        back_url=room.url("motion", ref),
    )
    return room.ask(ask, form, _back_to(room, found))


@in_boardroom
def put_on_agenda(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """At which meeting it is decided."""
    found = room.motion(ref)
    form = PlaceForm(room.posted, meetings=_in_preparation(room), initial={"meeting": found.meeting_id})
    if room.sent(form, lambda values: operations.put_on_agenda(proposal=found, **values, **room.by())):
        return room.go("motion", ref)
    ask = Ask(
        title=_("Put it on an agenda"),
        lead=_("You can choose a meeting for which the invitation has not gone out yet."),
        button=_("Save"),
        back_url=room.url("motion", ref),
    )
    return room.ask(ask, form, _back_to(room, found))


@in_boardroom
def withdraw(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Taken back by who proposed it, or by the chair when that member has left."""
    found = room.motion(ref)
    is_left = is_left_behind(found, day_of(room.now))
    form = SureForm(room.posted)
    if room.sent(
        form,
        lambda _values: operations.withdraw_motion(proposal=found, **room.by()),
        _("The proposal is taken back.") if is_left else _("You took your proposal back."),
    ):
        return room.go("boardroom")
    ask = Ask(
        title=_("Take this proposal back?") if is_left else _("Take your proposal back?"),
        lead=_("Who proposed this has left the board. The board then does not decide about it.")
        if is_left
        else _("The board then does not decide about it. You can propose it anew."),
        button=_("Take it back"),
        back_url=room.url("motion", ref),
        back=_("Leave it"),
    )
    return room.ask(ask, form, _back_to(room, found))


@in_boardroom
def open_vote(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """In the meeting, or in writing."""
    found = room.motion(ref)
    in_writing = request.resolver_match is not None and request.resolver_match.url_name == "motion_round"
    form = SureForm(room.posted)
    if room.sent(
        form,
        lambda _values: operations.open_vote(proposal=found, in_writing=in_writing, **room.by()),
        _("The vote is open."),
    ):
        return room.go("motion", ref)
    return room.ask(_ask_to_open(room, found, in_writing=in_writing), form, _back_to(room, found))


@in_boardroom
def close_vote(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Nobody votes any more, and it is counted at once."""
    found = room.motion(ref)
    box = _box(found)
    form = SureForm(room.posted)
    if room.sent(form, lambda _values: operations.close_vote(proposal=found, **room.by())):
        return room.go("motion", ref)
    missing = still_to_vote(box)
    ask = Ask(
        title=_("Close the vote?"),
        lead=_("The votes are counted at once, and everybody can see them. This cannot be undone."),
        note=_("Not everybody has voted yet: %(number)d to go.") % {"number": missing} if missing else "",
        button=_("Close the vote"),
        back_url=room.url("motion", ref),
        back=_("Let the others vote first"),
    )
    return room.ask(ask, form, _back_to(room, found))


def _page(room: Room, found: Proposal, form: VoteForm | None = None) -> HttpResponse:
    box = found.box
    counted = box is not None and box.state == BoxState.COUNTED
    sheet = sheet_of(box) if box is not None and counted else None
    return room.show(
        "motion",
        room.crumbs(*_meeting_of(room, found)),
        motion=found,
        phase=phase_of_motion(found),
        figures=figures_of(sheet) if sheet else "",
        sums=sums_of(sheet) if sheet else [],
        votes=vote_lines(votes_of(box)) if box else [],
        can=_can(room, found),
        **{"form": form, **(_booth(room, box, form) if box and found.state == ProposalState.VOTING else {})},
    )


def _booth(room: Room, box: BallotBox, form: VoteForm | None) -> dict[str, Any]:
    """What a member needs to vote: the form with what they voted so far, and the interests that they declared."""
    told: dict[str, Any] = {"missing": still_to_vote(box)}
    if room.member is None or not is_entitled(box, room.member):
        return told
    mine = own_vote(box, room.member)
    stepped_aside = mine is not None and mine.choice == RECUSED
    initial = {"choice": mine.choice, "reason": mine.reason} if mine else {}
    return {
        **told,
        "mine": mine,
        "mine_in_words": word_of(mine.choice) if mine else "",
        "stepped_aside": stepped_aside,
        "may_vote": not stepped_aside,
        "form": form or VoteForm(initial=initial),
        "interests": interests_of(room.member, room.neighbourhood, clock.day_of(room.now)),
    }


def _can(room: Room, motion: Proposal) -> set[str]:
    """What the member who looks can do besides voting: the buttons of the page."""
    if room.member is None:
        return set()
    if motion.state == ProposalState.VOTING:
        return {"close"} if room.leads else set()
    if motion.state != ProposalState.PROPOSED:
        return set()
    meeting = motion.meeting
    found = set()
    is_mine = motion.proposed_by.canonical_id == room.member.canonical_id
    if meeting is None or meeting.state != MeetingState.INVITED:
        found |= {"place"} | ({"change"} if is_mine else set())
    if is_mine or (room.leads and is_left_behind(motion, day_of(room.now))):
        found.add("withdraw")
    if room.leads:
        found |= _rounds(room, motion)
    return found


def _rounds(room: Room, motion: Proposal) -> set[str]:
    """In which way the vote can be opened now."""
    meeting = motion.meeting
    if meeting is None or meeting.state == MeetingState.CANCELLED:
        return {"round"}
    ends_at = meeting.starts_at + operations.MEETING_LASTS
    if room.now >= ends_at:
        return {"round"}
    sent = meeting.state in {MeetingState.INVITED, MeetingState.HELD}
    return {"open"} if sent and meeting.starts_at <= room.now else set()


def _ask_to_open(room: Room, motion: Proposal, *, in_writing: bool) -> Ask:
    days = policy_for(room.neighbourhood, Subject.MOTION).voting_days  # as it is when the vote begins
    lead = (
        ngettext(
            "All members get a mail and can vote for %(days)d day.",
            "All members get a mail and can vote for %(days)d days.",
            days,
        )
        % {"days": days}
        if in_writing
        else _("All members who are on the board today can vote, until you close the vote.")
    )
    return Ask(
        title=_("Begin a written round?") if in_writing else _("Open the vote?"),
        lead=lead,
        note=_(
            "From then on everybody can see the proposal. How members vote is shown when the vote is over."
        ),
        button=_("Begin the written round") if in_writing else _("Open the vote"),
        back_url=room.url("motion", motion.ref),
    )


def _in_preparation(room: Room) -> Any:
    return coming_meetings(room.neighbourhood).filter(state=MeetingState.PLANNED)


def _box(motion: Proposal) -> BallotBox:
    """:raises Http404: before the vote."""
    if motion.box is None:
        raise Http404
    return motion.box


def _meeting_of(room: Room, motion: Proposal) -> Crumbs:
    meeting = motion.meeting
    return [(meeting.title, room.url("meeting", meeting.ref))] if meeting else []


def _back_to(room: Room, motion: Proposal) -> Crumbs:
    return room.crumbs((motion.title, room.url("motion", motion.ref)))
