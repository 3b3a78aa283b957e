"""The proof of a receipt: for its two sides alone, and enough for anybody whom they give it to."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.merkle import leaf_hash, verify_inclusion
from core.sealing.keys import verifiers_of
from core.sealing.notes import open_checkpoint
from ledger.models import LogLeaf
from ledger.queries import Receipt
from tests.factories.wallet import AT, Place, fund, open_for, place
from tests.wallet.proof.sealed import SEALED_AT, pay, seal_all

if TYPE_CHECKING:
    from ledger.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def molen() -> Place:
    made = place()
    fund(made, made.ann, 100_00)
    return made


@pytest.fixture
def receipt(molen: Place) -> Receipt:
    made = pay(molen.ann, molen.ben, 4_00)
    seal_all()
    return made


def address(account: Account, receipt: Receipt) -> str:
    return reverse("receipt_proof", args=[account.address, receipt.number])


def proof(client: Client, account: Account, receipt: Receipt) -> dict[str, Any]:
    content: dict[str, Any] = client.get(address(account, receipt)).json()
    return content


def test_the_file_proves_the_payment_to_whoever_has_only_that_and_our_key(
    client: Client, molen: Place, receipt: Receipt
) -> None:
    client.force_login(molen.ann_login)

    told = proof(client, molen.ann, receipt)

    leaf = leaf_hash(base64.b64decode(told["salt"]) + told["record"].encode())
    head = open_checkpoint(told["checkpoint"], verifiers_of("ledger"))
    path = [base64.b64decode(one) for one in told["path"]]
    assert verify_inclusion(leaf, told["position"], head.size, path, head.root)
    assert not verify_inclusion(leaf, told["position"] - 1, head.size, path, head.root)
    said = json.loads(told["record"])
    assert (said["amount"], said["receipt"], said["coin"]) == (4_00, receipt.number, "MOLENWIJK")
    assert (said["payer"], said["payee"]) == (molen.ann.address, molen.ben.address)


def test_both_sides_get_the_same_file_and_neither_reads_the_others_balance(
    client: Client, molen: Place, receipt: Receipt
) -> None:
    client.force_login(molen.ann_login)
    of_ann = client.get(address(molen.ann, receipt))
    client.force_login(molen.ben_login)
    of_ben = client.get(address(molen.ben, receipt))

    assert of_ann.content == of_ben.content
    assert "9600" not in of_ann.content.decode()
    assert of_ann["Content-Disposition"] == f'attachment; filename="{receipt.number}.json"'
    assert "no-store" in of_ann["Cache-Control"]


def test_cas_finds_no_proof_of_anothers_payment(client: Client, molen: Place, receipt: Receipt) -> None:
    client.force_login(molen.cas_login)

    assert client.get(address(molen.cas, receipt)).status_code == 404
    assert client.get(address(molen.ann, receipt)).status_code == 404
    assert client.get(address(molen.ben, receipt)).status_code == 404


def test_a_receipt_is_found_at_its_own_accounts_only(client: Client, molen: Place, receipt: Receipt) -> None:
    savings = open_for(molen.neighbourhood, molen.ann.holder, label="Savings")
    client.force_login(molen.ann_login)

    assert client.get(address(savings, receipt)).status_code == 404


def test_whoever_is_not_signed_in_is_asked_who_they_are(
    client: Client, molen: Place, receipt: Receipt
) -> None:
    response = client.get(address(molen.ann, receipt))

    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize("number", ["7K4Q-2MXD-9", "nothing", "0", "' OR 1=1", "é"])
def test_a_number_that_is_no_receipt_is_not_found(client: Client, molen: Place, number: str) -> None:
    client.force_login(molen.ann_login)

    assert client.get(reverse("receipt_proof", args=[molen.ann.address, number])).status_code == 404


def shown(molen: Place, receipt: Receipt) -> str:
    page = Template('{% include "wallet/proof/of_receipt.html" %}')
    return page.render(Context({"receipt": receipt, "wallet": {"account": molen.ann}}))


def test_a_receipt_says_when_it_was_sealed_and_leads_to_the_check(molen: Place, receipt: Receipt) -> None:
    pay(molen.ann, molen.ben, 1_00, "later")
    seal_all(SEALED_AT + timedelta(days=1))

    page = shown(molen, receipt)

    assert "Sealed on 22 November 2026, 10:00 as number 3 of 4." in page
    assert f'href="{reverse("proof_check")}#{address(molen.ann, receipt)}"' in page


def test_a_receipt_that_waits_for_its_seal_says_so_and_has_no_file(client: Client, molen: Place) -> None:
    waiting = pay(molen.ann, molen.ben, 4_00)
    client.force_login(molen.ann_login)

    assert "not sealed yet" in shown(molen, waiting)
    assert "<a" not in shown(molen, waiting)
    assert client.get(address(molen.ann, waiting)).status_code == 404


def test_where_somebody_was_forgotten_the_receipt_says_that_it_cannot_be_shown(
    client: Client, molen: Place, receipt: Receipt
) -> None:
    LogLeaf.objects.filter(transfer=receipt.transfer.pk).update(salt=None)
    client.force_login(molen.ann_login)

    page = shown(molen, receipt)

    assert "Somebody in it asked to be forgotten" in page
    assert "<a" not in page
    assert client.get(address(molen.ann, receipt)).status_code == 404


@pytest.mark.parametrize("payments", [1, 3])
def test_a_receipt_asks_for_its_seal_in_three_questions(
    molen: Place, receipt: Receipt, django_assert_num_queries: DjangoAssertNumQueries, payments: int
) -> None:
    for number in range(payments):
        pay(molen.ann, molen.ben, 1_00, f"soup {number}", at=AT)
        seal_all(SEALED_AT)

    with django_assert_num_queries(3):
        shown(molen, receipt)
