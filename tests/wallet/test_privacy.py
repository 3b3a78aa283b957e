"""What the wallet keeps about a person, in a download and after an erasure."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from ledger.operations import transfer
from people.operations.privacy import download_of, erase_person
from tests.factories.people import actor
from tests.factories.wallet import AT, Place, fund, key, place
from tests.wallet.bank.stage import announced
from wallet.models import BankFormat, BankLine, BankStatement, ChargebackCase, HandMatch, PaymentRequest
from wallet.operations.requests import ask, cancel

SECRET = "For the walking frame of Ann"


@pytest.fixture
def there(db: None) -> Place:
    return place()


def asked(there: Place) -> PaymentRequest:
    return ask(
        payee=there.ann, payer=there.ben, amount=4_00, text=SECRET, expires_at=AT + timedelta(days=3),
        key=key("asked"), actor=actor(there.ann_login), at=AT,
    )  # fmt: skip


def test_both_sides_find_a_payment_request_in_their_download_and_others_do_not(there: Place) -> None:
    asked(there)

    found = [
        SECRET in json.dumps(download_of(person=login.person))
        for login in (there.ann_login, there.ben_login, there.cas_login)
    ]

    assert found == [True, True, False]


def test_what_a_request_was_for_goes_when_its_asker_is_erased(there: Place) -> None:
    request = asked(there)
    cancel(request=request, actor=actor(there.ann_login), at=AT)

    erase_person(person=there.ann_login.person, actor=actor(there.ann_login), at=AT)

    kept = PaymentRequest.objects.get()
    assert (kept.text, kept.amount, kept.state) == ("", 4_00, "CANCELLED")


def test_why_a_payment_was_undone_goes_with_the_person(there: Place) -> None:
    fund(there, there.ann, 4_00)
    paid = transfer(
        payer=there.ann, payee=there.shop, amount=4_00, kind="PAYMENT", key=key("paid"), actor=actor(there.ann_login),
        at=AT,
    )  # fmt: skip
    ChargebackCase.objects.create(
        treasury=there.treasury, transfer=paid, amount=4_00, reason=SECRET, proposed_by=there.fenna.person,
        proposed_at=AT, key=key("case"),
    )  # fmt: skip

    erase_person(person=there.ann_login.person, actor=actor(there.ann_login), at=AT)

    assert ChargebackCase.objects.get().reason == ""


@pytest.mark.parametrize("who", ["fenna", "vera", "ann_login"])
def test_why_a_line_of_the_bank_was_matched_goes_with_whoever_did_it_and_whose_money_it_was(
    there: Place, who: str
) -> None:
    statement = BankStatement.objects.create(
        treasury=there.treasury, name="x", format=BankFormat.CAMT053, digest="d", uploaded_by=there.tom.person,
        uploaded_at=AT,
    )  # fmt: skip
    line = BankLine.objects.create(
        treasury=there.treasury, statement=statement, no=1, bank_id="1", booked_on=AT.date(), amount=4_00
    )
    HandMatch.objects.create(
        treasury=there.treasury, line=line, funding=announced(there, account=there.ann), reason=SECRET,
        proposed_by=there.fenna.person, proposed_at=AT, decided_by=there.vera.person, decided_at=AT,
        state="REJECTED", key=key("match"),
    )  # fmt: skip
    person = getattr(there, who).person

    assert SECRET in json.dumps(download_of(person=person))
    if who == "ann_login":
        erase_person(person=person, actor=actor(there.ann_login), at=AT)
        assert HandMatch.objects.get().reason == ""
