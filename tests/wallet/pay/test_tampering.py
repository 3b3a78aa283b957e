"""What a form carries unseen is what its sender likes: nothing of it pays more, other, or for another."""

from __future__ import annotations

from uuid import uuid4

import pytest

from ledger.models import Account
from ledger.operations import block_account
from tests.factories.wallet import AT, SYSTEM, Place, fund
from tests.wallet.pay.scene import carried, confirm, page_of, pay, payments, preview, signed_in, words

AMOUNTS = [
    "-4.00",
    "0",
    "0.00",
    "NaN",
    "Infinity",
    "1e3",
    "4.000.0",
    "9" * 400,
    "",
    "٤",
    "4\x00",
    "0x10",
    "4,0,0",
]


@pytest.mark.parametrize("amount", AMOUNTS)
def test_an_amount_that_is_none_is_a_sentence_and_pays_nothing(there: Place, amount: str) -> None:
    ann = signed_in(there.ann_login)
    form = carried(preview(ann, there.ann, there.shop))

    page = confirm(ann, there.ann, form, amount=amount)

    assert page.status_code == 200
    assert 'class="errors"' in page.content.decode()
    assert payments(there) == []


def test_an_amount_beyond_all_coins_is_refused_in_words(there: Place) -> None:
    ann = signed_in(there.ann_login)
    form = carried(preview(ann, there.ann, there.shop))

    assert "You have 10.00." in words(confirm(ann, there.ann, form, amount="10000000.00"))
    assert "too large" in words(confirm(ann, there.ann, form, amount="10000001.00"))


@pytest.mark.parametrize("whose", ["ann", "cas", "system", "blocked", "nobody"])
def test_a_payee_that_cannot_be_is_a_sentence_and_pays_nothing(there: Place, whose: str) -> None:
    ann = signed_in(there.ann_login)
    form = carried(preview(ann, there.ann, there.shop))
    block_account(account=there.ben, reason="Suspicion", actor=SYSTEM, at=AT)
    issue = Account.objects.get(coin=there.coin, kind="ISSUE")
    address = {
        "ann": there.ann.address,
        "cas": there.cas.address,
        "system": issue.address,
        "blocked": there.ben.address,
        "nobody": "2222 2222 2222",
    }[whose]

    page = confirm(ann, there.ann, form, to=address)

    assert page.status_code == 200
    assert 'class="errors"' in page.content.decode()
    assert payments(there) == []


def test_unknown_foreign_blocked_and_system_addresses_answer_alike(there: Place) -> None:
    ann = signed_in(there.ann_login)
    block_account(account=there.ben, reason="Suspicion", actor=SYSTEM, at=AT)
    unused = Account(address="").address or "W72J7Y5BCVHN"
    addresses = [
        there.cas.address, there.ben.address, Account.objects.get(coin=there.coin, kind="ISSUE").address, unused,
    ]  # fmt: skip

    answers = {
        words(ann.get(page_of(there.ann), {"to": address})).replace(address, "") for address in addresses
    }

    assert len(answers) == 1


@pytest.mark.parametrize("form_id", ["", "x", "0", "None", "'; DROP TABLE--", "é" * 500])
def test_a_form_without_an_id_of_its_own_shows_the_preview_again(there: Place, form_id: str) -> None:
    ann = signed_in(there.ann_login)
    form = carried(preview(ann, there.ann, there.shop))

    page = confirm(ann, there.ann, form, form_id=form_id)

    assert "Is this right?" in words(page)
    assert payments(there) == []


def test_a_form_id_that_was_used_for_something_else_pays_nothing(there: Place) -> None:
    ann = signed_in(there.ann_login)
    form = carried(preview(ann, there.ann, there.shop))
    confirm(ann, there.ann, form)

    page = confirm(ann, there.ann, form, amount="5.00")

    assert "This form was used before, for something else." in words(page)
    assert len(payments(there)) == 1


def test_the_id_of_anothers_form_leads_to_nothing_of_theirs(there: Place) -> None:
    ann, ben = signed_in(there.ann_login), signed_in(there.ben_login)
    fund(there, there.ben, 9_00)
    form = carried(preview(ann, there.ann, there.shop))
    hers = confirm(ann, there.ann, form)

    his = confirm(ben, there.ben, form)

    assert his["Location"] != hers["Location"]
    assert payments(there) == [(there.ann.pk, there.shop.pk, 4_00), (there.ben.pk, there.shop.pk, 4_00)]


def test_forged_ids_pay_like_any_other(there: Place) -> None:
    ann = signed_in(there.ann_login)
    form = carried(preview(ann, there.ann, there.shop))

    assert confirm(ann, there.ann, form, form_id=str(uuid4()), seen="").status_code == 302
    assert len(payments(there)) == 1


@pytest.mark.parametrize("seen", ["-1", "x", "9" * 50])
def test_what_the_payer_saw_last_is_no_way_in(there: Place, seen: str) -> None:
    ann = signed_in(there.ann_login)
    form = carried(preview(ann, there.ann, there.shop))

    assert confirm(ann, there.ann, form, seen=seen).status_code in {200, 302}
    assert len(payments(there)) <= 1


def test_a_label_does_nothing_for_somebody_who_pays_their_own_money(there: Place) -> None:
    ann = signed_in(there.ann_login)

    pay(ann, there.ann, there.shop)
    confirm(ann, there.ann, carried(preview(ann, there.ann, there.ben)), label="WAGE")

    assert len(payments(there)) == 2


def test_words_are_words_whatever_they_are(there: Place) -> None:
    ann = signed_in(there.ann_login)
    evil = "<script>alert(1)</script>\"' \u202e00.1"

    page = preview(ann, there.ann, there.shop, text=evil)

    assert "<script>alert" not in page.content.decode()
    assert "\u202e" not in page.content.decode()
    receipt = ann.get(confirm(ann, there.ann, carried(page))["Location"]).content.decode()
    assert "<script>alert" not in receipt
    assert "too long" in words(preview(ann, there.ann, there.shop, text="x" * 141))
