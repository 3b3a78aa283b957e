"""What the processes of races and crashes do: plain values in, what came of it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from django.db import connection

from core.actor import Actor
from core.refusals import Refusal
from marketplace.door_links import link_on_paper
from marketplace.models import Activity, Participation, Shift
from marketplace.operations import consents, feeds, shifts, taking_part
from marketplace.operations.taking_part import clock
from people.models import Party, User
from tests.factories.activities import AT
from tests.marketplace.orders.deeds import keep_the_door
from tests.racer import hear, say

KEYS = UUID(int=8)


def acting(email: str) -> dict[str, Any]:
    user = User.objects.get(email=email)
    return {"actor": Actor(user=user, person=user.person, principal=user.person)}


def of(shift: int, email: str) -> Participation:
    person = User.objects.get(email=email).person
    found = Participation.objects.filter(shift=shift, person=person.canonical_id)
    return found.select_related("shift", "person").latest("pk")


def sign_up(email: str, shift: int, name: str = "") -> str:
    person = User.objects.get(email=email).person
    made = taking_part.sign_up(
        shift=Shift.objects.get(pk=shift), person=person, key=uuid5(KEYS, name or f"{email} {shift}"), at=AT,
        **acting(email),
    )  # fmt: skip
    return made.state


def withdraw(email: str, shift: int) -> str:
    found = of(shift, email)
    taking_part.withdraw(participation=found, at=AT, **acting(email))
    return "withdrawn"


def come_by(email: str, shift: int, organiser: str) -> str:
    found = Shift.objects.get(pk=shift)
    made = taking_part.come_in(
        shift=found, person=User.objects.get(email=email).person, key=uuid5(KEYS, f"{email} comes by"),
        at=found.starts_at, **acting(organiser),
    )  # fmt: skip
    return made.state


def scan(email: str, shift: int) -> str:
    found = Shift.objects.get(pk=shift)
    person = User.objects.get(email=email).person
    return taking_part.check_in_by_link(
        token=link_on_paper(found), person=person, at=found.starts_at, **acting(email)
    ).state


def type_in(email: str, shift: int, pin: str) -> str:
    found = of(shift, email)
    taking_part.check_in_by_pin(participation=found, pin=pin, at=found.shift.starts_at, **acting(email))
    return found.state


def miss(email: str, shift: int, organiser: str) -> str:
    found = of(shift, email)
    taking_part.miss(participation=found, at=found.shift.ends_at, **acting(organiser))
    return found.state


def claim(email: str, shift: int) -> str:
    found = of(shift, email)
    taking_part.claim(participation=found, minutes=60, at=found.shift.ends_at, **acting(email))
    return found.state


def call_off(email: str, shift: int) -> str:
    shifts.cancel_shift(shift=Shift.objects.get(pk=shift), reason="Storm", at=AT, **acting(email))
    return "called off"


def promote(shift: int) -> str:
    return f"{taking_part.promote(shift=Shift.objects.get(pk=shift), at=AT)} moved up"


def consent(email: str, child: int, activity: int) -> str:
    consents.give_consent(
        child=Party.objects.get(pk=child), activity=Activity.objects.get(pk=activity), at=AT, **acting(email)
    )
    return "given"


def feed(email: str) -> str:
    person = User.objects.get(email=email).person
    return str(feeds.feed_of(person=person, at=AT, **acting(email)).token)


def watch(hours: int) -> str:
    return f"{clock.watch_participations(AT + timedelta(hours=hours))} by the clock"


def remind(hours: int) -> str:
    return f"{clock.remind_of_shifts(AT + timedelta(hours=hours))} reminded"


DEEDS: dict[str, Callable[..., str]] = {
    "sign_up": sign_up, "withdraw": withdraw, "come_by": come_by, "scan": scan, "type_in": type_in, "miss": miss,
    "claim": claim, "call_off": call_off, "promote": promote, "consent": consent, "feed": feed, "watch": watch,
    "remind": remind,
}  # fmt: skip


def tried(deed: str, **words: Any) -> str:
    """What became of it: a state, or the code of a refusal."""
    try:
        return DEEDS[deed](**words)
    except Refusal as refusal:
        return refusal.code


def do_and_stop(deed: str, stop_before: int, **words: Any) -> None:
    """Do it, and stop before the so many-th statement of it to be killed; get through when there is none."""
    keep_the_door()
    statements = count(1)

    def execute(go_on: Callable[..., Any], *statement: Any) -> Any:
        if next(statements) == stop_before:
            say("stopped")
            hear()
        return go_on(*statement)

    with connection.execute_wrapper(execute):
        tried(deed, **words)
    say("returned")
