"""One decision of the demo, from its proposal to as far as time has brought it, through the operations of everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from core.actor import Actor
from core.refusals import Refusal
from home.demo import people
from home.demo.load.values.polls import OPTION, Poll
from home.demo.load.values.shelf import Shelf
from home.demo.values import Objection, Question
from home.demo.values.kinds import Stays
from neighbourhoods.models import Decider, ValueDecision, ValueVote
from neighbourhoods.operations import appeals, values
from neighbourhoods.operations.values import Terms
from neighbourhoods.operations.values.publishing import begin_page
from neighbourhoods.queries.board_values import page_to_write_below
from neighbourhoods.queries.value_votes import last_vote
from neighbourhoods.states import ValueState

HOUR, DAY, SOON = timedelta(hours=1), timedelta(days=1), timedelta(minutes=5)
SYSTEM = Actor.system()
TURNED_AWAY, CONSULTED, WITHDRAWN = 3, 2, 6  # days after it was proposed


class Course:
    """A question, and what became of it."""

    def __init__(self, shelf: Shelf, question: Question) -> None:
        self.shelf, self.question, self.now = shelf, question, shelf.crowd.at
        self.decision: ValueDecision
        self.steps: dict[str, Callable[[], bool]] = {
            ValueState.PROPOSED: self._get_on_the_agenda,
            ValueState.ADMITTED: self._consult,
            ValueState.CONSULTATION: self._open,
            ValueState.VOTING: self._vote,
            ValueState.AWAITING_BOARD: self._ask_the_board,
            ValueState.AWAITING_CONSENT: self._ask_the_municipality,
            ValueState.APPEAL: self._begin,
        }

    def run(self) -> None:
        """Take one step after the other, until the next one lies in the future or in the hands of a visitor."""
        self._propose()
        while step := self.steps.get(self.decision.state):
            if not step():
                return
            self.decision.refresh_from_db()

    def _on(self, days: int, hour: int = 10) -> datetime:
        """This hour of so many days after it was proposed; no later than now, which is for what was left to people."""
        return min(self.shelf.on(self.question.day + days, hour), self.now)

    def _proposer(self) -> Actor:
        organisation = self.shelf.organisations.get(self.question.acting_for)
        return self.shelf.acting(self.question.by, organisation)

    # --- Proposed -------------------------------------------------------------------------------------------------

    def _propose(self) -> None:
        question, at = self.question, self._on(0)
        item = self.shelf.find(question.about)
        if question.stays is Stays.DRAFT:
            self._draft(at)
            return
        self.decision = values.propose(
            neighbourhood=self.shelf.place, item=item, amount=question.amount, text=question.text, language="nl",
            evidence=question.evidence, volume=question.volume, key=self.shelf.key(question.about, question.day),
            actor=self._proposer(), at=at,
        )  # fmt: skip
        self.shelf.put(question.about, self.decision.item, at)

    def _draft(self, at: datetime) -> None:
        """As a board does it: on a page that it does not publish yet. A neighbourhood without pages has the draft
        alone."""
        question, place, actor = self.question, self.shelf.place, self._proposer()
        told: dict[str, Any] = {
            "neighbourhood": place, "item": self.shelf.find(question.about), "amount": question.amount,
            "text": question.text, "key": self.shelf.key(question.about, question.day), "actor": actor, "at": at,
        }  # fmt: skip
        if page_to_write_below(place) is None:
            self.decision = values.draft(**told, language="nl", volume=question.volume)
        else:
            page = begin_page(**told, user=self.shelf.crowd.users[question.by])
            page.terms_volume = question.volume
            page.save_revision(user=page.owner)
            self.decision = page.decision
        self.shelf.put(question.about, self.decision.item, at)

    def _get_on_the_agenda(self) -> bool:
        if self.question.stays is Stays.TURNED_AWAY:
            at = self._on(TURNED_AWAY)
            values.turn_away(
                decision=self.decision, reason=self.question.reason, actor=self.shelf.leader(at), at=at
            )
            return True
        at = self._on(1)
        board = {person.pk for person in self.shelf.board(at).values()}
        if self.decision.evidence and (self.question.acting_for or self.decision.proposed_by_id in board):
            values.admit(decision=self.decision, actor=self.shelf.leader(at), at=at)
            return True
        return self._find_support(at)

    def _find_support(self, at: datetime) -> bool:
        """As many residents as are needed, or as the story has so far."""
        most = self.question.supporters
        for number, person in enumerate(self.shelf.residents(), start=1):
            actor = self.shelf.as_oneself(person)
            if values.support(decision=self.decision, actor=actor, at=at + number * SOON):
                return True
            if number == most:
                return False
        return False

    # --- On the agenda --------------------------------------------------------------------------------------------

    def _consult(self) -> bool:
        at = self._on(CONSULTED)
        if self.question.stays is Stays.ADMITTED or at == self.now:
            return False
        low, high, step = self.question.bounds or (None, None, None)
        wanted = self.question.wanted
        terms = Terms(
            proposed=self.decision.proposed, volume=self.decision.volume, low=low, high=high, step=step,
            wanted_on=None if wanted is None else self.shelf.date(wanted),
        )  # fmt: skip
        values.consult(decision=self.decision, terms=terms, actor=self.shelf.leader(at), at=at)
        self._react(at)
        return True

    def _react(self, at: datetime) -> None:
        for number, said in enumerate(self.question.comments, start=1):
            moment = at + number * 9 * HOUR
            comment = values.comment(
                decision=self.decision, text=said.text, language="nl",
                key=self.shelf.key(self.decision.key, "reaction", number), actor=self.shelf.acting(said.by), at=moment,
            )  # fmt: skip
            if said.hidden:
                leader = self.shelf.leader(moment)
                values.hide_comment(comment=comment, reason=said.hidden, actor=leader, at=moment + HOUR)

    def _open(self) -> bool:
        if self.question.stays is Stays.WITHDRAWN:
            values.withdraw(
                decision=self.decision,
                reason=self.question.reason,
                actor=self._proposer(),
                at=self._on(WITHDRAWN),
            )
            return True
        at = (self.decision.consulted_until or self.now) + SOON
        if at > self.now:
            return False
        values.open_vote(decision=self.decision, actor=SYSTEM, at=at)
        return True

    # --- Voted on -------------------------------------------------------------------------------------------------

    def _vote(self) -> bool:
        vote = self._running()
        poll = Poll(self.shelf, vote)
        if vote.decider == Decider.BOARD:
            poll.board_votes(self.question.votes)
        elif self.decision.is_ending:
            poll.residents_vote([{OPTION: choice} for choice in self.question.choices])
        else:
            poll.residents_vote(self.question.amounts)
        at = vote.box.closes_at + SOON
        if at > self.now:
            return False
        values.close_vote(decision=self.decision, actor=SYSTEM, at=at)
        return True

    def _ask_the_board(self) -> bool:
        asked, until = self.question.confirmation, self.decision.board_until
        if asked is None:
            at = (until or self.now) + SOON
            if at > self.now:
                return False
            values.stay_silent(decision=self.decision, actor=SYSTEM, at=at)
            return True
        at = self._running().box.closes_at + DAY
        vote = values.open_confirmation(
            decision=self.decision, amount=asked.amount, actor=self.shelf.leader(at), at=at
        )
        Poll(self.shelf, vote).board_votes(asked.votes)
        values.close_confirmation(decision=self.decision, actor=SYSTEM, at=vote.box.closes_at + SOON)
        return True

    def _running(self) -> ValueVote:
        vote = last_vote(self.decision)
        if vote is None:
            raise ValueVote.DoesNotExist(self.decision.pk)
        return vote

    # --- Decided --------------------------------------------------------------------------------------------------

    def _ask_the_municipality(self) -> bool:
        if self.question.answer is None or self.decision.decided_at is None:
            return False
        consents, reason = self.question.answer
        clerk = self.shelf.crowd.acting(people.KARIN, self.shelf.crowd.municipality)
        at = self.decision.decided_at + 3 * DAY
        values.answer_guideline(decision=self.decision, consents=consents, reason=reason, actor=clerk, at=at)
        return True

    def _begin(self) -> bool:
        if self.question.objection is not None:
            self._object(self.question.objection)
            return True
        until, first = self.decision.appeals_until, self.decision.effective_on
        if until is None or first is None:
            return False
        at = max(until, self.shelf.on((first - self.shelf.today).days, 1)) + SOON
        if at > self.now:
            return False
        try:
            values.take_effect(decision=self.decision, actor=SYSTEM, at=at)
        except Refusal as refusal:  # the pots of a visitor hold less than those of the story
            self.shelf.crowd.left_out.append(f"A value of {self.question.about} waits: {refusal}")
            return False
        return True

    def _object(self, objection: Objection) -> None:
        box, crowd = self._running().box, self.shelf.crowd
        actor, person = self.shelf.acting(objection.by), crowd.users[objection.by].person
        filed = (self.decision.decided_at or self.now) + DAY
        panel = crowd.acting(people.HARM, crowd.municipality)
        appeal = appeals.file_appeal(
            box=box, person=person, grounds=objection.grounds, language="nl",
            key=self.shelf.key(self.decision.key, "appeal"), actor=actor, at=filed,
        )  # fmt: skip
        appeals.admit_appeal(appeal=appeal, actor=panel, at=filed + DAY)
        appeals.hear_appeal(appeal=appeal, actor=panel, at=filed + 3 * DAY)
        appeals.rule_on_appeal(
            appeal=appeal, upheld=objection.upheld, ruling=objection.ruling, actor=panel, at=filed + 5 * DAY
        )
