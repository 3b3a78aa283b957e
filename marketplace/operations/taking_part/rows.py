"""The locks of taking part, and who acts.

Everybody locks in one order: the row of the shift, those of participations by number, those of persons (and of the
holder of the pot, so that no two promise the same coins) by number, and last the ledger's accounts. Never two shifts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.actor import Actor
from core.clock import day_of
from core.refusals import NotAllowed
from core.states import transition
from marketplace.models import Activity, Participation, Shift
from marketplace.operations.doors import person_of
from marketplace.permissions import NotYourActivity, OwnHours, guards, is_close, may_organise
from marketplace.queries.participations import in_turn
from marketplace.states import ParticipationState
from people.models import Party
from people.permissions import is_own
from people.queries import canonical, numbers_of

ALONG = (
    "neighbourhood__coin", "neighbourhood__municipality", "neighbourhood__party", "organiser__organisation_details",
    "organiser__person_details", "item", "pot__coin",
)  # fmt: skip


def lock_shift(shift: Shift) -> Shift:
    """The same shift with its activity, brought up to date, and nobody else's to change until this transaction ends."""
    shift.refresh_from_db(from_queryset=Shift.objects.select_for_update(no_key=True))
    shift.activity = Activity.objects.select_related(*ALONG).get(pk=shift.activity_id)
    return shift


def lock_participation(participation: Participation) -> Participation:
    """The same participation behind the lock of its shift, brought up to date."""
    shift = lock_shift(participation.shift)
    participation.refresh_from_db(from_queryset=Participation.objects.select_for_update(no_key=True))
    participation.shift = shift
    return participation


def lock_queue(shift: Shift, *also: Party) -> list[Participation]:
    """Who waits for a place in a locked shift, the first one first; they, `also` and the holder of the pot are locked.

    All at once: whoever locked some of them and then others could wait for somebody who does the same crosswise.
    """
    waiting = Participation.objects.select_for_update(no_key=True).filter(pk__in=in_turn(shift).values("pk"))
    queue = sorted(waiting.select_related(None).order_by("pk"), key=lambda one: (one.signed_up_at, one.pk))
    pot = shift.activity.pot
    holders = [pot.holder_id] if pot is not None else []
    lock_people([*(one.person_id for one in queue), *(party.canonical_id for party in also), *holders])
    for one in queue:
        one.shift = shift
    return queue


def lock_people(numbers: Iterable[int]) -> None:
    """Nobody else signs these persons up, or pays them, until this transaction ends."""
    rows = Party.objects.select_for_update(no_key=True).filter(pk__in=set(numbers)).order_by("pk")
    list(rows.values_list("pk", flat=True))


def own_row(shift: Shift, person: Party) -> Participation | None:
    """What somebody has in a shift, under whichever number; not what they withdrew from."""
    found = shift.participations.filter(person__in=numbers_of(person).order_by())
    mine = found.exclude(state=ParticipationState.WITHDRAWN).select_related("person").first()
    if mine is not None:
        mine.shift = shift
    return mine


def move(
    participation: Participation, event: str, *, actor: Actor, at: datetime, reason: str = "", **along: object
) -> None:
    """Take a step and write it in the trail of the participant."""
    transition(
        participation, event, actor=actor, at=at, about=(participation.person,), reason=reason, along=along
    )


# --- Who acts ---------------------------------------------------------------------------------------------------------


def participant_or_guardian(actor: Actor, participant: Party, at: datetime) -> Party:
    """The person who acts as the participant, or as the guardian of a child.

    :raises NotAllowed: to everybody else, the system too.
    """
    person = person_of(actor)
    if not is_own(person, participant) and not guards(person, participant, day_of(at)):
        raise NotAllowed
    return canonical(person)


def organiser_for(actor: Actor, activity: Activity, participant: Party, at: datetime) -> Party:
    """The person who keeps the list for the organiser, of somebody who is not close to them.

    :raises NotYourActivity: to who does not organise it.
    :raises OwnHours: for themself and their housemates.
    """
    person, on = person_of(actor), day_of(at)
    if not may_organise(person, activity.organiser, on):
        raise NotYourActivity(name=activity.organiser.display_name)
    if is_close(person, participant, on):
        raise OwnHours
    return canonical(person)
