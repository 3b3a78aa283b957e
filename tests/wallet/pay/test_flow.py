"""The pages of paying, from choosing an account to the receipt, as a browser without JavaScript walks them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ledger.models import Transfer
from ledger.operations import block_account
from people.models import Role
from tests.factories.people import mandate, person
from tests.factories.wallet import AT, SYSTEM, Place, fund, open_for, place
from tests.wallet.pay.scene import (
    LATER,
    carried,
    confirm,
    page_of,
    pay,
    payments,
    preview,
    signed_in,
    words,
)


def test_ann_pays_by_address_and_stands_before_the_receipt(there: Place) -> None:
    ann = signed_in(there.ann_login)

    assert ann.get("/en/pay/")["Location"] == page_of(there.ann)
    amounts = ann.get(page_of(there.ann), {"to": there.shop.address.lower()})
    assert "Shop Molenwijk" in words(amounts)
    looked = preview(ann, there.ann, there.shop, "4", "Soup")
    for said in ("Is this right?", "4.00", "Shop Molenwijk", "Soup", "You keep 6.00", "Pay 4.00"):
        assert said in words(looked)
    assert payments(there) == []

    paid = confirm(ann, there.ann, carried(looked))

    assert payments(there) == [(there.ann.pk, there.shop.pk, 4_00)]
    receipt = words(ann.get(paid["Location"]))
    for said in ("Paid", "4.00", "Shop Molenwijk", "Soup", "You kept 6.00"):
        assert said in receipt


def test_a_double_click_pays_once_and_both_show_the_receipt(there: Place) -> None:
    ann = signed_in(there.ann_login)
    form = carried(preview(ann, there.ann, there.shop))

    first, second = confirm(ann, there.ann, form), confirm(ann, there.ann, form)

    assert first["Location"] == second["Location"]
    assert len(payments(there)) == 1


def test_a_form_that_is_sent_again_after_the_answer_was_lost_shows_the_receipt_whatever_happened_since(
    there: Place,
) -> None:
    ann = signed_in(there.ann_login)
    form = carried(preview(ann, there.ann, there.shop, "10.00"))
    first = confirm(ann, there.ann, form)
    block_account(account=there.shop, reason="Suspicion", actor=SYSTEM, at=AT)
    block_account(account=there.ann, reason="Suspicion", actor=SYSTEM, at=AT)

    with time_machine.travel(LATER + timedelta(days=3), tick=False):
        again = confirm(ann, there.ann, form)

    assert again["Location"] == first["Location"]
    assert len(payments(there)) == 1


def test_two_tabs_with_the_same_payment_pay_it_once(there: Place) -> None:
    ann = signed_in(there.ann_login)
    left, right = (carried(preview(ann, there.ann, there.shop)) for _tab in range(2))

    first, second = confirm(ann, there.ann, left), confirm(ann, there.ann, right)

    assert first["Location"] == second["Location"]
    assert len(payments(there)) == 1


def test_of_two_tabs_between_which_something_came_in_the_second_asks_once_more(there: Place) -> None:
    ann = signed_in(there.ann_login)
    left = carried(preview(ann, there.ann, there.shop))
    fund(there, there.ann, 5_00, "in between")
    right = carried(preview(ann, there.ann, there.shop))
    assert left["form_id"] != right["form_id"]
    confirm(ann, there.ann, left)

    asked = confirm(ann, there.ann, right)

    assert "You paid this just now" in words(asked)
    assert "Pay 4.00 again" in words(asked)
    assert len(payments(there)) == 1
    confirm(ann, there.ann, carried(asked))
    assert len(payments(there)) == 2


def test_an_equal_payment_just_now_is_said_and_not_refused_and_later_not_said(there: Place) -> None:
    ann = signed_in(there.ann_login)
    pay(ann, there.ann, there.shop)

    again = preview(ann, there.ann, there.shop)
    other = preview(ann, there.ann, there.shop, "4.01")
    with time_machine.travel(LATER + timedelta(minutes=11), tick=False):
        later = preview(ann, there.ann, there.shop)

    assert "You paid this just now" in words(again)
    assert "You paid this just now" not in words(other)
    assert "You paid this just now" not in words(later)
    assert confirm(ann, there.ann, carried(again)).status_code == 302
    assert len(payments(there)) == 2


def test_too_little_is_said_beside_the_amount_before_the_preview(there: Place) -> None:
    page = preview(signed_in(there.ann_login), there.ann, there.shop, "12.50")

    assert "You have 10.00. This costs 12.50." in words(page)
    assert "Is this right?" not in words(page)
    assert 'value="12.50"' in page.content.decode()


def test_what_happened_between_preview_and_paying_is_said_beside_the_amount(there: Place) -> None:
    ann = signed_in(there.ann_login)
    form = carried(preview(ann, there.ann, there.shop, "9.00"))
    pay(ann, there.ann, there.ben, "5.00")

    page = confirm(ann, there.ann, form)

    assert "You have 5.00. This costs 9.00." in words(page)
    assert payments(there) == [(there.ann.pk, there.ben.pk, 5_00)]


def test_change_brings_back_what_was_filled_in(there: Place) -> None:
    ann = signed_in(there.ann_login)
    form = carried(preview(ann, there.ann, there.shop, "4.00", "Soup"))

    page = ann.post(page_of(there.ann), {**form, "step": "edit"}).content.decode()

    assert 'value="4.00"' in page
    assert 'value="Soup"' in page


def test_who_acts_for_another_sees_it_on_each_page_with_the_limit_of_the_day(there: Place) -> None:
    mandate(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER, day_limit=6_00)
    ben = signed_in(there.ben_login)

    pages = [
        ben.get(page_of(there.ann)),
        ben.get(page_of(there.ann), {"to": there.shop.address}),
        preview(ben, there.ann, there.shop),
    ]
    paid = confirm(ben, there.ann, carried(pages[-1]))
    pages.append(ben.get(paid["Location"]))

    for page in pages:
        assert "You act for Ann de Vries ." in words(page)
    assert "You may pay 6.00 a day. Today 6.00 of it is left." in words(pages[1])
    assert "You pay for Ann de Vries" in words(pages[2])
    assert "You may still pay today 6.00" in words(pages[2])
    assert "paid by Ben de Vries" in words(pages[3])
    assert "For Ann de Vries you can still pay 2.00 today. This costs 2.01." in words(
        preview(ben, there.ann, there.shop, "2.01")
    )


def test_who_stands_at_the_till_finds_no_page_to_pay_from_the_account(there: Place) -> None:
    mandate(person=there.ben_login, principal=there.shop.holder, role=Role.OPERATOR)
    ben = signed_in(there.ben_login)

    assert ben.get(page_of(there.shop)).status_code == 404
    assert ben.post(page_of(there.shop), {"step": "pay"}).status_code == 404


def test_strangers_find_no_page_and_the_signed_out_a_door(there: Place, client: Client) -> None:
    assert signed_in(there.cas_login).get(page_of(there.ann)).status_code == 404
    assert signed_in(there.cas_login).post(page_of(there.ann), {"step": "pay"}).status_code == 404
    assert "/account/login/" in client.get(page_of(there.ann))["Location"]


def test_a_pot_asks_what_the_payment_is_in_law(there: Place) -> None:
    olaf = signed_in(there.owner_of_club)

    without = preview(olaf, there.pot, there.ann)
    assert "Choose what this payment is." in words(without)
    paid = confirm(olaf, there.pot, carried(preview(olaf, there.pot, there.ann, label="GIFT")))

    assert paid.status_code == 302
    assert Transfer.objects.get(kind="REWARD").label == "GIFT"


def test_whom_somebody_paid_before_is_one_click_away(there: Place) -> None:
    ann = signed_in(there.ann_login)
    pay(ann, there.ann, there.ben)

    page = ann.get(page_of(there.ann))

    assert f"?to={there.ben.address}" in page.content.decode()
    assert "Ben V." in words(page)
    assert "Ben de Vries" not in words(page)


def test_with_several_accounts_one_chooses_and_with_none_hears_so(there: Place) -> None:
    mandate(person=there.ann_login, principal=there.shop.holder, role=Role.FINANCE)
    mandate(person=there.ann_login, principal=there.ben.holder, role=Role.HELPER)

    page = words(signed_in(there.ann_login).get("/en/pay/"))

    assert [name in page for name in ("Ann de Vries", "Shop Molenwijk", "Ben de Vries", "10.00")] == [
        True
    ] * 4
    assert "You have no account to pay from yet" in words(signed_in(there.fenna).get("/en/pay/"))


def test_from_a_blocked_account_the_page_says_why_not(there: Place) -> None:
    block_account(account=there.ann, reason="Suspicion", actor=SYSTEM, at=AT)

    page = signed_in(there.ann_login).get(page_of(there.ann))

    assert "You cannot pay from this account now" in words(page)
    assert "Suspicion" not in words(page)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_whom_asks_as_much_for_one_as_for_three(
    there: Place, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ann = signed_in(there.ann_login)
    for number in range(count):
        pay(ann, there.ann, open_for(there.neighbourhood, person(f"Payee {number}").person), "1.00")
    ann.get(page_of(there.ann))

    with django_assert_num_queries(QUERIES_OF_WHOM):
        ann.get(page_of(there.ann))


QUERIES_OF_WHOM = 9


def test_a_second_neighbourhood_keeps_its_own_coin(there: Place) -> None:
    other = place("Sluiskade", "NL39RABO0300065264")

    page = signed_in(there.ann_login).get(page_of(there.ann), {"to": other.ann.address})

    assert "We know nobody with this address whom you can pay in Molenmunten." in words(page)
