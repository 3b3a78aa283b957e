"""What follows when the page of an offer or an activity is submitted, published, sent back, taken off or deleted: by
its form, a workflow, a schedule, or in bulk."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision, TaskState, WorkflowState
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
from marketplace.operations import faced
from marketplace.operations.following import begun_by_page, come_back, go_off, lose_page, take_back
from marketplace.operations.publishing import publish_page, refusal_to_publish, submit_page
from people.models import User

LONGEST_REASON = 500


def connect() -> None:
    """Called when the app is ready. `published` comes after `page_published`, and so after the other languages."""
    for face in faced.pages():
        published.connect(face_published, sender=face)
        page_unpublished.connect(face_unpublished, sender=face)
        pre_delete.connect(face_deleted, sender=face)
    task_submitted.connect(face_submitted)
    task_rejected.connect(face_rejected)
    workflow_approved.connect(face_approved)
    workflow_cancelled.connect(face_taken_back)


def face_published(sender: type[Page], instance: Any, revision: Revision, **_kwargs: Any) -> None:
    """Hand over what the page says. What may not be open does not stay on the site: nobody could do anything with it.
    Of what is open already the words are published all the same."""
    if not instance.live:  # a page that is to be published later comes by again
        return
    actor, at = _actor(_publisher(revision)), clock.now()
    try:
        publish_page(page=instance, written_at=revision.created_at, actor=actor, at=at)
        if is_source(instance):
            come_back(_row(instance), actor=actor, at=at)
    except Refusal:
        if is_source(instance) and not _is_out(instance):
            instance.unpublish()


def face_unpublished(sender: type[Page], instance: Any, **_kwargs: Any) -> None:
    if is_source(instance):
        go_off(_row(instance), actor=_actor(get_active_log_context().user), at=clock.now())


def face_deleted(sender: type[Page], instance: Any, **_kwargs: Any) -> None:
    if is_source(instance):
        lose_page(_row(instance), actor=_actor(get_active_log_context().user), at=clock.now())


def face_submitted(sender: type[TaskState], instance: TaskState, user: Any = None, **_kwargs: Any) -> None:
    """Sent to the board, for the first time or again.

    :raises Refusal: and the page is not submitted: Wagtail does all of it in one transaction.
    """
    if _page(instance.workflow_state) is not None:
        said = instance.revision.as_object()
        submit_page(page=said, written_at=instance.revision.created_at, actor=_actor(user), at=clock.now())


def face_rejected(sender: type[TaskState], instance: TaskState, user: Any = None, **_kwargs: Any) -> None:
    """Sent back, with what the board wrote.

    :raises Refusal: without a reason, and to who has an interest. Then the page is not sent back.
    """
    page = _page(instance.workflow_state)
    kind = faced.of_page(page)
    if kind is None:
        return
    row = kind.row_of(page)
    if row.state == kind.submitted:
        reason = " ".join(instance.comment.split())[:LONGEST_REASON]
        with begun_by_page():
            kind.send_back(row, reason=reason, actor=_actor(user), at=clock.now())


def face_approved(
    sender: type[WorkflowState], instance: WorkflowState, user: Any = None, **_kwargs: Any
) -> None:
    """The board approved, and the page was published. When it could not be opened, nothing was approved.

    :raises Refusal: what publishing says; the approval is undone by it.
    """
    page = _page(instance)
    if page is None or page.live or page.approved_schedule:
        return
    at = clock.now()
    refusal = refusal_to_publish(page=page, written_at=at, actor=_actor(user), at=at)
    if refusal is not None:
        raise refusal


def face_taken_back(
    sender: type[WorkflowState], instance: WorkflowState, user: Any = None, **_kwargs: Any
) -> None:
    page = _page(instance)
    if page is not None:
        take_back(_row(page), actor=_actor(user), at=clock.now())


def _page(state: WorkflowState) -> Any:
    """The page that a workflow is about, when it is a face."""
    model: Any = state.content_type.model_class()
    return model.objects.filter(pk=state.object_id).first() if model in faced.pages() else None


def _row(page: Any) -> Any:
    kind = faced.of_page(page)
    assert kind is not None  # noqa: S101 - asked of faces alone
    return kind.row_of(page)


def _is_out(page: Any) -> bool:
    """Whether everybody could see what it is the face of before this."""
    kind = faced.of_page(page)
    return kind is not None and kind.row_of(page).state in {kind.open, kind.paused}


def _publisher(revision: Revision) -> Any:
    """Who publishes: somebody in the admin, else who approved it for later, else who wrote it."""
    approved = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    step = approved.select_related("finished_by").order_by("-finished_at").first()
    return get_active_log_context().user or (step.finished_by if step else None) or revision.user


def _actor(user: Any) -> Actor:
    if not isinstance(user, User):
        return Actor.system()
    return Actor(user=user, person=user.person, principal=user.person)
