"""What happens by the clock to people who take part: a reminder, the end of waiting, nobody said anything."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from marketplace.models import ConductCertificate, Participation, PinTry, Shift
from marketplace.operations.clock import each, watched
from marketplace.operations.taking_part.leaving import take_off
from marketplace.operations.taking_part.listing import LISTED_WITHIN, mark_missed
from marketplace.operations.taking_part.news import tell
from marketplace.operations.taking_part.places import PROMOTED_UNTIL, promote
from marketplace.operations.taking_part.rows import lock_participation, move
from marketplace.queries import taking_part_clock as due
from marketplace.queries.conduct import to_remind_of

SYSTEM: Final = Actor.system()
MAILED_FROM: Final = time(7)  # nobody needs to hear of tomorrow at night
TRIES_KEPT: Final = timedelta(days=1)
CERTIFICATE_REMINDER: Final = timedelta(days=30)


@watched
def watch_participations(now: datetime) -> int:
    """Take the next step of everybody whose time has come. Gives how many it were."""
    done = each("child without consent", _numbers(due.children_without_consent(now)), partial(_take_off, now))
    done += each("waiting list", _numbers(due.to_lapse(now)), partial(_lapse, now))
    done += each(
        "place that is free",
        [shift.pk for shift in due.to_promote(now, PROMOTED_UNTIL)],
        partial(_promote, now),
    )
    return done + each("no word", _numbers(due.to_miss(now - LISTED_WITHIN)), partial(_miss, now))


@watched
def remind_of_shifts(now: datetime) -> int:
    """Remind everybody who comes tomorrow, in the daytime of the day before. Gives how many it were."""
    if localtime(now).time() < MAILED_FROM:
        return 0
    return each("shift, reminder", _numbers(due.to_remind(now)), partial(_remind, now))


@watched
def remind_of_certificates(now: datetime) -> int:
    """Tell of certificates of conduct that run out within a month. Gives how many it were."""
    today = day_of(now)
    return each("certificate", to_remind_of(today, today + CERTIFICATE_REMINDER), partial(_remind_of, now))


@watched
def forget_tries(now: datetime) -> int:
    """Remove the wrong numbers that count no more. Gives how many it were."""
    removed, _by_model = PinTry.objects.filter(at__lt=now - TRIES_KEPT).delete()
    return removed


def _numbers(rows: QuerySet[Participation]) -> list[int]:
    return list(rows.order_by("shift_id", "pk").values_list("pk", flat=True))


def _locked(pk: int) -> Participation:
    return lock_participation(Participation.objects.select_related("shift", "person").get(pk=pk))


def _take_off(now: datetime, pk: int) -> bool:
    """A guardian took consent back, and was cut short."""
    with transaction.atomic():
        found = _locked(pk)
        if not due.children_without_consent(now).filter(pk=pk).exists():
            return False
        take_off(participation=found, actor=SYSTEM, at=now)
    return True


def _lapse(now: datetime, pk: int) -> bool:
    with transaction.atomic():
        found = _locked(pk)
        if not due.to_lapse(now).filter(pk=pk).exists():
            return False
        move(found, "lapse", actor=SYSTEM, at=now)
        tell("participation.lapse", found, actor=SYSTEM, at=now)
    return True


def _promote(now: datetime, pk: int) -> bool:
    """A place came free in another way than by somebody who withdrew: an erasure, more in the pot, another shift that
    was called off."""
    return bool(promote(shift=Shift.objects.get(pk=pk), at=now))


def _miss(now: datetime, pk: int) -> bool:
    with transaction.atomic():
        found = _locked(pk)
        if not due.to_miss(now - LISTED_WITHIN).filter(pk=pk).exists():
            return False
        mark_missed(found, actor=SYSTEM, at=now)
    return True


def _remind(now: datetime, pk: int) -> bool:
    with transaction.atomic():
        found = _locked(pk)
        if not due.to_remind(now).filter(pk=pk).exists():
            return False
        found.reminded_at = now
        found.save(update_fields=["reminded_at"])
        record("participation.remind", subject=found, actor=SYSTEM, at=now, about=(found.person,))
        tell("participation.remind", found, actor=SYSTEM, at=now)
    return True


def _remind_of(now: datetime, pk: int) -> bool:
    """Once for each last day: a renewed certificate is reminded of anew."""
    with transaction.atomic():
        rows = ConductCertificate.objects.select_for_update(no_key=True)
        found = rows.get(pk=pk)
        if found.reminded_on is not None:
            return False
        found.reminded_on = day_of(now)
        found.save(update_fields=["reminded_on"])
        about = (found.person, found.organisation)
        record("conduct_certificate.remind", subject=found, actor=SYSTEM, at=now, about=about)
        tell("conduct_certificate.remind", found, actor=SYSTEM, at=now)
    return True
