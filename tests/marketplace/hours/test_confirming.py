from __future__ import annotations

import pytest

from ledger.queries import balance_of
from marketplace.operations.hours import confirm
from tests.factories.activities import AT, activity, season, shift, takes_part
from tests.factories.people import actor
pytestmark = pytest.mark.django_db


def test_hours_that_are_confirmed_are_paid_at_once() -> None:
    there = season()
    claim = takes_part(shift(activity(there)), there.ann.person, "CLAIMED")
    confirm(participation=claim, actor=actor(there.olaf), at=claim.shift.ends_at)
    assert claim.state == "PAID"
