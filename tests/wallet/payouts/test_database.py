"""What the database refuses, whoever writes past the model."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from tests.factories.wallet import AT, Place
from tests.wallet.payouts.stage import approved, debit, exported, requested
from wallet.models import BankLine, MonthlyPayout, Payout, PayoutRun
from wallet.states import PayoutState


def refused(rows: models.QuerySet[Any], **words: Any) -> bool:
    try:
        with transaction.atomic():
            rows.update(**words)
    except DatabaseError:
        return True
    return False


def only(payout: Payout) -> models.QuerySet[Payout]:
    return Payout.objects.filter(pk=payout.pk)


@pytest.mark.parametrize("words", [
    {"amount": 1}, {"name": "Another"}, {"iban": "NL02RABO0123456789"}, {"end_to_end_id": "SCP2"}, {"payee_id": 1},
    {"account_id": 1}, {"requested_by_id": None},
])  # fmt: skip
def test_what_was_asked_for_stays(there: Place, words: dict[str, Any]) -> None:
    assert refused(only(requested(there)), **words)


def test_a_payout_is_not_removed(there: Place) -> None:
    payout = requested(there)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM wallet_payout WHERE id = %s", [payout.pk])


def test_nobody_approves_what_they_asked_for(there: Place) -> None:
    payout = requested(there)

    assert refused(only(payout), state=PayoutState.APPROVED, approved_by=there.sjoerd.person, approved_at=AT)


@pytest.mark.parametrize("state", [
    PayoutState.APPROVED, PayoutState.EXPORTED, PayoutState.PAID, PayoutState.FAILED,
])  # fmt: skip
def test_nothing_goes_on_without_an_approver(there: Place, state: str) -> None:
    assert refused(only(requested(there)), state=state)


@pytest.mark.parametrize("state", [PayoutState.EXPORTED, PayoutState.PAID, PayoutState.FAILED])
def test_nothing_is_at_the_bank_without_a_file(there: Place, state: str) -> None:
    assert refused(only(approved(there)), state=state)


@pytest.mark.parametrize("state", [PayoutState.REQUESTED, PayoutState.APPROVED, PayoutState.CANCELLED])
def test_what_is_in_a_file_does_not_go_back(there: Place, state: str) -> None:
    assert refused(only(exported(there)), state=state)


@pytest.mark.parametrize("words", [
    {"message_id": "SC1"}, {"payer_iban": "NL02RABO0123456789"}, {"payer_name": "Other"}, {"payer_bic": "RABONL2U"},
    {"execute_on": AT.date()}, {"version": "pain.001.001.09"}, {"made_by_id": 1},
])  # fmt: skip
def test_what_a_file_says_stays(there: Place, words: dict[str, Any]) -> None:
    assert exported(there).run is not None

    assert refused(PayoutRun.objects.all(), **words)


def test_two_files_never_have_one_number(there: Place) -> None:
    first, second = exported(there).run, exported(there, name="second").run
    assert first is not None
    assert second is not None

    with pytest.raises(DatabaseError), transaction.atomic():
        PayoutRun.objects.bulk_create([
            PayoutRun(
                treasury=there.treasury, message_id=first.message_id, version=first.version, made_by=first.made_by,
                execute_on=first.execute_on, made_at=AT, payer_name="S", payer_iban=first.payer_iban,
                key=there.shop.key,
            )
        ])  # fmt: skip


def test_a_booked_line_belongs_to_something(there: Place) -> None:
    entry = debit(there, exported(there))

    assert refused(BankLine.objects.filter(pk=entry.pk), state="MATCHED")


def test_less_than_nothing_is_not_kept(there: Place) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        MonthlyPayout.objects.bulk_create([
            MonthlyPayout(account=there.shop, keep=-1, set_by=there.sjoerd.person, set_at=AT)
        ])  # fmt: skip
