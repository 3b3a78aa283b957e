"""What happens to a page is done to its row, and what the board decides about the row elsewhere to its page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as noop
from wagtail.models import TaskState

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import Refusal
from core.states import transition
from marketplace.operations.doors import judge_of
from marketplace.operations.faced import of_row
from marketplace.permissions import NotYourActivity, NotYourTrade
from people.models import User

PAGE_IS_OFF = noop("Its page was taken off the site.")
PAGE_IS_BACK = noop("Its page is on the site again.")
TAKEN_BACK = noop("Whoever wrote it took it back, to change it.")

_by_page: ContextVar[bool] = ContextVar("by_page", default=False)


@contextmanager
def begun_by_page() -> Iterator[None]:
    """While this lasts the page is what moves the offer, and need not be told."""
    token = _by_page.set(True)
    try:
        yield
    finally:
        _by_page.reset(token)


def take_back(row: Any, *, actor: Actor, at: datetime) -> None:
    """Its page is not looked at any more: who wrote it changes it first. Nothing when it waits for nobody."""
    kind = of_row(row)
    with transaction.atomic(), begun_by_page():
        kind.lock(row)
        if row.state == kind.submitted:
            _move(row, "return", TAKEN_BACK, actor, at)


def go_off(row: Any, *, actor: Actor, at: datetime) -> None:
    """Its page was taken off the site, or deleted: so is the row. Whose it is can put it back, but when the board took
    the page of another, the board does; a draft that loses its page is thrown away."""
    kind = of_row(row)
    with transaction.atomic(), begun_by_page():
        kind.lock(row)
        if row.state == kind.open:
            _pause(row, actor, at)


def lose_page(row: Any, *, actor: Actor, at: datetime) -> None:
    """Its page was deleted: what was a draft is thrown away, and what was open is paused."""
    kind = of_row(row)
    with transaction.atomic(), begun_by_page():
        kind.lock(row)
        if row.state not in kind.writable:
            go_off(row, actor=actor, at=at)
            return
        try:
            kind.withdraw(row, actor=actor, at=at)
        except Refusal:  # the board threw away what somebody else wrote
            _move(row, "withdraw", PAGE_IS_OFF, actor, at)


def come_back(row: Any, *, actor: Actor, at: datetime) -> None:
    """Its page was published: what went off with its page comes back with it, and nothing else does.

    :raises Refusal: when it may not be there as it is, or who publishes does not decide on it.
    """
    kind = of_row(row)
    with transaction.atomic():
        kind.lock(row)
        if row.state != kind.paused or kind.reason_of(row, "pause", "suspend") != _said(PAGE_IS_OFF):
            return
        if row.paused_by_board:
            kind.release(row, reason=_said(PAGE_IS_BACK), actor=actor, at=at)
            return
        judge_of(actor, row.neighbourhood, kind.party(row), at)
        try:
            kind.resume(row, actor=actor, at=at)
        except (NotYourTrade, NotYourActivity):
            _move(row, "resume", PAGE_IS_BACK, actor, at)


class Verdict(StrEnum):
    """What the board decided in its own room."""

    OPEN = "OPEN"
    RETURNED = "RETURNED"


def follow(row: Any, verdict: Verdict) -> None:
    """The board decided in its own room about what has a page: that is published or sent back with it."""
    if _by_page.get():
        return
    kind = of_row(row)
    page = kind.page_of(row)
    if page is None or page.live:
        return
    user, waiting = _decided_by(row), _waiting(page)
    if verdict == Verdict.RETURNED:
        if waiting is not None:
            waiting.reject(user=user, comment=kind.reason_of(row, "return"))
    elif waiting is not None:
        waiting.approve(user=user)
    else:
        page.get_latest_revision().publish(user=user, skip_permission_checks=True)


def _pause(row: Any, actor: Actor, at: datetime) -> None:
    """By whose it is, else by the board, else by an administrator of the site, who is neither."""
    kind, why = of_row(row), _said(PAGE_IS_OFF)
    try:
        kind.pause(row, actor=actor, at=at, reason=why)
        return
    except Refusal:
        pass
    try:
        kind.suspend(row, reason=why, actor=actor, at=at)
    except Refusal:
        _move(row, "pause", PAGE_IS_OFF, actor, at)


def _move(row: Any, event: str, words: str, actor: Actor, at: datetime) -> None:
    about = (of_row(row).party(row),)
    transition(row, event, actor=actor, at=at, about=about, reason=_said(words))


def _said(words: str) -> str:
    """Kept in the language of the site, so that it is the same whoever did it."""
    with override(settings.LANGUAGE_CODE):
        return gettext(words)


def _waiting(page: Any) -> TaskState | None:
    """The step of the workflow at which the page waits for the board."""
    step = page.current_workflow_task_state
    return step.specific if step is not None and step.status == TaskState.STATUS_IN_PROGRESS else None


def _decided_by(row: Any) -> User | None:
    """The login that has just decided about it: the history of its page names it too."""
    lines = AuditEntry.objects.filter(subject_model=row._meta.label, subject_id=str(row.pk))
    login = lines.order_by("-pk").values_list("login_id", flat=True).first()
    return User.objects.filter(pk=login).first() if login else None
