"""At one moment: a code is paid and taken away, coins are given back and spent. It adds up, whoever was first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.models import AuditEntry
from ledger.models import Account, Transfer
from ledger.proving import find_faults
from tests.factories.wallet import Place, fund, place
from tests.plugins.data import RealCommits
from tests.races import Call
from tests.wallet.till.paying import charged, paid, till_of
from tests.wallet.till.racers import charges, closes, gives_back, pays, spends, takes_back
from wallet.models import PaymentRequest, Till
from wallet.states import RequestState


@pytest.fixture(autouse=True)
def _on_a_day() -> None:
    """The processes tell the time themselves."""


@pytest.fixture
def there(real_commits: RealCommits) -> Place:
    made = place()
    fund(made, made.ann, 100_00)
    fund(made, made.ben, 100_00)
    return made


def balance(account: Account) -> int:
    return Account.objects.get(pk=account.pk).balance


def test_a_code_is_either_paid_or_taken_away(there: Place, real_commits: RealCommits) -> None:
    asked = charged(there, till_of(there))
    payer = {"request": asked.pk, "payer": there.ann.pk, "person": there.ann_login.person.pk}
    cashier = {"request": asked.pk, "person": there.sjoerd.person.pk}

    paying, taking = (
        outcome.result for outcome in real_commits.race_between([(pays, payer), (takes_back, cashier)])
    )

    asked.refresh_from_db()
    is_paid = asked.state == RequestState.PAID
    assert (paying, taking) == (("done", "PAID") if is_paid else ("request_over", "CANCELLED"))
    assert balance(there.shop) == (12_50 if is_paid else 0)
    assert find_faults() == []


def test_of_four_who_scan_one_code_one_pays(there: Place, real_commits: RealCommits) -> None:
    asked = charged(there, till_of(there))
    calls = [
        {"request": asked.pk, "payer": account.pk, "person": login.person.pk}
        for account, login in ((there.ann, there.ann_login), (there.ben, there.ben_login))
    ]

    outcomes = [outcome.result for outcome in real_commits.race(pays, calls * 2)]

    # Whoever paid sent it twice and is told the same twice; the others hear that it was paid.
    assert sorted(outcomes) == ["done", "done", "paid_already", "paid_already"]
    assert balance(there.shop) == 12_50
    assert sorted([balance(there.ann), balance(there.ben)]) == [87_50, 100_00]


def test_a_till_that_is_closed_leaves_no_code_behind(there: Place, real_commits: RealCommits) -> None:
    till = till_of(there)
    cashier: Call = {"till": till.pk, "person": there.sjoerd.person.pk}
    deeds: list[tuple[Callable[..., Any], Call]] = [
        (charges, {**cashier, "form": f"form {number}"}) for number in range(3)
    ]

    real_commits.race_between([*deeds, (closes, cashier)])

    assert Till.objects.get(pk=till.pk).closed_at is not None
    assert not PaymentRequest.objects.filter(state=RequestState.OPEN).exists()


def test_one_form_sent_by_four_gives_back_once(there: Place, real_commits: RealCommits) -> None:
    asked = paid(charged(there, till_of(there)), there.ann, there.ann_login)
    call: Call = {"request": asked.pk, "person": there.sjoerd.person.pk, "amount": 5_00, "form": "form"}

    outcomes = [outcome.result for outcome in real_commits.race(gives_back, [call] * 4)]

    assert outcomes == ["done"] * 4
    assert balance(there.ann) == 92_50
    assert AuditEntry.objects.filter(event="transfer.charge_back").count() == 1


def test_from_four_tabs_no_more_is_given_back_than_was_paid(there: Place, real_commits: RealCommits) -> None:
    asked = paid(charged(there, till_of(there)), there.ann, there.ann_login)
    calls: list[Call] = [
        {"request": asked.pk, "person": there.sjoerd.person.pk, "amount": 12_50, "form": f"tab {number}"}
        for number in range(4)
    ]

    outcomes = [outcome.result for outcome in real_commits.race(gives_back, calls)]

    assert sorted(outcomes) == ["chargeback_exceeds"] * 3 + ["done"]
    assert balance(there.ann) == 100_00


def test_coins_are_either_given_back_or_spent(there: Place, real_commits: RealCommits) -> None:
    asked = paid(charged(there, till_of(there)), there.ann, there.ann_login)
    back: Call = {"request": asked.pk, "person": there.sjoerd.person.pk, "amount": 12_50, "form": "form"}
    spend = {"payer": there.shop.pk, "payee": there.ben.pk, "amount": 12_50}

    outcomes = [
        outcome.result for outcome in real_commits.race_between([(gives_back, back), (spends, spend)])
    ]

    assert sorted(outcomes) == ["done", "insufficient_funds"]
    assert balance(there.shop) == 0
    assert Transfer.objects.filter(payer=there.shop).count() == 1
    assert find_faults() == []
