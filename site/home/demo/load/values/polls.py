"""How people of the demo vote about a value: residents in secret, a board with names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from home.demo import people
from home.demo.decisions.kinds import YES
from home.demo.load.values.shelf import Shelf
from home.demo.values import Votes
from neighbourhoods.models import BallotBox, RecordedVote, RollEntry, ValueVote
from neighbourhoods.operations.ballots import cast, record_vote
from neighbourhoods.queries.ballots import RECUSED, form_hash
from people.models import Party

OPTION = "1"
PLAYED = {person.email for persons in people.who_can_sign_in().values() for person in persons}


def on_the_roll(box: BallotBox) -> list[Party]:
    """Who may vote. Those as whom a visitor can sign in come last, so that there is somebody left to vote as."""
    entries = RollEntry.objects.filter(roll=box.roll, is_included=True).select_related("person__login")
    everybody = [entry.person for entry in entries.order_by("person_id")]
    return sorted(everybody, key=lambda voter: voter.login.email in PLAYED)


class Poll:
    """One vote, with the time there was for it up to now."""

    def __init__(self, shelf: Shelf, vote: ValueVote) -> None:
        self.shelf, self.vote = shelf, vote
        self.box = BallotBox.objects.select_related("roll").get(pk=vote.box_id)
        self.until = min(self.box.closes_at, shelf.crowd.at)

    def residents_vote(self, choices: Sequence[Any]) -> None:
        """The first so many on the roll vote, each a while after the one before."""
        for number, (voter, choice) in enumerate(zip(on_the_roll(self.box), choices, strict=False), start=1):
            cast(
                box=self.box, person=voter, choice=choice, wants_receipt=False, form_hash=form_hash(self.box),
                actor=self.shelf.as_oneself(voter), at=self._moment(number, len(choices)),
            )  # fmt: skip

    def board_votes(self, votes: Votes | None) -> None:
        """Each member says what the story says, or yes; whoever stepped aside says nothing."""
        aside = set(
            RecordedVote.objects.filter(box=self.box, choice=RECUSED).values_list("person", flat=True)
        )
        voters = [voter for voter in on_the_roll(self.box) if voter.pk not in aside]
        names = {voter.pk: voter.person_details.given_name for voter in voters}
        for number, voter in enumerate(voters, start=1):
            if votes is not None and names[voter.pk] not in votes:
                continue
            choice, reason = votes[names[voter.pk]] if votes is not None else (YES, "")
            record_vote(
                box=self.box, person=voter, choice={OPTION: choice}, reason=reason,
                actor=self.shelf.as_oneself(voter), at=self._moment(number, len(voters)),
            )  # fmt: skip

    def _moment(self, number: int, of: int) -> datetime:
        return self.box.opens_at + (self.until - self.box.opens_at) * number / (of + 1)
