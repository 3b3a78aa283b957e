"""Who is on a roll, why, and the proof of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.merkle import root_of
from core.refusals import Refusal
from neighbourhoods.models import EligibilityRule, Roll, RollEntry, RollObjection, RuleKind
from neighbourhoods.roll_proofs import hash_of, leaf_of, make_proof
from neighbourhoods.states import ObjectionState, RollState
from people.models import Party
from people.queries import numbers_of


class NotFrozenYet(Refusal):
    """Before it is frozen a roll can still change, so there is nothing to prove."""

    code = "roll_not_frozen_yet"
    sentence = _("It is not fixed yet who may vote. You can download your proof once it is.")


def entries_of_person(roll: Roll, person: Party) -> QuerySet[RollEntry]:
    """What stands on a roll about a person, under any of their numbers, in key order: that is how they are locked. Two
    rows when the numbers were linked after it was built. All count as one."""
    return roll.entries.filter(person__in=numbers_of(person).order_by()).order_by("pk")


def entry_of(roll: Roll, person: Party) -> RollEntry | None:
    """The entry of a person that counts: that with a mark, else that which is entitled, else their own. Read before
    anything is written: the caller locks when it matters."""
    rank = Case(
        When(~Q(channel=""), then=Value(0)),
        When(is_included=True, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    own = Case(
        When(person_id=person.canonical_id, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    entries = entries_of_person(roll, person).select_related("roll__neighbourhood", "roll__policy", "person")
    return entries.order_by(rank, own, "pk").first()


def voters_count(roll: Roll) -> int:
    """How many may vote as the roll stands now; `roll.size` says it for good once it is frozen."""
    return RollEntry.objects.filter(roll=roll, is_included=True).count()


# --- Why --------------------------------------------------------------------------------------------------------------


def explain(entry: RollEntry | None) -> str:
    """Why somebody is on the roll or not, in a sentence or two about "you". None: there is no entry at all."""
    if entry is None:
        return gettext("You are not on this roll: as far as we know you may not vote here.")
    if entry.is_included:
        return _why_included(entry)
    return _why_left_out(entry)


def _why_included(entry: RollEntry) -> str:
    if entry.basis == "OBJECTION":
        return gettext("You may vote. You objected, and you were right.")
    return gettext("You may vote. You meet every condition.")


def _why_left_out(entry: RollEntry) -> str:
    number = _number_of(entry)
    words = {
        "where": entry.roll.neighbourhood.name,
        "day": date_format(entry.roll.reference_on, "j F Y"),
        "number": number,
    }
    if entry.basis in SENTENCES:
        return str(SENTENCES[entry.basis]) % words
    sentence = ngettext(
        "You may not vote here: on %(day)s you had not lived in %(where)s for %(number)d day yet.",
        "You may not vote here: on %(day)s you had not lived in %(where)s for %(number)d days yet.",
        number,
    )
    return sentence % words


SENTENCES = {
    RuleKind.LIVES_HERE: _("You may not vote here: on %(day)s you did not live in %(where)s."),
    RuleKind.AGE: _("You may not vote here: on %(day)s you were not %(number)d years old yet."),
    RuleKind.HAS_SEAT: _("You may not vote here: on %(day)s you had no seat on the board of %(where)s."),
    "OBJECTION": _("You may not vote here. You objected to being on the roll, and you were right."),
    "KNOWN_TWICE": _("You are known here twice. You vote under your other number."),
}


def _number_of(entry: RollEntry) -> int:
    """Of the rule that decided: days or years."""
    if entry.basis not in {RuleKind.LIVES_HERE_DAYS, RuleKind.AGE}:
        return 0
    rule = EligibilityRule.objects.filter(policy=entry.roll.policy_id, kind=entry.basis).first()
    return (rule.number if rule else None) or 0


# --- The proof --------------------------------------------------------------------------------------------------------


def proof_of(entry: RollEntry) -> dict[str, Any]:
    """What shows, with the published root and nothing else, that this entry stands on the roll as it does. It holds the
    entry's salt, so it is given to that person alone.

    :raises NotFrozenYet: while the roll can still change.
    """
    if entry.roll.state != RollState.FROZEN or entry.position is None:
        raise NotFrozenYet
    return make_proof(leaf_of_entry(entry), entry.position, _hashes(entry.roll_id))


def leaf_of_entry(entry: RollEntry) -> dict[str, Any]:
    """An entry as it is hashed. The number of the person that it was frozen under, also when it was linked since."""
    return leaf_of(
        roll=entry.roll_id,
        person=str(entry.person.uuid),
        is_included=entry.is_included,
        basis=entry.basis,
        salt=entry.salt,
    )


def root_as_stored(roll: Roll) -> str:
    """The root over the entries as they stand now, in hexadecimal digits: what `roll.root` must be."""
    return root_of(_hashes(roll.pk)).hex()


def _hashes(roll: int) -> list[bytes]:
    rows = RollEntry.objects.filter(roll=roll).order_by("position")
    columns = rows.values_list("person__uuid", "is_included", "basis", "salt")
    return [
        hash_of(leaf_of(roll=roll, person=str(person), is_included=is_included, basis=basis, salt=salt))
        for person, is_included, basis, salt in columns.iterator()
    ]


# --- Objections -------------------------------------------------------------------------------------------------------


def open_objections(roll: Roll) -> QuerySet[RollObjection]:
    """Who waits for an answer, longest first."""
    return RollObjection.objects.filter(roll=roll, state=ObjectionState.FILED).order_by("filed_at", "pk")


def objections_of(roll: Roll) -> QuerySet[RollObjection]:
    """Every objection to a roll, the open ones first, with the names of who objected."""
    waits = Case(
        When(state=ObjectionState.FILED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = RollObjection.objects.filter(roll=roll).select_related("person__person_details")
    return rows.order_by(waits, "filed_at", "pk")


def last_objection(roll: Roll, person: Party) -> RollObjection | None:
    """What this person last objected to on a roll, with its answer when there is one."""
    number = person.canonical_id
    own = RollObjection.objects.filter(Q(person_id=number) | Q(person__same_person_as_id=number), roll=roll)
    return own.order_by("-filed_at", "-pk").first()
