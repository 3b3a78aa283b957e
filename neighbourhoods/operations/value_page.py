"""The page of a value decision: made when it comes on the agenda, below the decisions of its neighbourhood."""

from __future__ import annotations

from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import override

from core.actor import Actor
from neighbourhoods import standard_texts as texts
from neighbourhoods.founding import add_text_page, free_slug, neighbourhood_root
from neighbourhoods.models import DecisionsPage, Neighbourhood, ValueDecision, ValueDecisionPage
from neighbourhoods.operations.values import on_admitted
from neighbourhoods.queries.items import question_about, words_of
from neighbourhoods.states import ValueState

# Before these a proposal is told on a plain page: many are made, and not all of them get anywhere.
NOT_YET = (ValueState.DRAFT, ValueState.PROPOSED)
LONGEST_SLUG = 60


def show_value_decision(decision: ValueDecision) -> None:
    """This will make the page of a value decision, once. A neighbourhood without pages has none, and a board that wrote
    its own has one."""
    root = neighbourhood_root(decision.neighbourhood)
    parent = DecisionsPage.objects.child_of(root).first() if root else None
    if parent is None or ValueDecisionPage.objects.filter(decision=decision).exists():
        return
    words = texts.VALUE_DECISION.filled(
        question_nl=_question(decision, "nl"),
        question_en=_question(decision, "en"),
        slug=slugify(words_of(decision.item, "nl").name)[:LONGEST_SLUG],
    )
    page = ValueDecisionPage(decision=decision, slug=free_slug(parent, words.slug))
    add_text_page(parent, page, words, Actor.system(), in_menus=False)


def add_value_pages(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """This will see to the page of every value decision that came on the agenda: a founding step, for what was lost."""
    without = ValueDecision.objects.filter(neighbourhood=neighbourhood, pages=None, admitted_at__isnull=False)
    for decision in without.exclude(state__in=NOT_YET).select_related("neighbourhood", "item").order_by("pk"):
        show_value_decision(decision)


def _question(decision: ValueDecision, language: str) -> str:
    with override(language):
        return question_about(decision.item, is_ending=decision.is_ending, language=language)


on_admitted.append(show_value_decision)
