"""What happens to admissions by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail

from core.clock import day_of
from marketplace.models import Admission
from marketplace.operations import admissions, clock
from marketplace.operations.admission_clock import watch_admissions
from marketplace.queries.admissions import is_admitted
from marketplace.states import AdmissionState
from people.models import Party, User
from tests.factories.market import AT, Market, admitted, supply
from tests.factories.people import actor
from tests.marketplace.trust.making import asked, events_about, let_in

TODAY = day_of(AT)
LAST = TODAY + timedelta(days=60)


def noon(days: int) -> datetime:
    return AT + timedelta(days=days)


@pytest.fixture
def in_bakery(there: Market, bakery: Party, kim: User) -> Admission:
    """Let in for sixty days."""
    made = let_in(asked(there, bakery, kim), there.bea, until_on=LAST)
    mail.outbox.clear()
    return made


def state_of(admission: Admission) -> str:
    admission.refresh_from_db()
    return admission.state


def subjects() -> list[str]:
    return [str(message.subject) for message in mail.outbox]


def test_the_command_asks_for_it() -> None:
    assert watch_admissions in clock.by_the_clock


def test_on_the_last_day_it_still_holds_and_the_day_after_it_is_over(
    there: Market, bakery: Party, in_bakery: Admission
) -> None:
    offer = supply(there, "Brood", by=bakery)
    watch_admissions(noon(60))
    assert state_of(in_bakery) == AdmissionState.ADMITTED

    assert watch_admissions(noon(61)) == 1

    offer.refresh_from_db()
    assert (state_of(in_bakery), offer.state) == (AdmissionState.EXPIRED, "PAUSED")
    assert not is_admitted(bakery, there.neighbourhood, LAST)
    assert events_about(bakery)[-2:] == ["admission.expire", "offer.pause"]


def test_it_is_reminded_once_two_weeks_before(bakery: Party, in_bakery: Admission) -> None:
    watch_admissions(noon(45))
    assert subjects() == []

    for day in (46, 47, 60):
        watch_admissions(noon(day))

    assert subjects() == ["The admission of Bakkerij Kim to the market of Molenwijk runs out"]
    assert events_about(bakery)[-1] == "admission.remind"


def test_whoever_is_prolonged_is_reminded_of_the_new_day(there: Market, in_bakery: Admission) -> None:
    watch_admissions(noon(50))
    admissions.prolong(
        admission=in_bakery, checks="Gezien.", until_on=TODAY + timedelta(days=200), actor=actor(there.bea), at=noon(51)
    )  # fmt: skip
    mail.outbox.clear()

    watch_admissions(noon(61))
    assert (state_of(in_bakery), subjects()) == (AdmissionState.ADMITTED, [])
    watch_admissions(noon(190))

    assert subjects() == ["The admission of Bakkerij Kim to the market of Molenwijk runs out"]


def test_the_insurance_is_reminded_of_as_well(kim: User, in_bakery: Admission) -> None:
    admissions.tell_insurance(
        admission=in_bakery, insurance="Polis", insured_until_on=TODAY + timedelta(days=20), actor=actor(kim), at=AT
    )  # fmt: skip

    assert [watch_admissions(noon(day)) for day in (5, 6, 7)] == [0, 1, 0]

    assert subjects() == ["The insurance of Bakkerij Kim runs out"]


def test_a_request_is_not_reminded_and_does_not_expire(there: Market, bakery: Party, kim: User) -> None:
    made = asked(there, bakery, kim, insurance="Polis", insured_until_on=TODAY)

    assert (watch_admissions(noon(0)), state_of(made), subjects()) == (0, AdmissionState.REQUESTED, [])


def test_what_goes_wrong_with_one_keeps_no_other_waiting(
    there: Market, bakery: Party, in_bakery: Admission, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = admitted(there.place.pot.holder, there.neighbourhood, until_on=LAST)
    monkeypatch.setattr(
        "marketplace.operations.admission_clock.off_the_market",
        lambda admission, _at: 1 / 0 if admission == in_bakery else None,
    )

    with pytest.raises(RuntimeError):
        watch_admissions(noon(61))

    assert (state_of(in_bakery), state_of(second)) == (AdmissionState.ADMITTED, AdmissionState.EXPIRED)
