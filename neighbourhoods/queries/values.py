"""Decisions about what things are worth: what runs, who supports it, whom it concerns, what was decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from core.amounts import DECIMALS, LARGEST_AMOUNT
from core.models import AuditEntry
from neighbourhoods.models import (
    Decider,
    DemandSignal,
    Indication,
    Interest,
    Neighbourhood,
    PotRule,
    ValueComment,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.models.value_decision import RUNNING
from neighbourhoods.queries.demand import WEEKS, figures_of
from neighbourhoods.queries.elections import needed_support
from neighbourhoods.queries.guidelines import guideline_for
from neighbourhoods.queries.items import value_on, version_on, with_words
from neighbourhoods.queries.residency import residents_count
from neighbourhoods.states import ValueState
from people.models import Mandate, Party
from people.queries import numbers_of

STEPS: Final = (10**DECIMALS // 2, 25, 10, 5, 1)  # half a coin and less, in minor units
FEWEST_STEPS: Final = 3  # with less there is nothing to choose from
UNTOLD: Final = 20 * 10**DECIMALS  # up to where residents choose when nobody named an amount, in minor units
LARGEST: Final = LARGEST_AMOUNT * 10**DECIMALS
OPEN = tuple(state for state in RUNNING if state != ValueState.APPEAL)
CLOSED = (
    ValueState.APPEAL, ValueState.IN_FORCE, ValueState.SUPERSEDED, ValueState.REJECTED, ValueState.NO_QUORUM,
    ValueState.ANNULLED,
)  # fmt: skip
ENDINGS = ("reject", "miss_quorum", "turn_away", "expire", "refuse_consent", "annul", "lapse")
MODERATION = ("value_comment.hide", "value_comment.show")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is put to the vote. Amounts in minor units; `volume` in units a month.

    `proposed` is what a board says yes or no to; residents name an amount from `low` to `high`, in steps from `low` on.
    """

    proposed: int | None = None
    volume: int | None = None
    low: int | None = None
    high: int | None = None
    step: int | None = None
    wanted_on: date | None = None


def decision_at(ref: UUID) -> ValueDecision | None:
    """The decision with this number in its address, in whatever state: who may see a draft says the caller."""
    return _with_item(ValueDecision.objects.filter(ref=ref)).first()


def running_on(item: ValuedItem) -> ValueDecision | None:
    """The decision about an item that goes on now, from the proposal until it can no longer be appealed."""
    return ValueDecision.objects.filter(item=item, state__in=RUNNING).first()


def open_decisions(neighbourhood: Neighbourhood) -> QuerySet[ValueDecision]:
    """What was proposed and is not decided yet, the newest first, with the words of each item."""
    found = ValueDecision.objects.filter(neighbourhood=neighbourhood, state__in=OPEN)
    return _with_item(found).order_by("-proposed_at", "-pk")


def decided_values(neighbourhood: Neighbourhood) -> QuerySet[Any]:
    """Rows (what, pk, when) of decisions that came to something, to be united with those of `queries.decisions`."""
    ended = AuditEntry.objects.filter(
        subject_model=ValueDecision._meta.label,
        subject_id=Cast(OuterRef("pk"), CharField()),
        event__in=[f"value_decision.{event}" for event in ENDINGS],
    )
    when = Coalesce(
        "decided_at", Subquery(ended.order_by("-pk").values("at")[:1]), F("proposed_at"),
        output_field=DateTimeField(),
    )  # fmt: skip
    found = ValueDecision.objects.filter(neighbourhood=neighbourhood, state__in=CLOSED)
    return found.annotate(what=Value("value", output_field=CharField()), when=when).values_list(
        "what", "pk", "when"
    )


def fetch_decided_values(keys: list[int]) -> dict[int, ValueDecision]:
    """The decisions behind rows of `decided_values`, with the words of each item."""
    return _with_item(ValueDecision.objects.all()).in_bulk(keys)


def _with_item(found: QuerySet[ValueDecision]) -> QuerySet[ValueDecision]:
    along = ("neighbourhood__coin", "neighbourhood__party", "policy", "proposed_by", "proposed_for")
    named = ("person_details", "organisation_details")
    people = [f"{who}__{details}" for who in ("proposed_by", "proposed_for") for details in named]
    items = Prefetch("item", with_words(ValuedItem.objects.all()))
    return found.select_related(*along, *people).prefetch_related(items)


# --- Support ----------------------------------------------------------------------------------------------------------


def supports(decision: ValueDecision, person: Party) -> bool:
    """Whether this person supports it, under whichever number."""
    return decision.supports.filter(person__in=numbers_of(person).order_by()).exists()


def needed(decision: ValueDecision) -> int:
    """How many residents must support it to put it on the agenda, of those who live there now."""
    return needed_support(decision.policy.support_needed, residents_count(decision.neighbourhood))


def support_until(decision: ValueDecision) -> datetime:
    """Until when it can be supported."""
    return decision.proposed_at + timedelta(days=decision.policy.support_days)


def was_signalled_since(item: ValuedItem, day: date) -> bool:
    """Whether demand for an item crossed a limit in weeks that ended on this day or later."""
    return DemandSignal.objects.filter(item=item, until_on__gte=day).exists()


# --- Interests --------------------------------------------------------------------------------------------------------


def organisations_in(neighbourhood: Neighbourhood) -> QuerySet[Party]:
    """The organisations that decisions about values here have to do with: one that indicated, in whose name something
    was proposed, or that a pot names. With their names."""
    of_pots = PotRule.objects.filter(pot__coin=neighbourhood.coin_id, organiser__isnull=False)
    met = Q(indications__item__neighbourhood=neighbourhood) | Q(pk__in=of_pots.values("organiser"))
    proposed = ValueDecision.objects.filter(neighbourhood=neighbourhood, proposed_for__isnull=False)
    found = Party.objects.filter(met | Q(pk__in=proposed.values("proposed_for"))).distinct()
    return found.with_names().order_by("pk")


def concerned(decision: ValueDecision) -> set[int]:
    """The organisations that gain or lose by it: who indicated a value, in whose name it was proposed, and organisers
    through whom a pot of its neighbourhood pays that has a rule for this item or its category. Their numbers."""
    item = decision.item
    indicated = Indication.objects.filter(item=item).values_list("organisation_id", flat=True)
    about = Q(item=item) | Q(category=item.category_id) | Q(category__children=item.category_id)
    coin = Neighbourhood.objects.filter(pk=decision.neighbourhood_id).values("coin")
    pots = PotRule.objects.filter(about, pot__coin__in=coin).values("pot")
    organisers = PotRule.objects.filter(pot__in=pots, organiser__isnull=False)
    proposer = {decision.proposed_for_id} if decision.proposed_for_id else set()
    return {*indicated, *organisers.values_list("organiser_id", flat=True), *proposer} - {None}


def interest_in(decision: ValueDecision, person: Party, on: date) -> Party | None:
    """The organisation concerned that this person told an interest in, or holds an office for, on a day, under
    whichever of their numbers. None when there is none."""
    parties = concerned(decision)
    told = Interest.objects.filter(
        Q(person_id=person.canonical_id) | Q(person__same_person_as_id=person.canonical_id),
        party__in=parties, from_on__lte=on,
    ).exclude(until_on__lt=on)  # fmt: skip
    held = Mandate.objects.in_force(on).held_by(person).filter(principal__in=parties)
    found = Q(pk__in=told.values("party")) | Q(pk__in=held.values("principal"))
    return Party.objects.filter(found).with_names().order_by("pk").first() if parties else None


def has_interest(decision: ValueDecision, person: Party, on: date) -> bool:
    """Whether this person has to step aside when the board votes on it."""
    return interest_in(decision, person, on) is not None


# --- Reactions --------------------------------------------------------------------------------------------------------


def comments_of(decision: ValueDecision) -> QuerySet[ValueComment]:
    """The reactions with the names of who wrote them, the oldest first; hidden ones among them."""
    return decision.comments.select_related(
        "author__person_details", "author__organisation_details"
    ).order_by("at", "pk")


def moderation_of(decision: ValueDecision) -> list[tuple[AuditEntry, ValueComment]]:
    """Each time that a reaction was hidden or shown again, with the reason in `note`, the oldest first. Two queries."""
    comments = {str(comment.pk): comment for comment in comments_of(decision)}
    lines = AuditEntry.objects.filter(
        subject_model=ValueComment._meta.label, subject_id__in=comments, event__in=MODERATION
    )
    return [(line, comments[line.subject_id]) for line in lines.select_related("note").order_by("pk")]


# --- What happened ----------------------------------------------------------------------------------------------------


def lines_of(decision: ValueDecision) -> QuerySet[AuditEntry]:
    """What happened to a decision, as the trail tells it."""
    return AuditEntry.objects.filter(
        subject_model=decision._meta.label, subject_id=str(decision.pk), event__startswith="value_decision."
    )


def is_for_board(decision: ValueDecision) -> bool:
    """Whether only the board knows of it: a draft, also one that was thrown away before anybody proposed it."""
    if decision.state != ValueState.WITHDRAWN:
        return decision.state == ValueState.DRAFT
    events = set(lines_of(decision).values_list("event", flat=True))
    return "value_decision.draft" in events and "value_decision.propose" not in events


# --- Terms ------------------------------------------------------------------------------------------------------------


def default_terms(decision: ValueDecision, on: date) -> Terms:
    """What is put to the vote when no board says otherwise: the guideline of the municipality, else from one step to
    twice what was proposed or holds now. What was proposed can always be chosen. What organisations indicate decides
    nothing, also not this."""
    told = Terms(proposed=decision.proposed, volume=decision.volume, wanted_on=decision.wanted_on)
    if decision.is_ending:
        return told
    told = replace(told, volume=_volume(decision, on))
    if decision.policy.decider == Decider.BOARD:
        return told
    if decision.step is not None:  # the board said so
        return replace(told, low=decision.low, high=decision.high, step=decision.step)
    low, high = default_bounds(decision, on)
    return replace(told, low=low, high=high, step=_step(decision.proposed))


def default_bounds(decision: ValueDecision, on: date) -> tuple[int, int]:
    """From and to which amount residents can choose when nobody says otherwise."""
    return _bounds(decision, _step(decision.proposed), on)


def lacks_amount(decision: ValueDecision) -> bool:
    """Whether a board would have to say yes or no to an amount that nobody named."""
    by_board = decision.policy.decider == Decider.BOARD
    return by_board and decision.proposed is None and not decision.is_ending


def _volume(decision: ValueDecision, on: date) -> int | None:
    """How many units a month: as somebody said; else as for the value that holds now; else as many as there were places
    a month in the last weeks, taken or not. None when nothing tells."""
    if decision.volume is not None:
        return decision.volume
    version = version_on(decision.item, on)
    if version is not None and version.decision.volume is not None:
        return version.decision.volume
    told = figures_of(decision.item, on=on).total
    places = told.open_places + told.sign_ups
    return -(-places * 52 // (12 * WEEKS)) or None  # a year has 52 weeks; rounded up


def _bounds(decision: ValueDecision, step: int, on: date) -> tuple[int, int]:
    """In whole steps: inside the guideline, and otherwise rounded up; never beyond the largest amount there is."""
    proposed, item = decision.proposed, decision.item
    guideline = guideline_for(decision.neighbourhood.municipality, item.category, item.unit, on)
    if guideline is None or guideline.low is None or guideline.high is None:
        known = [amount for amount in (proposed, value_on(item, on)) if amount]
        low, high = step, _up(2 * max(known) if known else UNTOLD, step)
    else:
        low, high = max(step, _up(guideline.low, step)), guideline.high - guideline.high % step
    if proposed is not None:
        low, high = min(low, proposed), max(high, proposed)
    last = LARGEST - LARGEST % step
    low = min(low, last - FEWEST_STEPS * step)
    return low, min(max(high, low + FEWEST_STEPS * step), last)


def _step(proposed: int | None) -> int:
    """Half a coin; less when the proposal is small, or is not a number of those."""
    if proposed is None:
        return STEPS[0]
    return next((step for step in STEPS if proposed % step == 0 and proposed >= 4 * step), 1)


def _up(amount: int, step: int) -> int:
    return amount + -amount % step
