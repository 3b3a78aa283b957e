"""For whom else a board member works, sits or owns. Each tells their own, for everybody to read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from neighbourhoods.models import Interest, Neighbourhood
from neighbourhoods.operations.meetings.doors import member_of
from neighbourhoods.permissions import is_self
from neighbourhoods.queries.meetings import interests_of
from people.models import Party


class AlreadyDeclared(Refusal):
    """The same words stand there."""

    code = "already_declared"
    sentence = _("You have already declared this interest.")
    field = "text"


def declare_interest(
    *, neighbourhood: Neighbourhood, text: str, actor: Actor, at: datetime, party: Party | None = None
) -> Interest:
    """Tell an interest of one's own, from today on. `party` is the organisation, when it is known here.

    :raises BoardOnly: to whoever is not on the board.
    :raises AlreadyDeclared: when it stands there in the same words.
    """
    person = member_of(actor, neighbourhood, at)
    with transaction.atomic():
        # A form that is sent twice at once finds its words the second time.
        Party.objects.select_for_update(no_key=True).get(pk=person.canonical_id)
        if interests_of(person, neighbourhood, day_of(at)).filter(text=text).exists():
            raise AlreadyDeclared
        made = Interest.objects.create(
            person_id=person.canonical_id,
            neighbourhood=neighbourhood,
            text=text,
            party=party,
            from_on=day_of(at),
        )
        record("interest.declare", subject=made, actor=actor, at=at, about=[made.person])
    return made


def end_interest(*, interest: Interest, actor: Actor, at: datetime) -> None:
    """Say that an interest of one's own is over. It stays known of the days on which it held; one that was declared
    today, by mistake, goes. Ended already, it stays as it is.

    :raises NotAllowed: to anybody else.
    """
    if actor.is_system or not is_self(actor, interest.person):
        raise NotAllowed
    today = day_of(at)
    with transaction.atomic():
        found = Interest.objects.select_for_update(of=("self",)).filter(pk=interest.pk).first()
        if found is None or (found.until_on is not None and found.until_on < today):
            return
        record("interest.end", subject=found, actor=actor, at=at, about=[found.person])
        if found.from_on >= today:
            found.delete()
        else:
            Interest.objects.filter(pk=found.pk).update(until_on=today - timedelta(days=1))
