"""The meetings of the elected board of the demo, with its proposals and votes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from core.actor import Actor
from core.clock import day_of
from home.demo.decisions import MeetingText, MotionText
from home.demo.decisions.kinds import ASIDE
from home.demo.load.decisions.campaign import Campaign
from home.demo.load.money.diary import moment
from home.demo.load.persons import NAMESPACE, Crowd
from neighbourhoods.models import BallotBox, Meeting, MeetingKind, Presence, Proposal, Seat, SeatOffice
from neighbourhoods.operations import motions
from neighbourhoods.operations.ballots import record_vote, recuse
from neighbourhoods.operations.meetings import (
    MeetingValues,
    add_item,
    approve_minutes,
    hold,
    invite,
    plan_meeting,
    publish_minutes,
    write_minutes,
)
from neighbourhoods.operations.meetings.minutes import fingerprint
from neighbourhoods.operations.offices_of_board import assign_office
from neighbourhoods.queries.seats import board_of

BEGINS = 19  # o'clock
HOUR = timedelta(hours=1)
INVITED_BEFORE, PLANNED_BEFORE = timedelta(days=7), timedelta(days=14)
OFFICES = (
    ("Tineke", SeatOffice.CHAIR, "Ravi"),
    ("Ravi", SeatOffice.SECRETARY, "Wim"),
    ("Wim", SeatOffice.TREASURER, "Tineke"),
)


class Boardroom:
    """The board that a campaign brought in, and what it does."""

    def __init__(self, crowd: Crowd, campaign: Campaign) -> None:
        self.crowd, self.place, self.election = crowd, campaign.place, campaign.election
        begins = moment(campaign.election.term_from_on, 9)
        seats = board_of(self.place, day_of(begins)).select_related("person__login")
        self.seats: dict[str, Seat] = {seat.person.person_details.given_name: seat for seat in seats}
        self.begins = begins

    def meet(self, meetings: Sequence[MeetingText], written_round: MotionText) -> None:
        """Divide the offices, hold the meetings that are over, invite to the next, vote on a proposal in writing."""
        for name, office, by in OFFICES:
            assign_office(seat=self.seats[name], office=office, actor=self.acting(by), at=self.begins)
        before: Meeting | None = None
        for text in meetings:
            before = self._meeting(text, before)
        self._in_writing(written_round)

    def acting(self, name: str) -> Actor:
        person = self.seats[name].person
        return Actor(user=person.login, person=person, principal=person)

    @property
    def secretary(self) -> Actor:
        return self.acting("Ravi")

    def _meeting(self, text: MeetingText, before: Meeting | None) -> Meeting:
        starts_at = moment(day_of(self.crowd.at) + timedelta(days=text.days), BEGINS)
        planned = min(starts_at - PLANNED_BEFORE, self.crowd.at)
        values = MeetingValues(
            kind=MeetingKind.BOARD, title=text.title, starts_at=starts_at, place="Buurthuis De Wiek",
            notice=text.notice, language="nl",
        )  # fmt: skip
        meeting = plan_meeting(
            neighbourhood=self.place,
            values=values,
            key=self._key(text.title),
            actor=self.secretary,
            at=planned,
        )
        for title, words in text.agenda:
            add_item(meeting=meeting, title=title, text=words, actor=self.secretary, at=planned)
        proposals = [self._propose(motion, meeting, planned) for motion in text.motions]
        invite(meeting=meeting, actor=self.secretary, at=min(starts_at - INVITED_BEFORE, self.crowd.at))
        if text.minutes:
            self._hold(meeting, text, before, starts_at)
            for proposal, motion in zip(proposals, text.motions, strict=True):
                self._vote(proposal, motion, starts_at + HOUR)
            self._minutes(meeting, text, starts_at + 2 * timedelta(days=1))
        return meeting

    def _hold(self, meeting: Meeting, text: MeetingText, before: Meeting | None, at: datetime) -> None:
        presences = {
            seat.person: Presence.EXCUSED if name in text.excused else Presence.PRESENT
            for name, seat in self.seats.items()
        }
        hold(meeting=meeting, presences=presences, actor=self.secretary, at=at)
        if before is not None:
            approve_minutes(minutes=before.minutes, meeting=meeting, actor=self.secretary, at=at)

    def _minutes(self, meeting: Meeting, text: MeetingText, at: datetime) -> None:
        minutes = write_minutes(
            meeting=meeting,
            text=text.minutes,
            others_present=text.others,
            based_on=fingerprint(""),
            actor=self.secretary,
            at=at,
        )
        publish_minutes(minutes=minutes, actor=self.secretary, at=at)

    def _propose(self, motion: MotionText, meeting: Meeting | None, at: datetime) -> Proposal:
        return motions.propose(
            neighbourhood=self.place, title=motion.title, text=motion.text, language="nl", meeting=meeting,
            key=self._key(motion.title), actor=self.acting(motion.by), at=at,
        )  # fmt: skip

    def _vote(
        self, proposal: Proposal, motion: MotionText, at: datetime, *, in_writing: bool = False
    ) -> None:
        motions.open_vote(proposal=proposal, in_writing=in_writing, actor=self.acting("Tineke"), at=at)
        box = BallotBox.objects.get(proposal=proposal)
        for name, (choice, reason) in motion.votes.items():
            deed = recuse if choice == ASIDE else partial(record_vote, choice={"1": choice})
            person = self.seats[name].person
            deed(box=box, person=person, reason=reason, actor=self.acting(name), at=at)
        if not in_writing:
            motions.close_vote(proposal=proposal, actor=self.acting("Tineke"), at=at + HOUR / 4)

    def _in_writing(self, motion: MotionText) -> None:
        at = self.crowd.at - timedelta(days=2)
        self._vote(self._propose(motion, None, at), motion, at, in_writing=True)

    def _key(self, words: str) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, f"{words} {self.place.pk}")
