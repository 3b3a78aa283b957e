"""Several at the same moment: one of them does it, and everybody sees the same."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command

from ledger.queries import balance_of
from tests.factories.wallet import Place, place
from tests.plugins.data import RealCommits
from tests.wallet.payouts import deeds
from tests.wallet.payouts.stage import approved, credit, debit, exported, requested, sells, sent
from wallet.models import BankLine, Payout, PayoutRun


@pytest.fixture
def there(real_commits: RealCommits) -> Place:
    found = place()
    sells(found)
    return found


def outcomes(commits: RealCommits, *calls: dict[str, Any]) -> Counter[str]:
    """What became of each of these, done at the same moment."""
    return Counter(str(one.result) for one in commits.race_between([(deeds.tried, call) for call in calls]))


def left(there: Place) -> tuple[int, int]:
    found = balance_of(there.shop)
    return found.balance, found.reserved


def test_a_form_sent_four_times_asks_once(real_commits: RealCommits, there: Place) -> None:
    call: dict[str, Any] = {"deed": "ask", "amount": 100_00, "name": "form", "account": there.shop.pk}

    assert outcomes(real_commits, *[call] * 4) == {"REQUESTED": 4}
    assert Payout.objects.count() == 1
    assert left(there) == (1_000_00, 100_00)


def test_two_who_ask_for_all_of_it_get_it_once(real_commits: RealCommits, there: Place) -> None:
    calls: list[dict[str, Any]] = [
        {"deed": "ask", "amount": 1_000_00, "name": name, "account": there.shop.pk} for name in ("one", "two")
    ]

    assert outcomes(real_commits, *calls) == {"REQUESTED": 1, "insufficient_funds": 1}
    assert left(there) == (1_000_00, 1_000_00)


def test_two_makers_put_a_payout_into_one_file(real_commits: RealCommits, there: Place) -> None:
    payout = approved(there)
    calls: list[dict[str, Any]] = [
        {"deed": "make", "payout": payout.pk, "email": user.email, "name": f"run of {user.email}"}
        for user in (there.vera, there.tom)
    ]

    found = outcomes(real_commits, *calls)

    assert found["payouts_changed"] == 1
    assert PayoutRun.objects.count() == 1


def test_a_maker_who_clicks_four_times_makes_one_file(real_commits: RealCommits, there: Place) -> None:
    payout = approved(there)
    call: dict[str, Any] = {"deed": "make", "payout": payout.pk, "email": there.vera.email, "name": "run"}

    assert len(outcomes(real_commits, *[call] * 4)) == 1
    assert PayoutRun.objects.count() == 1


def test_cancelled_or_in_a_file_and_never_both(real_commits: RealCommits, there: Place) -> None:
    payout = approved(there)

    outcomes(
        real_commits,
        {"deed": "make", "payout": payout.pk, "email": there.vera.email, "name": "run"},
        {"deed": "cancel", "payout": payout.pk},
    )

    payout.refresh_from_db()
    assert (payout.state, left(there)[1]) in {("EXPORTED", 100_00), ("CANCELLED", 0)}
    assert PayoutRun.objects.count() == (1 if payout.state == "EXPORTED" else 0)


def test_approved_by_one_of_two_or_cancelled(real_commits: RealCommits, there: Place) -> None:
    payout = requested(there)

    found = outcomes(
        real_commits,
        {"deed": "approve", "payout": payout.pk, "email": there.fenna.email},
        {"deed": "approve", "payout": payout.pk, "email": there.vera.email},
    )

    assert found == {"APPROVED": 1, "move_refused": 1}


def test_the_same_line_settles_four_times_once(real_commits: RealCommits, there: Place) -> None:
    payout = exported(there)
    debit(there, payout)

    found = outcomes(real_commits, *[{"deed": "settle", "payout": payout.pk, "line": "OUT"}] * 4)

    assert found == {"PAID": 4}
    assert deeds.redeemed() == 100_00
    call_command("check_ledger")


def test_of_two_lines_one_settles(real_commits: RealCommits, there: Place) -> None:
    payout = exported(there)
    debit(there, payout)
    debit(there, payout, "OTHER")

    found = outcomes(
        real_commits,
        *[{"deed": "settle", "payout": payout.pk, "line": line} for line in ("OUT", "OTHER")],
    )

    assert found == {"PAID": 1, "not_at_the_bank": 1}
    assert BankLine.objects.filter(state="MATCHED").count() == 1


def test_what_the_bank_paid_never_fails_however_near(real_commits: RealCommits, there: Place) -> None:
    """The line is there, so that failing it is refused: before it is booked as well as after."""
    payout = sent(there)
    debit(there, payout)

    found = outcomes(
        real_commits,
        {"deed": "settle", "payout": payout.pk, "line": "OUT"},
        {"deed": "fail", "payout": payout.pk},
    )

    assert found in ({"PAID": 1, "first_the_debit": 1}, {"PAID": 1, "said_by_the_bank": 1})
    assert left(there) == (900_00, 0)
    call_command("check_ledger")


def test_it_comes_back_once(real_commits: RealCommits, there: Place) -> None:
    payout = exported(there)
    debit(there, payout)
    deeds.settle(payout.pk, "OUT")
    credit(there, payout)
    credit(there, payout, "AGAIN")

    found = outcomes(
        real_commits,
        *[{"deed": "take_back", "payout": payout.pk, "line": line} for line in ("BACK", "AGAIN", "BACK")],
    )

    assert found["already_back"] in {1, 2}
    assert left(there) == (1_000_00, 0)
    call_command("check_ledger")


def test_both_lines_at_once_in_whatever_order(real_commits: RealCommits, there: Place) -> None:
    payout = exported(there)
    debit(there, payout)
    credit(there, payout)

    outcomes(
        real_commits,
        {"deed": "settle", "payout": payout.pk, "line": "OUT"},
        {"deed": "take_back", "payout": payout.pk, "line": "BACK"},
    )
    deeds.tried("take_back", payout=payout.pk, line="BACK")

    assert left(there) == (1_000_00, 0)
    assert BankLine.objects.filter(state="MATCHED").count() == 2
    call_command("check_ledger")
