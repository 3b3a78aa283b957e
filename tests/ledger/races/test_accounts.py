"""Accounts that are opened, blocked and closed while somebody pays."""

from __future__ import annotations

from ledger.kinds import AccountState
from ledger.models import Account
from tests.factories.ledger import Town, account, fund
from tests.factories.people import child
from tests.ledger.races.conftest import Race, deed
from tests.ledger.races.racers import block, close, open_account, pay, pay_each

MANY = 30


def joined(accounts: list[Account]) -> str:
    return ",".join(str(one.pk) for one in accounts)


def test_an_account_is_closed_or_paid_and_no_coin_stays_behind_a_closed_door(molen: Town, race: Race) -> None:
    """Both go through the same accounts in the same order, so that they are at one account again and again."""
    fund(molen, molen.ann, MANY)
    friends = [account(molen, f"Friend {one}") for one in range(MANY)]

    outcomes = race(
        [
            deed(close, accounts=joined(friends)),
            deed(pay_each, payer=molen.ann.pk, payees=joined(friends), amount=1, name="gift"),
        ]
    )

    closed = Account.objects.filter(state=AccountState.CLOSED)
    assert list(closed.exclude(balance=0)) == []
    assert outcomes.refused["account_not_open"] == closed.count()
    assert outcomes.refused["account_not_empty"] == MANY - closed.count()
    assert outcomes.refused.total() == MANY


def test_who_was_refused_once_by_a_blocked_account_stays_refused(molen: Town, race: Race) -> None:
    fund(molen, molen.ann, 8 * MANY)

    outcomes = race(
        [
            deed(pay, payer=molen.ann.pk, payee=molen.ben.pk, amount=1, name=f"gift {one}", times=MANY)
            for one in range(4)
        ]
        + [deed(block, accounts=str(molen.ben.pk))]
    )

    ben = Account.objects.get(pk=molen.ben.pk)
    assert ben.state == AccountState.BLOCKED
    assert outcomes.refused == {"account_not_open": 4 * MANY - ben.balance} or ben.balance == 4 * MANY
    for came in outcomes[:4]:
        assert sorted(came, key=lambda one: isinstance(one, str)) == came


def test_an_account_is_blocked_once(molen: Town, race: Race) -> None:
    friends = [account(molen, f"Friend {one}") for one in range(MANY)]

    outcomes = race([deed(block, accounts=joined(friends)) for _one in range(8)])

    assert outcomes.refused == {"move_refused": 7 * MANY}


def test_one_form_sent_eight_times_opens_one_account(molen: Town, race: Race) -> None:
    dora = child("Dora")

    outcomes = race(
        [deed(open_account, coin=molen.coin.pk, holder=dora.pk, name="form") for _one in range(8)]
    )

    opened = Account.objects.get(holder=dora)
    assert outcomes == [[opened.pk]] * 8
