"""What happens to admissions by the clock: a mail before one runs out or its insurance does, and its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.models import AuditEntry
from core.states import transition
from marketplace.models import Admission
from marketplace.operations.admission_requests import parties_of
from marketplace.operations.admissions import off_the_market, tell
from marketplace.operations.clock import each, watched
from marketplace.queries.admissions import overdue, to_remind, with_names
from marketplace.states import AdmissionState

REMIND_BEFORE: Final = timedelta(days=14)
REMINDED: Final = "admission.remind"
SYSTEM = Actor.system()

Remind = Callable[[Admission, date, date], None]
_reminders: list[Remind] = []


def on_reminded(function: Remind) -> Remind:
    """Have a function called in the transaction in which an organisation is reminded: of this last day, on this day."""
    if function not in _reminders:
        _reminders.append(function)
    return function


@watched
def watch_admissions(now: datetime) -> int:
    """End the admissions of which the last day has passed, and remind of those that come to it."""
    today = day_of(now)
    expired = each("admission, last day", overdue(today), partial(_expire, now))
    return expired + each(
        "admission, reminder", to_remind(today, today + REMIND_BEFORE), partial(_remind, now)
    )


def _expire(now: datetime, pk: int) -> bool:
    with transaction.atomic():
        admission = _locked(pk)
        if admission.until_on is None or admission.until_on >= day_of(now):
            return False  # the board prolonged it at this moment
        transition(admission, "expire", actor=SYSTEM, at=now, about=parties_of(admission))
        off_the_market(admission, now)
        tell(admission, day_of(now))
    return True


def _remind(now: datetime, pk: int) -> bool:
    """Once for each last day, of the admission and of its insurance: a later one is reminded of anew."""
    today = day_of(now)
    with transaction.atomic():
        admission = _locked(pk)
        if admission.state != AdmissionState.ADMITTED:
            return False
        days = {day for day in (admission.until_on, admission.insured_until_on) if day is not None}
        due = [day for day in sorted(days) if today <= day <= today + REMIND_BEFORE and not _is_told(pk, day)]
        for day in due:
            record(
                REMINDED, subject=admission, actor=SYSTEM, at=now, about=parties_of(admission), after=day.isoformat()
            )  # fmt: skip
            for remind in _reminders:
                remind(admission, day, today)
    return bool(due)


def _is_told(pk: int, day: date) -> bool:
    lines = AuditEntry.objects.filter(subject_model=Admission._meta.label, subject_id=str(pk))
    return lines.filter(event=REMINDED, after=day.isoformat()).exists()


def _locked(pk: int) -> Admission:
    """Under this lock the second of two clocks sees what the first did."""
    rows = with_names(Admission.objects.select_for_update(of=("self",), no_key=True))
    return rows.get(pk=pk)
