"""Signing for more than a maximum, where the municipality pays it then; and what each setting does to a payment."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.models import AuditAbout, AuditEntry
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from ledger.queries import balance_of
from marketplace.models import OverCap, Participation
from marketplace.operations.hours import settle
from marketplace.operations.rewards import sign_above
from people.models import Role, User
from tests.factories.activities import Season, born, confirm_year
from tests.factories.people import actor, mandate
from tests.factories.wallet import fund
from tests.marketplace.rewards.earning import on, pays, worked

NOVEMBER = on(11, 16)


def _hours(there: Season, over_cap: str, **more: Any) -> Participation:
    """Three hours of Ann, who has 200.00 of 210.00 this month; the clock tries to pay them."""
    confirm_year(there.municipality, version=2, over_cap=over_cap, **more)
    pays(there, there.place.ann, 200_00, on(11, 2))
    hours = worked(there, there.ann.person, hours=3, value=5_00, at=on(11))
    settle(participation=hours, actor=actor(there.olaf), at=NOVEMBER)
    return hours


def _sign(hours: Participation, by: User) -> bool:
    return sign_above(participation=hours, actor=actor(by), at=NOVEMBER)


@pytest.mark.parametrize(
    ("setting", "state", "signed", "has"),
    [
        pytest.param(OverCap.BLOCK, "BLOCKED_BY_CAP", "reward_not_to_be_signed", 200_00, id="blocks"),
        pytest.param(OverCap.WARN, "PAID", "move_refused", 215_00, id="warns"),
        pytest.param(OverCap.SIGN, "BLOCKED_BY_CAP", "PAID", 215_00, id="asks for a signature"),
    ],
)
def test_the_three_settings_of_a_municipality_have_three_outcomes(
    there: Season, setting: str, state: str, signed: str, has: int
) -> None:
    hours = _hours(there, setting)
    assert hours.state == state

    try:
        _sign(hours, there.ann)
        outcome = hours.state
    except Refusal as refusal:
        outcome = refusal.code

    assert outcome == signed
    assert balance_of(there.place.ann).balance == has
    warned = AuditEntry.objects.filter(event="participation.warn").exists()
    assert warned == (setting == OverCap.WARN)


def test_a_signature_is_kept_with_its_moment_and_stands_in_the_trail(there: Season) -> None:
    hours = _hours(there, OverCap.SIGN)

    assert _sign(hours, there.ann) is True

    hours.refresh_from_db()
    assert (hours.state, hours.signed_above_at) == ("PAID", NOVEMBER)
    events = AuditEntry.objects.filter(event__startswith="participation.").order_by("pk")
    assert list(events.values_list("event", flat=True)) == [
        "participation.block", "participation.sign", "participation.release", "participation.pay",
    ]  # fmt: skip


def test_that_somebody_signed_is_told_to_them_alone(there: Season) -> None:
    """The organiser would read in its log that they earn more than the maximum."""
    hours = _hours(there, OverCap.SIGN)

    _sign(hours, there.ann)

    line = AuditEntry.objects.get(event="participation.sign")
    assert list(AuditAbout.objects.filter(entry=line).values_list("party_id", flat=True)) == [
        there.ann.person_id
    ]


def test_a_signature_pays_once(there: Season) -> None:
    hours = _hours(there, OverCap.SIGN)
    _sign(hours, there.ann)

    with pytest.raises(MoveRefused):
        _sign(Participation.objects.get(pk=hours.pk), there.ann)
    assert balance_of(there.place.ann).balance == 215_00


def test_nobody_signs_for_another(there: Season) -> None:
    hours = _hours(there, OverCap.SIGN)

    for login in (there.ben, there.olaf, there.bea):
        with pytest.raises(NotAllowed):
            _sign(hours, login)


def test_a_guardian_signs_for_a_child(there: Season) -> None:
    hours = _hours(there, OverCap.SIGN)
    born(there.ann.person, date(2012, 5, 1))
    mandate(person=there.ben, principal=there.ann.person, role=Role.HELPER)

    assert _sign(hours, there.ben) is True


def test_a_signature_for_the_hour_does_not_open_a_month_that_is_shut(there: Season) -> None:
    hours = _hours(there, OverCap.BLOCK, over_hour=OverCap.SIGN, per_hour=4_00)

    with pytest.raises(Refusal) as refused:
        _sign(hours, there.ann)
    assert refused.value.code == "reward_not_to_be_signed"


def test_what_has_room_by_now_is_paid_without_a_signature(there: Season) -> None:
    hours = _hours(there, OverCap.SIGN)
    confirm_year(there.municipality, version=3, over_cap=OverCap.SIGN, per_month=300_00)

    assert _sign(hours, there.ann) is True
    assert hours.signed_above_at is None


def test_eleven_months_at_the_maximum_are_paid_ten_times_and_the_eleventh_waits_for_the_new_year(
    there: Season,
) -> None:
    """The exact example of grdebevelanden: 11 x 210, with 2100 a year."""
    confirm_year(there.municipality, 2027)
    paid = []
    for month in range(1, 12):
        hours = worked(there, there.ann.person, hours=42, value=5_00, at=on(month))
        fund(there.place, there.pot, 210_00)
        paid.append(settle(participation=hours, actor=actor(there.olaf), at=on(month)))

    assert paid == [True] * 10 + [False]
    assert hours.state == "BLOCKED_BY_CAP"
    assert balance_of(there.place.ann).balance == 2100_00
    assert settle(participation=hours, actor=actor(there.olaf), at=on(12)) is False
    assert settle(participation=hours, actor=actor(there.olaf), at=on(1, year=2027)) is True
    assert balance_of(there.place.ann).balance == 2310_00
