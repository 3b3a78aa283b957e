"""From the page that a board or an organisation writes in the admin to the plain row that decides.

What stands on a page is a proposal and no more. Publishing it in the language that pages are written in hands it over;
an older draft never undoes newer terms, and stock, days and state stand in no page at all.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from content.translation import is_source
from core.actor import Actor
from core.refusals import Refusal
from marketplace.operations.faced import Effect, of_page
from marketplace.operations.following import begun_by_page


def submit_page(*, page: Any, written_at: datetime, actor: Actor, at: datetime) -> None:
    """Send what a page shows to the board, with the words and terms that it has now. What is open already stays as it
    is: the board publishes the page, or does not.

    :raises Refusal: to who does not write for it, when it has ended, and when it may not be there as it is.
    """
    kind = of_page(page)
    assert kind is not None  # noqa: S101 - receivers and forms hand over faces alone
    row = kind.row_of(page)
    with transaction.atomic():
        kind.lock(row)
        if row.state in kind.over:
            raise kind.too_late()
        if row.state not in kind.writable:
            return
        kind.hand_over(row, page, written_at, actor=actor, at=at, by_page=False)
        if row.state != kind.submitted:
            kind.submit(row, actor=actor, at=at)


def publish_page(*, page: Any, written_at: datetime, actor: Actor, at: datetime) -> Effect:
    """Hand over what a page says, now that it is published. `written_at` is when this version of it was written.

    :raises BoardOnly, OwnMatter: to whoever does not decide on it.
    :raises Refusal: for a draft of somebody else than the board, when it has ended, and when it may not be there as it
        is.
    """
    kind = of_page(page)
    assert kind is not None  # noqa: S101 - receivers and forms hand over faces alone
    row = kind.row_of(page)
    with transaction.atomic(), begun_by_page():
        kind.lock(row)
        if not is_source(page):
            if row.state not in kind.over:
                kind.follow_words(row, page)
            return Effect.FOLLOWS
        if row.state in kind.over:
            raise kind.too_late()
        effect = kind.hand_over(row, page, written_at, actor=actor, at=at, by_page=True)
        if row.state in kind.writable:
            kind.publish(row, actor=actor, at=at)
            return Effect.PUBLISHED
    return effect


def refusal_to_publish(*, page: Any, written_at: datetime, actor: Actor, at: datetime) -> Refusal | None:
    """What publishing this page would be refused for, tried out and rolled back; None when nothing stands in its way.

    Wagtail publishes first and tells afterwards: so its form asks before.
    """
    return _refusal(publish_page, page=page, written_at=written_at, actor=actor, at=at)


def refusal_to_submit(*, page: Any, written_at: datetime, actor: Actor, at: datetime) -> Refusal | None:
    """The same for sending it to the board."""
    return _refusal(submit_page, page=page, written_at=written_at, actor=actor, at=at)


def _refusal(deed: Any, **told: Any) -> Refusal | None:
    refused: Refusal | None = None
    with transaction.atomic():
        try:
            deed(**told)
        except Refusal as refusal:
            refused = refusal
        transaction.set_rollback(True)
    return refused
