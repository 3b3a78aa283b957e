"""The receipt: for its two sides, each with their own numbers."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from ledger.models import Transfer
from ledger.operations import charge_back
from ledger.receipts import receipt_number
from people.models import Role
from tests.factories.people import mandate
from tests.factories.wallet import SYSTEM, Place
from tests.wallet.pay.scene import LATER, pay, signed_in, words


@pytest.fixture
def paid(there: Place) -> Transfer:
    pay(signed_in(there.ann_login), there.ann, there.shop, "4.00", "Soup")
    return Transfer.objects.get(kind="PAYMENT")


def address_of(whose: str, transfer: Transfer) -> str:
    return f"/en/wallet/{whose}/receipt/{receipt_number(transfer.pk)}/"


def test_each_side_sees_its_own_balance_and_not_the_others(there: Place, paid: Transfer) -> None:
    hers = words(signed_in(there.ann_login).get(address_of(there.ann.address, paid)))
    theirs = words(signed_in(there.sjoerd).get(address_of(there.shop.address, paid)))

    for said in ("Paid", "Molenmunten to Shop Molenwijk", "Soup", "You kept 6.00", receipt_number(paid.pk)):
        assert said in hers
    for said in ("Received", "Molenmunten from Ann V.", "Soup", "You then had 9.00"):
        assert said in theirs
    assert "9.00" not in hers
    assert "6.00" not in theirs
    assert "Ann de Vries" not in theirs


@pytest.mark.parametrize("who", ["cas_login", "ben_login", "fenna", "tom"])
def test_others_find_nothing_whatever_the_number(there: Place, paid: Transfer, who: str) -> None:
    stranger = signed_in(getattr(there, who))

    assert stranger.get(address_of(there.ann.address, paid)).status_code == 404
    assert stranger.get(address_of(there.shop.address, paid)).status_code == 404
    assert stranger.get(address_of(there.ben.address, paid)).status_code == 404
    assert stranger.get(address_of("2222", paid)).status_code == 404


@pytest.mark.parametrize("number", ["x", "0000-0000-0", "7K4Q-2MXD-9", "é", "9" * 300])
def test_a_number_that_is_none_is_not_found(there: Place, paid: Transfer, number: str) -> None:
    ann = signed_in(there.ann_login)

    assert ann.get(f"/en/wallet/{there.ann.address}/receipt/{number}/").status_code == 404


def test_a_receipt_of_somebody_elses_payment_does_not_open_under_ones_own_account(
    there: Place, paid: Transfer
) -> None:
    assert signed_in(there.ben_login).get(address_of(there.ben.address, paid)).status_code == 404


def test_what_was_paid_back_stands_on_both_and_the_chargeback_has_its_own(
    there: Place, paid: Transfer
) -> None:
    back = charge_back(transfer=paid, amount=3_00, key=uuid4(), actor=SYSTEM, at=LATER)
    ann, sjoerd = signed_in(there.ann_login), signed_in(there.sjoerd)

    assert "Paid back to you 3.00" in words(ann.get(address_of(there.ann.address, paid)))
    assert "Paid back by you 3.00" in words(sjoerd.get(address_of(there.shop.address, paid)))
    assert "Got back" in words(ann.get(address_of(there.ann.address, back)))
    assert "Paid back" in words(sjoerd.get(address_of(there.shop.address, back)))


def test_coins_that_came_in_have_a_receipt_too(there: Place) -> None:
    issued = Transfer.objects.get(payee=there.ann, kind="ISSUE")

    page = words(signed_in(there.ann_login).get(address_of(there.ann.address, issued)))

    assert "Received" in page
    assert "Neighbourhood Molenwijk" in page


def test_an_office_at_the_till_opens_no_receipts_of_the_shop(there: Place, paid: Transfer) -> None:
    mandate(person=there.ben_login, principal=there.shop.holder, role=Role.OPERATOR)

    assert signed_in(there.ben_login).get(address_of(there.shop.address, paid)).status_code == 404


@pytest.mark.parametrize("times", [1, 3])
def test_a_receipt_asks_as_much_however_often_something_was_paid_back(
    there: Place, paid: Transfer, times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ann = signed_in(there.ann_login)
    for _time in range(times):
        charge_back(transfer=paid, amount=1_00, key=uuid4(), actor=SYSTEM, at=LATER)
    ann.get(address_of(there.ann.address, paid))

    with django_assert_num_queries(10):
        ann.get(address_of(there.ann.address, paid))
