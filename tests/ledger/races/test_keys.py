"""One key at the same moment: whatever is sent several times is booked once, and everybody gets the same answer."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from ledger.models import Account, Transfer
from tests.factories.ledger import AT, Town, account, fund, key
from tests.ledger.races.conftest import Race, deadlocks, deed
from tests.ledger.races.racers import pay, pay_batches, reserve
from tests.plugins.data import RealCommits
from tests.races import RACE_SECONDS

EIGHT = range(8)
LATER = (AT + timedelta(days=7)).isoformat()


def stands(one: Account) -> Account:
    """As it stands now."""
    return Account.objects.get(pk=one.pk)


def pairs(molen: Town, number: int) -> list[tuple[Account, Account]]:
    """Payers with 10.00 each, and payees: no account is in two pairs."""
    made = [(account(molen, f"Payer {one}"), account(molen, f"Payee {one}")) for one in range(number)]
    for payer, _payee in made:
        fund(molen, payer, 10_00)
    return made


def test_eight_who_send_one_form_pay_once_and_get_the_same_transfer(molen: Town, race: Race) -> None:
    fund(molen, molen.ann, 1_00)
    call = deed(pay, payer=molen.ann.pk, payee=molen.ben.pk, amount=1, name="form", times=5)

    outcomes = race([call for _one in EIGHT])

    forms = [Transfer.objects.get(key=key(f"form {time}")).pk for time in range(5)]
    assert outcomes == [forms] * 8
    assert stands(molen.ben).balance == 5


def test_eight_who_send_one_batch_pay_once_whatever_the_order_of_its_lines(molen: Town, race: Race) -> None:
    fund(molen, molen.ann, 1_00)
    names = [f"line {number}" for number in range(6)]

    outcomes = race(
        [
            deed(
                pay_batches, payer=molen.ann.pk, payee=molen.ben.pk, times=5,
                names=",".join(names if one % 2 else reversed(names)),
            )
            for one in EIGHT
        ]
    )  # fmt: skip

    assert outcomes.refused == {}
    assert (stands(molen.ben).balance, stands(molen.ben).last_no) == (6 * 5, 6 * 5)


def test_one_key_for_different_amounts_pays_one_of_them(molen: Town, race: Race) -> None:
    fund(molen, molen.ann, 10_00)

    outcomes = race(
        [
            deed(pay, payer=molen.ann.pk, payee=molen.ben.pk, amount=amount, name="form", times=5)
            for amount in range(1, 9)
        ]
    )

    assert outcomes.refused == {"key_reused": 7 * 5}
    paid = Transfer.objects.filter(payer=molen.ann)
    assert outcomes.done == sorted(one.pk for one in paid)
    assert {one.key for one in paid} == {key(f"form {time}") for time in range(5)}


def test_one_key_between_different_accounts_pays_one_of_them(molen: Town, race: Race) -> None:
    """They lock no account that the other needs: what they meet over is the key itself."""
    outcomes = race(
        [
            deed(pay, payer=payer.pk, payee=payee.pk, amount=1, name="form", times=20)
            for payer, payee in pairs(molen, 8)
        ]
    )

    assert outcomes.refused == {"key_reused": 7 * 20}
    assert Transfer.objects.exclude(payer=molen.issue).exclude(payer=molen.bank).count() == 20


def test_batches_with_the_same_keys_in_opposite_order_between_different_accounts(
    molen: Town, race: Race
) -> None:
    four = pairs(molen, 4)
    names = [f"line {number}" for number in range(20)]

    outcomes = race(
        [
            deed(
                pay_batches, payer=payer.pk, payee=payee.pk, times=10,
                names=",".join(names if number % 2 else reversed(names)),
            )
            for number, (payer, payee) in enumerate(four)
        ]
    )  # fmt: skip

    assert outcomes.refused == {"key_reused": 3 * 10}
    assert sum(stands(payee).balance for _payer, payee in four) == 20 * 10


def test_a_key_is_reserved_once(molen: Town, race: Race) -> None:
    fund(molen, molen.ann, 1_00)
    call = deed(reserve, payer=molen.ann.pk, payee=molen.ben.pk, amount=1, name="order", until=LATER, times=5)

    outcomes = race([call for _one in EIGHT])

    assert outcomes == [outcomes[0]] * 8
    assert (len(set(outcomes.done)), stands(molen.ann).reserved) == (5, 5)


@pytest.mark.once("postgres")
@pytest.mark.parametrize("within", [False, True])
def test_batches_that_hold_each_others_keys_do_not_wait_for_each_other(
    real_commits: RealCommits, molen: Town, within: bool
) -> None:
    """Both have a key that the other wants next, and stand before a third one. Within a larger transaction nobody
    could help them out: it cannot be done again.
    """
    (gate, *others) = pairs(molen, 3)
    orders = ["left,gate,right", "right,gate,left"]
    with transaction.atomic():
        pay_batches(gate[0].pk, gate[1].pk, "gate")
        racers = [
            real_commits.begin(
                pay_batches, {"payer": payer.pk, "payee": payee.pk, "names": names, "within": int(within)}
            )
            for (payer, payee), names in zip(others, orders, strict=True)
        ]
        wait_until_others_wait(2)
        transaction.set_rollback(True)

    came = [real_commits.outcome(racer).result[0] for racer in racers]

    assert sorted(isinstance(one, str) for one in came) == [False, True]
    assert "key_reused" in came
    assert deadlocks() == 0


def wait_until_others_wait(number: int) -> None:
    """Until so many processes in this database wait for a lock."""
    until = time.monotonic() + RACE_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone() == (number,):
                return
    raise AssertionError(f"No {number} processes came to wait.")
