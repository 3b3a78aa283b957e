"""What follows when a page of this app is published, whichever way: by its form, a workflow, a schedule, or in bulk."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision
from wagtail.signals import published

from content.translation import is_source
from core import clock
from core.actor import Actor
from core.refusals import Refusal
from neighbourhoods.models import ValueDecision, ValueDecisionPage
from neighbourhoods.operations.values.publishing import publish_terms
from neighbourhoods.states import ValueState
from people.models import User


def connect() -> None:
    """Called when the app is ready. `published` comes after `page_published`, and so after the other languages."""
    published.connect(value_page_published, sender=ValueDecisionPage)


def value_page_published(
    sender: type[ValueDecisionPage], instance: ValueDecisionPage, revision: Revision, **_kwargs: Any
) -> None:
    """Hand over what the page proposes. A draft that cannot be proposed does not stay on the site: nobody would know
    what it is. Of anything later the words are published all the same."""
    if not (instance.live and is_source(instance)):  # a page that is to be published later comes by again
        return
    # Who publishes, where somebody is in the admin; else who wrote it.
    user = get_active_log_context().user or revision.user
    try:
        publish_terms(page=instance, written_at=revision.created_at, actor=_actor(user), at=clock.now())
    except Refusal:
        if ValueDecision.objects.filter(pk=instance.decision_id, state=ValueState.DRAFT).exists():
            instance.unpublish(user=user)


def _actor(user: Any) -> Actor:
    if not isinstance(user, User):
        return Actor.system()
    return Actor(user=user, person=user.person, principal=user.person)
