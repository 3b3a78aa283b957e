"""What has a face in the page tree: an offer and its page, an activity and its page.

A page is written in the admin, sent to the board and published by it; a plain row decides. How a page leads to its row,
and what the row does then, is the same for all of them and stands in `publishing` and `following`; what differs stands
in one `Faced` for each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from django.conf import settings

from content.models import BasePage
from core.actor import Actor
from core.models import AuditEntry
from people.models import Party


class Effect(StrEnum):
    """What publishing a page did."""

    PUBLISHED = "PUBLISHED"  # it came on the market, or was opened
    TERMS = "TERMS"  # it got other terms, and perhaps other words
    WORDS = "WORDS"  # it got other words
    SAME = "SAME"  # nothing was changed
    OLDER = "OLDER"  # the terms were changed after this was written, and stay as they are
    FOLLOWS = "FOLLOWS"  # a translation: it gives its words in that language, and no more


class HandOver(Protocol):
    """Give the row what its page says, as far as that is something else; `by_page` when it is being published."""

    def __call__(
        self, row: Any, page: Any, written_at: datetime, /, *, actor: Actor, at: datetime, by_page: bool
    ) -> Effect: ...


Deed = Callable[..., Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Faced:
    """A kind of row with a face. The deeds are operations of the row: they ask who may, and refuse."""

    name: str  # of its state table, and so before the dot of its events
    page: type[BasePage]
    row: type[Any]
    lock: Callable[[Any], Any]
    party: Callable[[Any], Party]  # in whose name it stands there
    hand_over: HandOver
    follow_words: Callable[[Any, Any], None]  # the words of a translation
    over: frozenset[str]  # states in which nothing is published any more
    too_late: Callable[[], Exception]  # what is said then
    writable: frozenset[str]
    submitted: str
    open: str
    paused: str
    submit: Deed
    publish: Deed
    send_back: Deed
    withdraw: Deed
    pause: Deed
    resume: Deed
    suspend: Deed
    release: Deed

    def row_of(self, page: Any) -> Any:
        """The row of a page, read anew: a revision may hold one as it was long ago."""
        return self.row._default_manager.get(pk=getattr(page, f"{self.name}_id"))

    def page_of(self, row: Any, language: str = settings.LANGUAGE_CODE) -> Any:
        """The page of a row in a language, published or not; None for what residents write."""
        return row.pages.filter(locale__language_code=language).first()

    def reason_of(self, row: Any, *events: str) -> str:
        """The reason that was given when one of these last happened to it."""
        names = [f"{self.name}.{event}" for event in events]
        lines = AuditEntry.objects.filter(
            subject_model=self.row._meta.label, subject_id=str(row.pk), event__in=names
        )
        line = lines.select_related("note").order_by("-pk").first()
        note = getattr(line, "note", None)
        return note.text if note else ""


_faced: list[Faced] = []


def register(faced: Faced) -> Faced:
    """To be called once for each kind."""
    _faced.append(faced)
    return faced


def of_page(page: Any) -> Faced | None:
    """What a page is the face of."""
    return next((one for one in _faced if isinstance(page, one.page)), None)


def of_row(row: Any) -> Faced:
    return next(one for one in _faced if isinstance(row, one.row))


def pages() -> tuple[type[BasePage], ...]:
    """The models of all faces."""
    return tuple(one.page for one in _faced)
