"""Freezing a roll: from then on it stays as it is, and its root is known to everybody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.merkle import root_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import Roll, RollEntry
from neighbourhoods.operations.rolls.build import KNOWN_TWICE, may_keep_roll
from neighbourhoods.permissions import check
from neighbourhoods.queries.rolls import leaf_of_entry, open_objections
from neighbourhoods.roll_proofs import hash_of
from neighbourhoods.states import ROLL


class ObjectionsOpen(Refusal):
    """Somebody waits for an answer about their own entry."""

    code = "objections_open"
    sentence = _("There are objections that are not decided yet. Decide them first.")


@ROLL.guard("freeze")
def everybody_was_answered(roll: Roll, _actor: Actor) -> None:
    """The row is locked, and who objects locks it first: nobody slips in behind this question."""
    if open_objections(roll).exists():
        raise ObjectionsOpen


def freeze_roll(*, roll: Roll, actor: Actor, at: datetime) -> None:
    """Fix who may vote. Every entry gets its position in the Merkle tree, the roll its size and root.

    Positions follow the hashes of the entries, so they say nothing about who came when.

    :raises ObjectionsOpen: while somebody waits for an answer.
    :raises MoveRefused: when it is frozen already.
    :raises NotAllowed: to anybody but the polling office and the clock, and for a vote of the board its members.
    """
    check(may_keep_roll(actor, roll.neighbourhood, roll.policy, day_of(at)))
    with transaction.atomic():
        locked = Roll.objects.select_for_update(no_key=True).get(pk=roll.pk)
        ROLL.after(
            locked.state, "freeze"
        )  # before the work below, which the database would refuse less kindly
        everybody_was_answered(locked, actor)
        entries = _entries(roll)
        _count_everybody_once(entries)
        transition(roll, "freeze", actor=actor, at=at, along=_place(entries, at))


def _entries(roll: Roll) -> list[RollEntry]:
    return list(RollEntry.objects.filter(roll=roll).select_related("person").order_by("pk"))


def _count_everybody_once(entries: list[RollEntry]) -> None:
    """Two numbers that were found to be one person since the roll was built give one vote: under the number that counts
    when it is entitled, else under the other."""
    voters = [entry for entry in entries if entry.is_included]
    kept: dict[int, RollEntry] = {}
    for entry in sorted(voters, key=lambda entry: (entry.person.canonical_id != entry.person_id, entry.pk)):
        first = kept.setdefault(entry.person.canonical_id, entry)
        if first is not entry:
            entry.is_included, entry.basis = False, KNOWN_TWICE


def _place(entries: list[RollEntry], at: datetime) -> dict[str, object]:
    """Write each entry's position; what the roll itself gets along with its new state."""
    hashes = {entry.pk: hash_of(leaf_of_entry(entry)) for entry in entries}
    entries.sort(key=lambda entry: hashes[entry.pk])
    for position, entry in enumerate(entries):
        entry.position = position
    # Rows that are there already are brought up to date: one statement for many, where an UPDATE each takes minutes.
    RollEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["position", "is_included", "basis"],
    )
    return {
        "frozen_at": at,
        "size": sum(entry.is_included for entry in entries),
        "root": root_of([hashes[entry.pk] for entry in entries]).hex(),
    }
