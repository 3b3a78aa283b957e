"""What follows when the page of an offer is submitted, published, sent back, taken off or deleted: by its form, a
workflow, a schedule, or in bulk."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.signals import (
    page_unpublished,
    published,
    task_rejected,
    task_submitted,
    workflow_approved,
    workflow_cancelled,
)

from content.translation import is_source
from core import clock
from core.actor import Actor
from core.refusals import Refusal
from marketplace.models import Offer, OfferPage
from marketplace.operations.following import begun_by_page, come_back, go_off, lose_page, take_back
from marketplace.operations.offers import return_offer
from marketplace.operations.publishing import publish_page, refusal_to_publish, submit_page
from marketplace.states import OfferState
from people.models import User

LONGEST_REASON = 500


def connect() -> None:
    """Called when the app is ready. `published` comes after `page_published`, and so after the other languages."""
    published.connect(offer_page_published, sender=OfferPage)
    page_unpublished.connect(offer_page_unpublished, sender=OfferPage)
    pre_delete.connect(offer_page_deleted, sender=OfferPage)
    task_submitted.connect(offer_submitted)
    task_rejected.connect(offer_rejected)
    workflow_approved.connect(offer_approved)
    workflow_cancelled.connect(offer_taken_back)


def offer_page_published(
    sender: type[OfferPage], instance: OfferPage, revision: Revision, **_kwargs: Any
) -> None:
    """Hand over what the page says. What may not be on the market does not stay on the site: nobody could order it. Of
    what is there already the words are published all the same."""
    if not instance.live:  # a page that is to be published later comes by again
        return
    actor, at = _actor(_publisher(revision)), clock.now()
    try:
        publish_page(page=instance, written_at=revision.created_at, actor=actor, at=at)
        if is_source(instance):
            come_back(offer=_offer(instance), actor=actor, at=at)
    except Refusal:
        if is_source(instance) and _offer(instance).state not in {OfferState.PUBLISHED, OfferState.PAUSED}:
            instance.unpublish()


def offer_page_unpublished(sender: type[OfferPage], instance: OfferPage, **_kwargs: Any) -> None:
    if is_source(instance):
        go_off(offer=_offer(instance), actor=_actor(get_active_log_context().user), at=clock.now())


def offer_page_deleted(sender: type[OfferPage], instance: OfferPage, **_kwargs: Any) -> None:
    if is_source(instance):
        lose_page(offer=_offer(instance), actor=_actor(get_active_log_context().user), at=clock.now())


def offer_submitted(sender: type[TaskState], instance: TaskState, user: Any = None, **_kwargs: Any) -> None:
    """Sent to the board, for the first time or again.

    :raises Refusal: and the page is not submitted: Wagtail does all of it in one transaction.
    """
    page = _page(instance.workflow_state)
    if page is not None:
        said: OfferPage = instance.revision.as_object()
        submit_page(page=said, written_at=instance.revision.created_at, actor=_actor(user), at=clock.now())


def offer_rejected(sender: type[TaskState], instance: TaskState, user: Any = None, **_kwargs: Any) -> None:
    """Sent back, with what the board wrote.

    :raises Refusal: without a reason, and to who has an interest. Then the page is not sent back.
    """
    page = _page(instance.workflow_state)
    if page is None:
        return
    offer = _offer(page)
    if offer.state == OfferState.SUBMITTED:
        reason = " ".join(instance.comment.split())[:LONGEST_REASON]
        with begun_by_page():
            return_offer(offer=offer, reason=reason, actor=_actor(user), at=clock.now())


def offer_approved(
    sender: type[WorkflowState], instance: WorkflowState, user: Any = None, **_kwargs: Any
) -> None:
    """The board approved, and the page was published. When it could not come on the market, nothing was approved.

    :raises Refusal: what publishing says; the approval is undone by it.
    """
    page = _page(instance)
    if page is None or page.live or page.approved_schedule:
        return
    at = clock.now()
    refusal = refusal_to_publish(page=page, written_at=at, actor=_actor(user), at=at)
    if refusal is not None:
        raise refusal


def offer_taken_back(
    sender: type[WorkflowState], instance: WorkflowState, user: Any = None, **_kwargs: Any
) -> None:
    page = _page(instance)
    if page is not None:
        take_back(offer=_offer(page), actor=_actor(user), at=clock.now())


def _page(state: WorkflowState) -> OfferPage | None:
    """The page that a workflow is about, when it is that of an offer."""
    is_one = state.content_type.model_class() is OfferPage
    return OfferPage.objects.filter(pk=state.object_id).first() if is_one else None


def _offer(page: OfferPage) -> Offer:
    """Read anew: a page may hold an offer as it was long ago."""
    return Offer.objects.get(pk=page.offer_id)


def _publisher(revision: Revision) -> Any:
    """Who publishes: somebody in the admin, else who approved it for later, else who wrote it."""
    approved = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    step = approved.select_related("finished_by").order_by("-finished_at").first()
    return get_active_log_context().user or (step.finished_by if step else None) or revision.user


def _actor(user: Any) -> Actor:
    if not isinstance(user, User):
        return Actor.system()
    return Actor(user=user, person=user.person, principal=user.person)
