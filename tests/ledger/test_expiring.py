"""Each night: what was reserved too long comes free, and money that did not come is no longer expected."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from ledger.kinds import FundingState, ReservationState, TransferKind
from ledger.management.commands import expire_reservations as nightly
from ledger.models import Account, Funding, Reservation
from ledger.operations import announce_funding, reserve
from tests.factories import ledger
from tests.factories.ledger import AT, SYSTEM, Town, key

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def town() -> Town:
    town = ledger.town()
    ledger.fund(town, town.ann, 10_00)
    return town


def promise(town: Town, name: str, *, days: int) -> Reservation:
    return reserve(
        payer=town.ann, payee=town.ben, amount=1_00, kind=TransferKind.PAYMENT, key=key(name), actor=SYSTEM, at=AT,
        expires_at=AT + days * DAY,
    )  # fmt: skip


def expect(town: Town, name: str, *, days: int) -> Funding:
    return announce_funding(
        coin=town.coin, funder=town.shop.holder, payee=town.pot, amount=5_00, key=key(name), actor=SYSTEM, at=AT,
        expires_on=(AT + days * DAY).date(),
    )  # fmt: skip


def run(*, days: int) -> str:
    """What the command says, so many days later."""
    said = StringIO()
    with time_machine.travel(AT + days * DAY, tick=False):
        call_command("expire_reservations", stdout=said)
    return said.getvalue().strip()


def test_what_is_over_expires_and_what_is_not_stays(town: Town) -> None:
    over, later = promise(town, "over", days=2), promise(town, "later", days=3)
    gone, coming = expect(town, "gone", days=1), expect(town, "coming", days=2)

    assert run(days=2) == "1 reservations and 1 fundings expired."

    states = dict(Reservation.objects.values_list("pk", "state"))
    assert states == {over.pk: ReservationState.EXPIRED, later.pk: ReservationState.OPEN}
    assert Account.objects.get(pk=town.ann.pk).reserved == 1_00
    for funding, state in ((gone, FundingState.EXPIRED), (coming, FundingState.ANNOUNCED)):
        assert Funding.objects.get(pk=funding.pk).state == state


def test_a_second_time_there_is_nothing_left_to_do(town: Town) -> None:
    promise(town, "over", days=1)
    run(days=2)

    assert run(days=2) == "0 reservations and 0 fundings expired."


def test_it_goes_on_until_all_are_done_however_many_there_are(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nightly, "AT_A_TIME", 2)
    for number in range(4):
        promise(town, f"order {number}", days=1)

    assert run(days=2) == "4 reservations and 0 fundings expired."
    assert Account.objects.get(pk=town.ann.pk).reserved == 0
