"""What waits for an answer of a municipality about values, what it answered, and who may not answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery

from neighbourhoods.models import (
    ConsentAbout,
    Interest,
    ItemKind,
    Neighbourhood,
    ValueConsent,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.queries.cover import Cover, Purse, cover_of_decision, purse_of
from neighbourhoods.queries.items import versions_until, with_words
from neighbourhoods.queries.values import concerned
from neighbourhoods.states import ValueState
from people.models import Mandate, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A decided value that waits for the municipality. `cover` is None when nobody knows what it costs."""

    decision: ValueDecision
    about: str
    cover: Cover | None


def matters_of(municipality: Party, on: date) -> list[Matter]:
    """What waits for an answer, the oldest first: values outside the guideline, and values that the pots don't cover.
    What was answered with a no is not among them, though it can still be followed by a yes.

    One query for all decisions with their words, and three for each neighbourhood in which something is open to appeal.
    """
    found = list(_with_all(_waiting([municipality], on)).order_by("decided_at", "pk"))
    purses = _purses(found, on)
    matters = (_matter(one, on, purses.get(one.neighbourhood_id)) for one in found)
    return [matter for matter in matters if matter is not None]


def matter_about(decision: ValueDecision, on: date) -> Matter | None:
    """What the municipality is asked about a decision now; None when it is asked nothing."""
    if decision.state == ValueState.AWAITING_CONSENT:
        return _matter(decision, on, None)
    asked = _want_cover(on).filter(pk=decision.pk)
    return _matter(decision, on, purse_of(decision.neighbourhood, on)) if asked.exists() else None


def decision_under(municipality: Party, ref: UUID) -> ValueDecision | None:
    """A decision in one of the neighbourhoods of a municipality, with all that is shown of it."""
    there = ValueDecision.objects.filter(neighbourhood__municipality=municipality.canonical_id, ref=ref)
    return _with_all(there).first()


def answers_of(municipality: Party, most: int = 20) -> list[ValueConsent]:
    """What a municipality answered, the newest first, with who did so."""
    there = ValueConsent.objects.filter(decision__neighbourhood__municipality=municipality.canonical_id)
    decisions = Prefetch("decision", _with_all(ValueDecision.objects.all()))
    found = there.select_related("given_by__person_details").prefetch_related(decisions)
    return list(found.order_by("-at", "-pk")[:most])


def waiting_count(municipalities: Iterable[Party], on: date) -> int:
    """How many values wait for an answer of one of these municipalities. One query, and three for each neighbourhood in
    which a value has to be paid from pots."""
    found = list(
        _waiting(municipalities, on).select_related("neighbourhood__coin", "item__category", "policy")
    )
    paid = [one for one in found if one.state != ValueState.AWAITING_CONSENT]
    purses = _purses(paid, on)
    short = [one for one in paid if _matter(one, on, purses[one.neighbourhood_id])]
    return len(found) - len(paid) + len(short)


def is_involved(decision: ValueDecision, person: Party, on: date) -> bool:
    """Whether an answer would be about one's own: who proposed it, or has an office or an interest in an organisation
    that it concerns, under whichever number. The municipality itself is none: its people answer for it."""
    proposer = decision.proposed_by
    if proposer is not None and proposer.canonical_id == person.canonical_id:
        return True
    parties = concerned(decision) - {decision.neighbourhood.municipality_id}
    told = Interest.objects.filter(party__in=parties, from_on__lte=on).exclude(until_on__lt=on)
    theirs = Q(person=person.canonical_id) | Q(person__same_person_as=person.canonical_id)
    held = Mandate.objects.in_force(on).held_by(person).filter(principal__in=parties)
    return held.exists() or told.filter(theirs).exists()


def was_answered(decision: ValueDecision) -> bool:
    """Whether the municipality said something about the money for a decision."""
    return decision.consents.filter(about=ConsentAbout.COVER).exists()


def _waiting(municipalities: Iterable[Party], on: date) -> QuerySet[ValueDecision]:
    """What may wait for an answer of one of these: whether the pots hold enough is reckoned for each."""
    answered = ValueConsent.objects.filter(about=ConsentAbout.COVER).values("decision")
    short = _want_cover(on).exclude(pk__in=answered).values("pk")
    return ValueDecision.objects.filter(
        Q(state=ValueState.AWAITING_CONSENT) | Q(pk__in=short),
        neighbourhood__municipality__in={one.canonical_id for one in municipalities},
    )


def _want_cover(on: date) -> QuerySet[ValueDecision]:
    """What is paid from pots, decided, to become dearer than it is, and not agreed to."""
    agreed = ValueConsent.objects.filter(about=ConsentAbout.COVER, is_given=True).values("decision")
    present = versions_until(on).filter(item=OuterRef("item")).values("amount")[:1]
    dearer = ValueDecision.objects.alias(present=Subquery(present)).filter(
        Q(present__isnull=True) | Q(decided__gt=F("present")),
        state=ValueState.APPEAL, item__kind=ItemKind.ACTIVITY, is_ending=False, policy__cover_months__gt=0,
    )  # fmt: skip
    return dearer.exclude(pk__in=agreed)


def _matter(decision: ValueDecision, on: date, purse: Purse | None) -> Matter | None:
    """What is asked about a decision; None when the pots hold enough for it."""
    cover = cover_of_decision(decision, on, purse=purse)
    if decision.state == ValueState.AWAITING_CONSENT:
        return Matter(decision=decision, about=ConsentAbout.GUIDELINE, cover=cover)
    if cover is not None and not cover.is_short:
        return None
    return Matter(decision=decision, about=ConsentAbout.COVER, cover=cover)


def _purses(decisions: list[ValueDecision], on: date) -> dict[int, Purse]:
    places: dict[int, Neighbourhood] = {one.neighbourhood_id: one.neighbourhood for one in decisions}
    return {pk: purse_of(place, on) for pk, place in places.items()}


def _with_all(found: QuerySet[ValueDecision]) -> QuerySet[ValueDecision]:
    along = (
        "neighbourhood__coin",
        "neighbourhood__municipality",
        "neighbourhood__party",
        "policy",
        "proposed_by",
    )
    items = Prefetch("item", with_words(ValuedItem.objects.all()))
    return found.select_related(*along).prefetch_related(items)
