"""What a vote is called on the screen, whatever it is about."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from django.conf import settings
from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from neighbourhoods.models import BallotBox, Election, ItemText, Proposal, ValueDecision, ValueVote
from neighbourhoods.queries.ballots import owner_of
from neighbourhoods.queries.items import question_about

ITEM = "value_vote__decision__item"
M = TypeVar("M", bound=Model)


class Title(NamedTuple):
    """A title with the language that it is written in."""

    words: str
    language: str


def title_of(box: BallotBox) -> Title:
    """What a vote is about, in one line: in the words of who put it to the vote, or the question about a value in the
    language of the moment. No query more for a box that came through `with_titles`."""
    owner = owner_of(box)
    if isinstance(owner, ValueVote):
        return title_of_value(owner.decision)
    if isinstance(owner, Proposal):
        return Title(owner.title, owner.language)
    if isinstance(owner, Election):
        return Title(owner.title, settings.LANGUAGE_CODE)
    return Title(_("A vote"), _language())


def title_of_value(decision: ValueDecision) -> Title:
    """The question that a value decision answers."""
    return Title(question_about(decision.item, is_ending=decision.is_ending), _language())


def with_titles(rows: QuerySet[M], way: str = "") -> QuerySet[M]:
    """The same boxes, or rows from which `way` leads to one, with all that `title_of` reads: joins, and where there is
    a vote about a value two queries more, however many there are."""
    words = Prefetch(f"{way}{ITEM}__texts", ItemText.objects.select_related("locale"))
    return rows.select_related(f"{way}election", f"{way}proposal", f"{way}{ITEM}").prefetch_related(words)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
