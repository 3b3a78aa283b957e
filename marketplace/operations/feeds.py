"""The secret address under which somebody's own shifts can be read by a calendar."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from core.actor import Actor
from core.audit import record
from core.refusals import NotAllowed
from marketplace.models import CalendarFeed
from marketplace.operations.doors import person_of
from people.models import Party
from people.permissions import is_own
from people.queries import canonical


def feed_of(*, person: Party, actor: Actor, at: datetime) -> CalendarFeed:
    """This will give the address of somebody's calendar; a new one when they have none.

    :raises NotAllowed: to anybody else.
    """
    owner = _owner(person, actor)
    with transaction.atomic():
        known = CalendarFeed.objects.filter(person=_locked(owner)).first()
        return known or _make(owner, actor, at)


def new_feed(*, person: Party, actor: Actor, at: datetime) -> CalendarFeed:
    """This will give a calendar a new address. The old one is worthless from now on.

    :raises NotAllowed: to anybody else.
    """
    owner = _owner(person, actor)
    with transaction.atomic():
        CalendarFeed.objects.filter(person=_locked(owner)).delete()
        return _make(owner, actor, at)


def _make(owner: Party, actor: Actor, at: datetime) -> CalendarFeed:
    made = CalendarFeed.objects.create(person=owner, token=uuid.uuid4(), made_at=at)
    record("calendar_feed.make", subject=made, actor=actor, at=at, about=(owner,))
    return made


def _locked(owner: Party) -> Party:
    """Of two at once the second finds what the first made."""
    return Party.objects.select_for_update(no_key=True).get(pk=owner.pk)


def _owner(person: Party, actor: Actor) -> Party:
    if not is_own(person_of(actor), person):
        raise NotAllowed
    return canonical(person)
