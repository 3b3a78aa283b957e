"""Two devices, two tabs, two persons at one moment, and processes that die: it is paid once, or not at all."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest

from core import clock
from ledger.models import Transfer
from ledger.proving import find_faults
from tests.factories.wallet import AT, Place, fund, place
from tests.ledger.crashes.test_killed_processes import wait_until_it_is_gone
from tests.plugins.data import RealCommits
from tests.races import Call
from tests.wallet.pay.scene import acting, carried, page_of, payments, preview, signed_in
from tests.wallet.requests.racers import answer, pay_and_stop, send
from wallet.models import PaymentRequest, Till
from wallet.operations.requests import ask


@pytest.fixture
def there(real_commits: RealCommits) -> Place:
    made = place()
    fund(made, made.ann, 10_00)
    fund(made, made.ben, 10_00)
    return made


def asked(there: Place, *, is_code: bool = False) -> PaymentRequest:
    till = None
    if is_code:
        till = Till.objects.create(
            account=there.shop, name="Counter", opened_at=AT, opened_by=there.sjoerd.person, key=uuid4()
        )
    return ask(
        payee=there.shop, payer=None if is_code else there.ann, till=till, amount=4_00, text="Soup",
        expires_at=clock.now() + timedelta(days=2), key=uuid4(), actor=acting(there.sjoerd), at=clock.now(),
    )  # fmt: skip


def test_four_tabs_that_send_the_same_payment_at_once_pay_it_once(
    there: Place, real_commits: RealCommits
) -> None:
    ann = signed_in(there.ann_login)
    forms = [carried(preview(ann, there.ann, there.shop)) for _tab in range(4)]
    calls: list[Call] = [
        {"login": there.ann_login.pk, "path": page_of(there.ann), **form, "step": "pay"} for form in forms
    ]

    answers = [one.result for one in real_commits.race(send, calls)]

    assert len({where for _status, where in answers}) == 1
    assert {status for status, _where in answers} == {302}
    assert payments(there) == [(there.ann.pk, there.shop.pk, 4_00)]
    assert find_faults() == []


def test_four_devices_that_pay_one_request_at_once_pay_it_once_and_all_see_the_receipt(
    there: Place, real_commits: RealCommits
) -> None:
    request = asked(there)
    call: Call = {"login": there.ann_login.pk, "path": f"/en/pay/request/{request.uuid}/", "step": "pay"}

    answers = [one.result for one in real_commits.race(send, [call] * 4)]

    assert {status for status, _where in answers} == {302}
    assert len({where for _status, where in answers}) == 1
    assert payments(there) == [(there.ann.pk, there.shop.pk, 4_00)]


def test_a_code_that_two_persons_pay_at_once_is_paid_by_one_of_them(
    there: Place, real_commits: RealCommits
) -> None:
    request = asked(there, is_code=True)
    calls: list[Call] = [
        {"login": login.pk, "path": f"/en/pay/request/{request.uuid}/", "step": "pay"}
        for login in (there.ann_login, there.ben_login) * 2
    ]

    answers = [one.result for one in real_commits.race(send, calls)]

    request.refresh_from_db()
    assert request.transfer is not None
    winner = request.transfer.payer_id
    assert payments(there) == [(winner, there.shop.pk, 4_00)]
    assert sorted(status for status, _where in answers) == [200, 200, 302, 302]


@pytest.mark.parametrize("other", ["decline", "cancel", "expire"])
def test_paid_and_ended_at_the_same_moment_is_one_of_the_two(
    there: Place, real_commits: RealCommits, other: str
) -> None:
    request = asked(there)
    who = there.sjoerd if other == "cancel" else there.ann_login
    end: Call = {"login": who.pk, "request": request.pk, "deed": other}
    paying: Call = {"login": there.ann_login.pk, "request": request.pk, "deed": "pay"}

    real_commits.race(answer, [end, paying, paying, paying])

    request.refresh_from_db()
    is_paid = request.state == "PAID"
    assert is_paid == bool(payments(there)) == (request.transfer is not None)
    assert len(payments(there)) <= 1


def test_killed_before_whatever_statement_it_is_paid_and_marked_or_neither(
    there: Place, real_commits: RealCommits
) -> None:
    paid_after = set()
    for statement in count(1):
        request = asked(there)
        fund(there, there.ann, 4_00, f"once more {statement}")
        before = Transfer.objects.count()
        call: Call = {"login": there.ann_login.pk, "request": request.pk, "stop_before": statement}
        worker = real_commits.begin(pay_and_stop, call)
        said = worker.said()
        worker.kill()
        wait_until_it_is_gone()

        request.refresh_from_db()
        done = Transfer.objects.count() - before
        paid_after.add(done)
        assert (request.state, done) in {("OPEN", 0), ("PAID", 1)}
        answer(there.ann_login.pk, request.pk, "pay")
        assert Transfer.objects.count() - before == 1
        if said == "returned":
            break

    assert paid_after == {0, 1}
    assert find_faults() == []
