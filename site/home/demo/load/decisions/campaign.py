"""One election of the demo, step by step through the operations that everybody uses."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from core.actor import Actor
from core.clock import day_of
from home.demo import people
from home.demo.decisions import Candidate, ElectionText
from home.demo.load.persons import NAMESPACE, Crowd
from neighbourhoods.models import BallotBox, Election, Nomination, RollEntry
from neighbourhoods.operations import appeals
from neighbourhoods.operations.ballots import cast, enter_paper, mark_paper
from neighbourhoods.operations.elections import (
    ElectionDates,
    advance,
    announce,
    draft_election,
    nominate,
    stand,
    suggest_dates,
)
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.queries.policies import policy_for
from people.models import Party, User

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ANNOUNCED_BEFORE = 3 * DAY


class Campaign:
    """An election of which nominations begin `begins` days from today."""

    def __init__(self, crowd: Crowd, slug: str, text: ElectionText, *, begins: int) -> None:
        self.crowd, self.place, self.text = crowd, crowd.places[slug], text
        policy = policy_for(self.place, "ELECTION")
        first = day_of(crowd.at) + timedelta(days=begins)
        self.dates: ElectionDates = suggest_dates(policy, title=text.title, seats=text.seats, from_on=first)
        self.election: Election

    @property
    def officers(self) -> list[Actor]:
        return [self.crowd.acting(person, self.crowd.municipality) for person in (people.NIENKE, people.RUUD)]

    def user(self, email: str) -> User:
        return self.crowd.users[email]

    def acting(self, email: str) -> Actor:
        user = self.user(email)
        return Actor(user=user, person=user.person, principal=user.person)

    def announce(self) -> None:
        at = self.dates.nominations_from - ANNOUNCED_BEFORE
        key = uuid.uuid5(NAMESPACE, f"election {self.place.slug} {self.place.pk}")
        self.election = draft_election(
            neighbourhood=self.place, values=self.dates, key=key, actor=self.officers[0], at=at
        )
        announce(election=self.election, actor=self.officers[0], at=at)
        advance(now=self.dates.nominations_from)

    def candidates_stand(self) -> None:
        for number, candidate in enumerate(self.text.candidates, start=1):
            self._stand(candidate, self.dates.nominations_from + number * 5 * HOUR)

    def _stand(self, candidate: Candidate, at: datetime) -> None:
        stand(
            election=self.election, person=self.user(candidate.email).person, statement=candidate.statement,
            interests="\n".join(candidate.interests), has_no_interests=not candidate.interests,
            actor=self.acting(candidate.email), at=at,
        )  # fmt: skip

    def nominate(self, email: str, *, by: str) -> None:
        at = self.dates.nominations_from + DAY
        actor = self.acting(by)
        nominate(
            election=self.election,
            candidate=self.user(email).person,
            by=self.user(by).person,
            actor=actor,
            at=at,
        )

    def open_voting(self) -> None:
        advance(now=self.dates.freezes_at)
        advance(now=self.dates.opens_at)
        self.election.refresh_from_db()

    @cached_property
    def box(self) -> BallotBox:
        if self.election.box is None:
            raise BallotBox.DoesNotExist(self.election.pk)
        return BallotBox.objects.get(pk=self.election.box.pk)

    def residents_vote(self, orders: Sequence[Sequence[int]], *, on_paper: int = 0) -> None:
        """Everybody on the roll votes, as long as there are orders of preference; the last few on paper. Those as whom
        a visitor can sign in come last, so that there is somebody left to vote as."""
        entries = RollEntry.objects.filter(roll=self.box.roll, is_included=True).select_related(
            "person__login"
        )
        played = {person.email for persons in people.who_can_sign_in().values() for person in persons}
        everybody = [entry.person for entry in entries.order_by("person_id")]
        voters = sorted(everybody, key=lambda voter: voter.login.email in played)[: len(orders)]
        chosen = [self._choice(order) for order in orders[: len(voters)]]
        online = len(voters) - on_paper
        for number, (voter, choice) in enumerate(zip(voters[:online], chosen[:online], strict=True)):
            self._cast(voter, choice, self.dates.opens_at + number * 7 * HOUR, wants_receipt=number % 3 == 0)
        self.on_paper = chosen[online:]
        for voter in voters[online:]:
            mark_paper(box=self.box, voter=voter, actor=self.officers[0], at=self.dates.opens_at + 2 * DAY)

    def _choice(self, order: Sequence[int]) -> list[str]:
        """The numbers on the ballot of these candidates: the roll gave each a number by lot."""
        emails = [self.text.candidates[place - 1].email for place in order]
        return [self._numbers[self.user(email).person.canonical_id] for email in emails]

    @cached_property
    def _numbers(self) -> dict[int, str]:
        found = Nomination.objects.filter(election=self.election, number__isnull=False)
        return {nomination.candidate_id: str(nomination.number) for nomination in found}

    def _cast(self, voter: Party, choice: Any, at: datetime, *, wants_receipt: bool) -> None:
        actor = Actor(user=voter.login, person=voter, principal=voter)
        cast(
            box=self.box, person=voter, choice=choice, wants_receipt=wants_receipt, form_hash=form_hash(self.box),
            actor=actor, at=min(at, self.crowd.at),
        )  # fmt: skip

    def count(self) -> None:
        """Two officers enter what was on paper, and the count follows by itself."""
        closed = self.dates.closes_at + HOUR
        advance(now=closed)
        self.box.refresh_from_db()
        for officer in self.officers:
            enter_paper(box=self.box, choices=self.on_paper, actor=officer, at=closed + HOUR)
        advance(now=closed + 2 * HOUR)

    def appeal(self, grounds: str, ruling: str) -> None:
        """Somebody appeals, and the panel rules that the result stands."""
        self.box.refresh_from_db()
        entry = (
            RollEntry.objects.filter(roll=self.box.roll, is_included=True)
            .exclude(person__nominations__election=self.election)
            .select_related("person__login")
            .order_by("-person_id")[0]
        )
        actor = Actor(user=entry.person.login, person=entry.person, principal=entry.person)
        filed = self.dates.closes_at + 2 * DAY
        key = uuid.uuid5(NAMESPACE, f"appeal {self.place.slug} {self.place.pk}")
        appeal = appeals.file_appeal(
            box=self.box, person=entry.person, grounds=grounds, language="nl", key=key, actor=actor, at=filed
        )
        panel = self.crowd.acting(people.HARM, self.crowd.municipality)
        appeals.admit_appeal(appeal=appeal, actor=panel, at=filed + DAY)
        appeals.hear_appeal(appeal=appeal, actor=panel, at=filed + 5 * DAY)
        appeals.rule_on_appeal(appeal=appeal, upheld=False, ruling=ruling, actor=panel, at=filed + 6 * DAY)

    def confirm(self) -> None:
        """The time to appeal passes; the elected take their seats."""
        self.election.refresh_from_db()
        advance(now=(self.election.appeals_until or self.crowd.at) + HOUR)
        self.election.refresh_from_db()
