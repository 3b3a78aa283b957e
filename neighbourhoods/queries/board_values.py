"""What the board does about values: what lies on its table, what it votes on, and which words are missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from core.models import AuditEntry
from neighbourhoods.models import (
    Category,
    CategoryText,
    Decider,
    DecisionsPage,
    DemandLimit,
    ItemKind,
    ItemText,
    Meeting,
    MeetingKind,
    Neighbourhood,
    NeighbourhoodPage,
    ValueDecision,
    ValueDecisionPage,
    ValuedItem,
    ValueVote,
)
from neighbourhoods.queries.items import with_words
from neighbourhoods.states import BoxState, MeetingState, ValueState

# The order in which things ask for the board's attention.
TABLE: Final = (
    ValueState.VOTING, ValueState.AWAITING_BOARD, ValueState.PROPOSED, ValueState.ADMITTED, ValueState.CONSULTATION,
    ValueState.DRAFT, ValueState.AWAITING_CONSENT, ValueState.APPEAL,
)  # fmt: skip
# What writes the terms of a decision.
TERMS_WRITTEN: Final = ("value_decision.propose", "value_decision.change", "value_decision.consult")


def on_the_table(neighbourhood: Neighbourhood) -> list[ValueDecision]:
    """What is being prepared or decided, and drafts, which nobody but the board sees; what waits longest comes last.

    A fixed number of queries.
    """
    found = ValueDecision.objects.filter(neighbourhood=neighbourhood, state__in=TABLE)
    items = Prefetch("item", with_words(ValuedItem.objects.all()))
    rows = found.select_related("policy").prefetch_related(items).order_by("-proposed_at", "-pk")
    return sorted(rows, key=lambda one: TABLE.index(ValueState(one.state)))


def number_on_the_table(neighbourhood: Neighbourhood) -> int:
    """How many these are."""
    return ValueDecision.objects.filter(neighbourhood=neighbourhood, state__in=TABLE).count()


def board_votes(decision: ValueDecision) -> list[ValueVote]:
    """The votes of the board about a decision, the last one first, with what a page shows of them."""
    along = ("box__roll", "box__policy", "box__result", "meeting")
    votes = decision.votes.filter(decider=Decider.BOARD).select_related(*along)
    return list(votes.order_by("-number"))


def waiting_for_leaders(neighbourhood: Neighbourhood) -> list[ValueDecision]:
    """What chair or secretary has to take further: put before everybody, have the board answer the residents, or say
    how often what was decided is expected. What the board votes on already waits for its members."""
    going = ValueVote.objects.filter(decider=Decider.BOARD, box__state=BoxState.OPEN)
    costs_unknown = Q(
        state=ValueState.APPEAL, volume__isnull=True, item__kind=ItemKind.ACTIVITY, is_ending=False
    )
    found = ValueDecision.objects.filter(
        costs_unknown | Q(state__in=(ValueState.ADMITTED, ValueState.AWAITING_BOARD)),
        neighbourhood=neighbourhood,
    ).exclude(votes__in=going)
    items = Prefetch("item", with_words(ValuedItem.objects.all()))
    return list(found.prefetch_related(items).order_by("board_until", "proposed_at", "pk"))


def votes_going_on(neighbourhood: Neighbourhood) -> list[ValueVote]:
    """What the board votes on now about values; what ends first comes first."""
    open_ones = ValueVote.objects.filter(
        decision__neighbourhood=neighbourhood, decider=Decider.BOARD, box__state=BoxState.OPEN
    )
    items = Prefetch("decision__item", with_words(ValuedItem.objects.all()))
    return list(
        open_ones.select_related("decision", "box").prefetch_related(items).order_by("box__closes_at", "pk")
    )


def meetings_going_on(neighbourhood: Neighbourhood, at: datetime, lasting: timedelta) -> QuerySet[Meeting]:
    """The board meetings in which a vote can be opened now."""
    going = Meeting.objects.filter(neighbourhood=neighbourhood, kind=MeetingKind.BOARD)
    return going.filter(
        state__in=(MeetingState.INVITED, MeetingState.HELD), starts_at__lte=at, starts_at__gt=at - lasting
    ).order_by("starts_at")


def items_of(neighbourhood: Neighbourhood) -> QuerySet[ValuedItem]:
    """All that has or had a value there, or was proposed to have one, with words; the newest first."""
    return with_words(ValuedItem.objects.filter(neighbourhood=neighbourhood)).order_by("-made_at", "-pk")


def item_at(neighbourhood: Neighbourhood, ref: UUID) -> ValuedItem | None:
    return items_of(neighbourhood).filter(ref=ref).first()


def items_by_name(neighbourhood: Neighbourhood) -> QuerySet[ItemText]:
    """Their names in the language that pages are written in, in the order of the alphabet, to choose from."""
    found = ItemText.objects.filter(
        item__neighbourhood=neighbourhood, locale__language_code=settings.LANGUAGE_CODE
    )
    return found.select_related("item").order_by("name", "pk")


def own_limits(neighbourhood: Neighbourhood) -> dict[str, int]:
    """The limits of demand that this board set itself, per measure."""
    return dict(DemandLimit.objects.filter(neighbourhood=neighbourhood).values_list("measure", "number"))


def page_of_decision(decision: ValueDecision) -> ValueDecisionPage | None:
    """The page in the language that pages are written in, published or not."""
    return decision.pages.filter(locale__language_code=settings.LANGUAGE_CODE).first()


def page_to_write_below(neighbourhood: Neighbourhood) -> DecisionsPage | None:
    """The page below which pages of value decisions stand, in the language that pages are written in."""
    fronts = NeighbourhoodPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    front = fronts.filter(neighbourhood=neighbourhood).first()
    return DecisionsPage.objects.child_of(front).first() if front else None


def terms_changed_at(decision: ValueDecision) -> datetime | None:
    """When it was last written what is put to the vote."""
    lines = AuditEntry.objects.filter(
        subject_model=ValueDecision._meta.label, subject_id=str(decision.pk), event__in=TERMS_WRITTEN
    )
    return lines.order_by("-pk").values_list("at", flat=True).first()


def categories_to_choose() -> QuerySet[Category]:
    """All categories with their names, in the order of the tree."""
    names = CategoryText.objects.select_related("locale")
    return (
        Category.objects.select_related("parent")
        .prefetch_related(Prefetch("texts", names), Prefetch("parent__texts", names))
        .order_by(
            Coalesce("parent__position", "position"), F("parent").asc(nulls_first=True), "position", "pk"
        )
    )
