"""What happens to a page is done to its offer, and what the board decides about the offer elsewhere to its page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as noop
from wagtail.models import TaskState

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import Refusal
from core.states import transition
from marketplace.models import Offer, OfferPage
from marketplace.operations.doors import judge_of
from marketplace.operations.offers import Told, on_told, pause, release, resume, suspend, withdraw
from marketplace.operations.standing import locked
from marketplace.operations.terms import WRITABLE
from marketplace.permissions import NotYourTrade
from marketplace.queries.offers import reason_of
from marketplace.queries.pages import page_of_offer
from marketplace.states import OfferState
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


def take_back(*, offer: Offer, actor: Actor, at: datetime) -> None:
    """Its page is not looked at any more: who wrote it changes it first. Nothing when it waits for nobody."""
    with transaction.atomic(), begun_by_page():
        locked(offer)
        if offer.state == OfferState.SUBMITTED:
            _move(offer, "return", TAKEN_BACK, actor, at)


def go_off(*, offer: Offer, actor: Actor, at: datetime) -> None:
    """Its page was taken off the site, or deleted: it is off the market too. Whoever offers it can put it back, but
    when the board took the page of another, the board does; a draft that loses its page is thrown away."""
    with transaction.atomic(), begun_by_page():
        locked(offer)
        if offer.state == OfferState.PUBLISHED:
            _pause(offer, actor, at)


def lose_page(*, offer: Offer, actor: Actor, at: datetime) -> None:
    """Its page was deleted: what was a draft is thrown away, and what was on the market goes off it."""
    with transaction.atomic(), begun_by_page():
        locked(offer)
        if offer.state not in WRITABLE:
            go_off(offer=offer, actor=actor, at=at)
            return
        try:
            withdraw(offer=offer, actor=actor, at=at)
        except Refusal:  # the board threw away what somebody else wrote
            _move(offer, "withdraw", PAGE_IS_OFF, actor, at)


def come_back(*, offer: Offer, actor: Actor, at: datetime) -> None:
    """Its page was published: what went off the market with its page comes back with it, and nothing else does.

    :raises Refusal: when it may not stand there as it is, or who publishes does not decide on it.
    """
    with transaction.atomic():
        locked(offer)
        if offer.state != OfferState.PAUSED or reason_of(offer, "offer.pause", "offer.suspend") != _said(
            PAGE_IS_OFF
        ):
            return
        if offer.paused_by_board:
            release(offer=offer, reason=_said(PAGE_IS_BACK), actor=actor, at=at)
            return
        judge_of(actor, offer.neighbourhood, offer.provider, at)
        try:
            resume(offer=offer, actor=actor, at=at)
        except NotYourTrade:
            _move(offer, "resume", PAGE_IS_BACK, actor, at)


@on_told
def follow(offer: Offer, what: Told, _at: datetime) -> None:
    """The board decided in its own room about an offer that has a page: that is published or sent back with it."""
    if _by_page.get() or what not in {Told.PUBLISHED, Told.RETURNED}:
        return
    page = page_of_offer(offer)
    if page is None or page.live:
        return
    user, waiting = _decided_by(offer), _waiting(page)
    if what == Told.RETURNED:
        if waiting is not None:
            waiting.reject(user=user, comment=reason_of(offer, "offer.return"))
    elif waiting is not None:
        waiting.approve(user=user)
    else:
        page.get_latest_revision().publish(user=user, skip_permission_checks=True)


def _pause(offer: Offer, actor: Actor, at: datetime) -> None:
    """By whoever offers it, else by the board, else by an administrator of the site, who is neither."""
    why = _said(PAGE_IS_OFF)
    try:
        pause(offer=offer, actor=actor, at=at, reason=why)
        return
    except Refusal:
        pass
    try:
        suspend(offer=offer, reason=why, actor=actor, at=at)
    except Refusal:
        _move(offer, "pause", PAGE_IS_OFF, actor, at)


def _move(offer: Offer, event: str, words: str, actor: Actor, at: datetime) -> None:
    transition(offer, event, actor=actor, at=at, about=(offer.provider,), reason=_said(words))


def _said(words: str) -> str:
    """Kept in the language of the site, so that it is the same whoever did it."""
    with override(settings.LANGUAGE_CODE):
        return gettext(words)


def _waiting(page: OfferPage) -> TaskState | None:
    """The step of the workflow at which the page waits for the board."""
    step = page.current_workflow_task_state
    return step.specific if step is not None and step.status == TaskState.STATUS_IN_PROGRESS else None


def _decided_by(offer: Offer) -> User | None:
    """The login that has just decided about an offer: the history of its page names it too."""
    lines = AuditEntry.objects.filter(subject_model=Offer._meta.label, subject_id=str(offer.pk))
    login = lines.order_by("-pk").values_list("login_id", flat=True).first()
    return User.objects.filter(pk=login).first() if login else None
