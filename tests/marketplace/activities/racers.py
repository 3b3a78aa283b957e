"""What the processes of races do with activities: plain values in, what became of it out."""

from __future__ import annotations

import uuid
from datetime import timedelta
from uuid import UUID

import config.urls  # noqa: F401 - once before the start, and not in each process
from marketplace.models import Activity, Shift
from marketplace.operations import activities, shifts
from marketplace.operations.activities.clock import watch_activities
from marketplace.operations.shifts import Slot
from marketplace.operations.taking_part import sign_up
from neighbourhoods.models import Neighbourhood, ValuedItem
from people.models import Party, User
from tests.factories.activities import AT
from tests.factories.people import actor


def publish(login: int, activity: int) -> str:
    return activities.publish(activity=_activity(activity), actor=actor(_login(login)), at=AT).state


def give_back(login: int, activity: int) -> str:
    made = activities.return_activity(
        activity=_activity(activity), reason="Zeg waar.", actor=actor(_login(login)), at=AT
    )
    return made.state


def cancel_shift(login: int, shift: int) -> str:
    one = Shift.objects.get(pk=shift)
    return shifts.cancel_shift(shift=one, reason="Storm.", actor=actor(_login(login)), at=AT).state


def cancel(login: int, activity: int) -> str:
    made = activities.cancel(activity=_activity(activity), reason="Storm.", actor=actor(_login(login)), at=AT)
    return made.state


def take_part(login: int, shift: int) -> str:
    user = _login(login)
    one = sign_up(
        shift=Shift.objects.get(pk=shift), person=user.person, key=uuid.uuid4(), actor=actor(user), at=AT
    )
    return one.state


def plan(login: int, activity: int, days: int) -> int:
    """One shift, so many days after the tests begin."""
    begins = AT + timedelta(days=days)
    slot = Slot(starts_at=begins, ends_at=begins + timedelta(hours=2), places=2)
    by = actor(_login(login))
    return len(shifts.plan_shifts(activity=_activity(activity), slots=[slot], actor=by, at=AT))


def more_places(login: int, shift: int, places: int) -> int:
    one = Shift.objects.get(pk=shift)
    by = actor(_login(login))
    return shifts.change_shift(
        shift=one, starts_at=one.starts_at, ends_at=one.ends_at, places=places, actor=by, at=AT
    ).places


def clock(days: int) -> int:
    return watch_activities(AT + timedelta(days=days))


def post(login: int, neighbourhood: int, organiser: int, item: int, key: str) -> int:
    """A form that is sent, with its first shift."""
    begins = AT + timedelta(days=3)
    made = activities.post_activity(
        neighbourhood=Neighbourhood.objects.get(pk=neighbourhood), organiser=Party.objects.get(pk=organiser),
        words=activities.Words(language="nl", title="Koffie schenken"),
        facts=activities.Facts(item=ValuedItem.objects.get(pk=item), place="Wiekplein 1"),
        slots=[Slot(starts_at=begins, ends_at=begins + timedelta(hours=2), places=2)], key=UUID(key),
        actor=actor(_login(login)), at=AT,
    )  # fmt: skip
    return made.pk


def _activity(pk: int) -> Activity:
    return Activity.objects.get(pk=pk)


def _login(pk: int) -> User:
    return User.objects.select_related("person").get(pk=pk)
