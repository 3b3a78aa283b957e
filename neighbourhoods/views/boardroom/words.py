"""How far meetings, minutes and proposals are, in words and with a disc; and what a member has to do about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from neighbourhoods.models import Meeting, Proposal
from neighbourhoods.queries.ballots import RECUSED
from neighbourhoods.queries.motions import Vote
from neighbourhoods.states import MeetingState, MinutesState, ProposalState

if TYPE_CHECKING:
    from neighbourhoods.views.boardroom.base import Room

Phase = tuple[str, str]

MEETING_DISCS = {
    MeetingState.PLANNED: "open",
    MeetingState.INVITED: "half",
    MeetingState.HELD: "done",
    MeetingState.CANCELLED: "no",
}
MINUTES_DISCS = {
    MinutesState.DRAFT: "open",
    MinutesState.PUBLISHED: "half",
    MinutesState.APPROVED: "done",
}
MOTION_DISCS = {
    ProposalState.PROPOSED: "open",
    ProposalState.VOTING: "half",
    ProposalState.ADOPTED: "done",
    ProposalState.REJECTED: "no",
    ProposalState.NO_QUORUM: "no",
    ProposalState.WITHDRAWN: "no",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something that a member has to do now."""

    title: str
    words: str
    url: str
    until: datetime | None = None
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteLine:
    """A vote with a name, as a page shows it."""

    name: str
    words: str
    disc: str
    reason: str
    earlier: str


def phase_of_meeting(meeting: Meeting) -> Phase:
    return MEETING_DISCS[MeetingState(meeting.state)], capfirst(meeting.get_state_display())


def phase_of_minutes(state: str) -> Phase:
    return MINUTES_DISCS[MinutesState(state)], capfirst(str(MinutesState(state).label))


def phase_of_motion(motion: Proposal) -> Phase:
    return MOTION_DISCS[ProposalState(motion.state)], capfirst(motion.get_state_display())


def matters_of(room: Room, unwritten: Iterable[Meeting], unapproved: Iterable[Meeting]) -> list[Matter]:
    """What has to be written down of meetings; what only the chair or the secretary does is shown to them alone."""
    found = []
    for meeting in unwritten:
        minutes = getattr(meeting, "minutes", None)
        if meeting.state == MeetingState.INVITED:
            if room.leads:
                found.append(_matter(room, meeting, "meeting_hold", _("Write down who is there")))
        elif minutes is None or not room.leads:
            found.append(_matter(room, meeting, "minutes_write", _("Write the minutes")))
        else:
            found.append(_matter(room, meeting, "meeting", _("Publish the minutes")))
    if room.leads:
        found += [_matter(room, one, "meeting", _("Have the minutes approved")) for one in unapproved]
    return found


def vote_lines(votes: Iterable[Vote]) -> list[VoteLine]:
    return [
        VoteLine(
            name=vote.person.display_name,
            words=word_of(vote.choice),
            disc=vote.sign,
            reason=vote.reason,
            earlier=", ".join(word_of(choice) for choice in vote.earlier),
        )
        for vote in votes
    ]


def word_of(choice: str) -> str:
    """A vote in a word."""
    words = {
        "yes": pgettext("vote", "For"),
        "no": pgettext("vote", "Against"),
        "blank": pgettext("vote", "Blank"),
        RECUSED: pgettext("vote", "Stepped aside"),
        "": pgettext("vote", "Did not vote"),
    }
    return words[choice]


def figures_of(sheet: dict[str, Any]) -> str:
    """How the votes fell, in one line: "3 for, 1 against, 1 blank"."""
    one = sheet["options"][0]
    parts = [
        pgettext("votes", "%(number)d for") % {"number": one["yes"]},
        pgettext("votes", "%(number)d against") % {"number": one["no"]},
    ]
    if one["blank"]:
        parts.append(pgettext("votes", "%(number)d blank") % {"number": one["blank"]})
    return ", ".join(parts)


def sums_of(sheet: dict[str, Any]) -> list[str]:
    """Why it came out so: each threshold in a sentence."""
    turnout = sheet["quorums"]["turnout"]
    sums = sheet["quorums"]["options"][0]
    told = [
        ngettext("%(cast)d of %(roll)d member voted.", "%(cast)d of %(roll)d members voted.", turnout["roll"])
        % {"cast": turnout["cast"], "roll": turnout["roll"]}
        + " "
        + needed(turnout["needed"])
    ]
    if not turnout["is_reached"]:
        return told
    majority, approval = sums["majority"], sums["approval"]
    told.append(
        ngettext("%(votes)d vote for it.", "%(votes)d votes for it.", majority["votes"])
        % {"votes": majority["votes"]}
        + " "
        + needed(max(majority["needed"], approval["needed"]))
    )
    return told


def needed(number: int) -> str:
    return ngettext("Needed was %(number)d.", "Needed were %(number)d.", number) % {"number": number}


def _matter(room: Room, meeting: Meeting, name: str, words: str) -> Matter:
    return Matter(title=meeting.title, words=words, url=room.url(name, meeting.ref), lang=meeting.language)
