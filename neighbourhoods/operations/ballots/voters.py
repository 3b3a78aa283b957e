"""Who votes, and when: everything about a cast but the choice itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import connection
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import NotAllowed, Refusal
from neighbourhoods.models import BallotBox, Channel, RollEntry
from neighbourhoods.permissions import acting_person
from neighbourhoods.queries.rolls import entries_of_person, explain
from neighbourhoods.states import BoxState
from people.models import Party

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class MayNotVote(Refusal):
    """The base of what the roll says against somebody. `is_other` makes it a sentence about somebody else: who helps
    them, hands them a ballot on paper or has their proxy reads it."""

    code = "may_not_vote"
    sentence = _("You cannot vote here.")
    of_another: ClassVar[_StrPromise | str] = _("This person cannot vote here.")

    def __init__(self, *, is_other: bool = False, **details: Any) -> None:
        self.is_other = is_other
        super().__init__(**details)

    def __str__(self) -> str:
        return str(self.of_another if self.is_other else self.sentence) % self.details


class NotOnRoll(MayNotVote):
    """The roll does not name this person."""

    code = "not_on_roll"
    sentence = _("You are not on the electoral roll of this vote, so you cannot vote in it.")
    of_another = _("This person is not on the electoral roll of this vote, so they cannot vote in it.")


class LeftOut(MayNotVote):
    """The roll names this person as not entitled. Details: `why`."""

    code = "left_out"
    sentence = _("You cannot vote in this one. %(why)s")
    of_another = _("This person cannot vote in this one. %(why)s")


class AlreadyVoted(MayNotVote):
    """One person, one vote, in whichever way and under whichever number."""

    code = "already_voted"
    sentence = _("You have already voted. A secret vote cannot be changed, because nobody can find it again.")
    of_another = _("This person has already voted. A secret vote cannot be changed.")


class TooEarly(Refusal):
    """Voting has not begun."""

    code = "too_early"
    sentence = _("Voting has not begun yet. Come back when it has.")


class TooLate(Refusal):
    """Voting is over, whatever the clock says."""

    code = "too_late"
    sentence = _("Voting is over. This is no longer possible.")


def check_open(box: BallotBox, at: datetime) -> None:
    """The state and the clock must both say that voting goes on: a clock that is set back opens nothing.

    :raises TooEarly: before it.
    :raises TooLate: after it.
    """
    if box.state == BoxState.READY or (box.state == BoxState.OPEN and at < box.opens_at):
        raise TooEarly
    if box.state != BoxState.OPEN or at >= box.closes_at:
        raise TooLate


def hold_open(box: BallotBox) -> BallotBox:
    """The box as it is now, and as it stays until this transaction ends: closing it has to wait. Casts do not wait for
    each other."""
    if connection.vendor == "postgresql":  # SQLite lets one writer in at a time anyway
        table = connection.ops.quote_name(BallotBox._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [box.pk])  # noqa: S608
    return BallotBox.objects.select_related("roll").get(pk=box.pk)


def person_acting(actor: Actor) -> Party:
    """The person who acts. Whoever votes or marks others is somebody, never the system.

    :raises NotAllowed: to the system.
    """
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    return person


def locked_entries(box: BallotBox, voter: Party) -> list[RollEntry]:
    """The entries of a person, locked in key order, so that nobody marks one of them meanwhile."""
    return list(entries_of_person(box.roll, voter).select_for_update(of=("self",)))


def check_may_vote(entries: list[RollEntry], *, is_other: bool = False) -> RollEntry:
    """The entry that is marked when this person votes.

    :raises NotOnRoll: without any.
    :raises AlreadyVoted: when one of them is marked.
    :raises LeftOut: when none of them is entitled; with the rule that decided.
    """
    if not entries:
        raise NotOnRoll(is_other=is_other)
    if any(entry.channel for entry in entries):
        raise AlreadyVoted(is_other=is_other)
    entitled = next((entry for entry in entries if entry.is_included), None)
    if entitled is None:
        raise LeftOut(why=_why(entries[0]), is_other=is_other)
    return entitled


def claim(box: BallotBox, voter: Party, channel: Channel, *, marked_by: Party | None = None) -> None:
    """Mark a voter on the roll, once. Nothing of it tells when, beside the order in which a database writes rows.

    :raises NotOnRoll, LeftOut, AlreadyVoted:
    """
    is_other = channel != Channel.ONLINE
    entry = check_may_vote(locked_entries(box, voter), is_other=is_other)
    by = None if marked_by is None else marked_by.canonical_id
    claimed = RollEntry.objects.filter(pk=entry.pk, channel="").update(channel=channel, marked_by_id=by)
    # Linked to another number since the entries were read: its mark counts as well.
    as_of_now = Party.objects.get(pk=voter.pk)
    others = entries_of_person(box.roll, as_of_now).exclude(pk=entry.pk)
    if not claimed or others.exclude(channel="").exists():
        raise AlreadyVoted(is_other=is_other)


def _why(entry: RollEntry) -> str:
    return explain(entry)
