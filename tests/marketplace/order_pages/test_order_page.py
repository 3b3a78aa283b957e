"""The page of an order: each side sees what it can do, what happens next and what it costs; nobody else finds it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from marketplace.models import Dispute, Order, OrderMessage, Reference
from people.models import Role
from tests.factories.market import Market, supply
from tests.factories.people import mandate
from tests.factories.residency import second_login
from tests.marketplace.order_pages.scene import carried, page_of, signed_in, words
from tests.marketplace.orders.scene import (
    accepted,
    confirmed,
    delivered,
    disputed,
    left,
    money,
    placed,
)

Made = Callable[..., Order]


@pytest.fixture(autouse=True)
def _one_step(settings: Settings) -> None:
    """The second step of signing in has its own test below."""
    settings.STAFF_SECOND_FACTOR = False


@pytest.mark.parametrize(
    ("made", "buyer", "seller"),
    [
        (placed, ["Cancel this order"], ["Accept this order", "Decline it"]),
        (accepted, ["I have it: pay 12.50"], ["It is delivered", "I cannot deliver after all"]),
        (delivered, ["All is well: pay 12.50", "Something is wrong"], []),
        (disputed, ["All is well: pay 12.50"], ["Give everything back"]),
        (confirmed, ["Write how it went"], ["Write how it went", "Pay something back"]),
    ],
)
def test_each_side_finds_what_it_can_do_and_nothing_else(
    there: Market, made: Made, buyer: list[str], seller: list[str]
) -> None:
    order = made(there)
    every = {
        "Cancel this order", "Accept this order", "Decline it", "I have it: pay 12.50", "It is delivered",
        "All is well: pay 12.50", "Something is wrong", "Give everything back", "Write how it went",
        "Pay something back", "I cannot deliver after all",
    }  # fmt: skip

    for login, can in ((there.ann_login, buyer), (there.sjoerd, seller)):
        page = signed_in(login).get(page_of(order)).content.decode()
        assert {one for one in every if f">{one}</" in page} == set(can)


def test_an_order_is_followed_from_the_first_step_to_the_last(there: Market) -> None:
    order, ann, sjoerd = placed(there), signed_in(there.ann_login), signed_in(there.sjoerd)

    assert "Shop Molenwijk can say yes until" in words(ann.get(page_of(order)))
    assert "Accepted." in words(sjoerd.post(page_of(order, "accept"), follow=True))
    form = carried(sjoerd.get(page_of(order, "deliver")))
    sjoerd.post(page_of(order, "deliver"), form)
    assert "If you do nothing, 12.50 is paid on" in words(ann.get(page_of(order)))
    done = words(ann.post(page_of(order, "confirm"), follow=True))

    assert "Paid. 12.50 to Shop Molenwijk." in done
    assert "You paid 12.50 to Shop Molenwijk." in done
    assert money(there.shop) == (12_50, 0)
    assert "You received 12.50 from Ann de Vries." in words(sjoerd.get(page_of(order)))


def test_who_has_it_pays_at_once(there: Market) -> None:
    order = accepted(there)

    signed_in(there.ann_login).post(page_of(order, "receive"))

    order.refresh_from_db()
    assert (order.state, order.paid) == ("CONFIRMED", 12_50)


def test_a_part_that_came_is_what_is_paid_for(there: Market) -> None:
    offer = supply(there, stock=5)
    order, sjoerd = accepted(there, 3, offer=offer), signed_in(there.sjoerd)

    refused = sjoerd.post(page_of(order, "deliver"), {"quantity": "4"})
    sjoerd.post(page_of(order, "deliver"), {"quantity": "2"})
    looked = words(signed_in(there.ann_login).get(page_of(order)))

    assert "Enter a whole number from 1 to 3." in words(refused)
    assert "2 pieces of 3" in looked
    assert "All is well: pay 25.00" in looked
    assert left(offer) == 2


def test_a_step_that_was_sent_twice_shows_how_it_is_now(there: Market) -> None:
    order, sjoerd = placed(there), signed_in(there.sjoerd)
    sjoerd.post(page_of(order, "accept"))

    again = sjoerd.post(page_of(order, "accept"), follow=True)

    assert "This order was already accepted." in words(again)
    assert again.redirect_chain[0][0] == page_of(order)


@pytest.mark.parametrize(
    ("made", "deed"), [(placed, "accept"), (placed, "decline"), (accepted, "deliver"), (confirmed, "refund")]
)
def test_the_buyer_does_nothing_of_the_seller(there: Market, made: Made, deed: str) -> None:
    order = made(there)
    before = order.state

    signed_in(there.ann_login).post(
        page_of(order, deed), {"quantity": "1", "amount": "12.50", "reason": "Mine."}
    )

    order.refresh_from_db()
    assert order.state == before


@pytest.mark.parametrize("deed", ["confirm", "dispute"])
def test_the_seller_does_nothing_of_the_buyer(there: Market, deed: str) -> None:
    order = delivered(there)

    signed_in(there.sjoerd).post(page_of(order, deed), {"text": "All well."})

    order.refresh_from_db()
    assert order.state == "DELIVERED"
    assert money(there.shop) == (0, 0)


@pytest.mark.parametrize("deed", ["", "accept", "cancel", "confirm", "say", "refund", "refer", "resolve"])
def test_nobody_finds_anothers_order(there: Market, deed: str) -> None:
    order = placed(there)

    for login in (there.ben_login, there.cas_login, there.bea):
        assert signed_in(login).post(page_of(order, deed)).status_code == 404
        assert signed_in(login).get(page_of(order, deed)).status_code == 404
    assert Client().get(page_of(order, deed))["Location"].startswith("/en/account/login/")
    assert signed_in(there.ann_login).get(f"/en/market/orders/{uuid.uuid4()}/").status_code == 404


def test_a_helper_and_a_second_login_open_it_too(there: Market) -> None:
    order = placed(there)
    mandate(person=there.ben_login, principal=there.ann.holder, role=Role.HELPER)

    helped = words(signed_in(there.ben_login).get(page_of(order)))

    assert "You act for Ann de Vries ." in helped
    assert signed_in(second_login(there.ann_login)).get(page_of(order)).status_code == 200


def test_a_seller_says_no_with_a_reason_that_the_buyer_reads(there: Market) -> None:
    order, sjoerd = placed(there), signed_in(there.sjoerd)

    without = sjoerd.post(page_of(order, "decline"), {"reason": " "})
    sjoerd.post(page_of(order, "decline"), {"reason": "<b>I am ill.</b>"})

    assert "Write a few words." in words(without)
    page = signed_in(there.ann_login).get(page_of(order))
    assert "&lt;b&gt;I am ill.&lt;/b&gt;" in page.content.decode()
    assert "You paid nothing. Your 12.50 is free again." in words(page)
    assert money(there.ann) == (100_00, 0)


def test_the_buyer_takes_an_order_back_without_a_reason(there: Market) -> None:
    order = placed(there)

    signed_in(there.ann_login).post(page_of(order, "cancel"), {"reason": ""})

    order.refresh_from_db()
    assert order.state == "CANCELLED"
    again = signed_in(there.ann_login).get(page_of(order, "cancel"), follow=True)
    assert "This order was already cancelled." in words(again)


def test_nobody_writes_about_an_order_that_came_to_nothing(there: Market) -> None:
    order, ann = placed(there), signed_in(there.ann_login)
    form = {**carried(ann.get(page_of(order))), "text": "Too late."}
    ann.post(page_of(order, "cancel"), {"reason": ""})

    refused = words(ann.post(page_of(order, "say"), form, follow=True))

    assert "This order is over. Nobody can write here any more." in refused
    assert "Your message" not in refused
    assert OrderMessage.objects.count() == 0


def test_who_sold_pays_back_once(there: Market) -> None:
    order, sjoerd = confirmed(there), signed_in(there.sjoerd)

    too_much = sjoerd.post(page_of(order, "refund"), {"amount": "12.51", "reason": "Broken."})
    sjoerd.post(page_of(order, "refund"), {"amount": "5.00", "reason": "Broken."})
    sjoerd.post(page_of(order, "refund"), {"amount": "5.00", "reason": "Broken."})

    assert "Give back between 0.01 and 12.50" in words(too_much)
    assert money(there.shop) == (7_50, 0)
    assert "You got back 5.00 of 12.50." in words(signed_in(there.ann_login).get(page_of(order)))


def test_both_sides_write_to_each_other_and_a_message_that_is_sent_twice_stands_there_once(
    there: Market,
) -> None:
    order, ann = placed(there), signed_in(there.ann_login)
    form = {**carried(ann.get(page_of(order))), "text": "When can I come? <script>"}

    ann.post(page_of(order, "say"), form)
    ann.post(page_of(order, "say"), form)

    assert OrderMessage.objects.count() == 1
    seen = signed_in(there.sjoerd).get(page_of(order)).content.decode()
    assert "When can I come? &lt;script&gt;" in seen


def test_an_empty_message_says_so_on_the_page_itself(there: Market) -> None:
    order, ann = placed(there), signed_in(there.ann_login)

    answer = ann.post(page_of(order, "say"), {**carried(ann.get(page_of(order))), "text": " "})

    assert "Write a few words." in words(answer)
    assert OrderMessage.objects.count() == 0


def test_after_it_was_paid_each_side_writes_once_how_it_went(there: Market) -> None:
    order, ann = confirmed(there), signed_in(there.ann_login)
    form = {**carried(ann.get(page_of(order, "refer"))), "text": "Quick and neat."}

    ann.post(page_of(order, "refer"), form)
    again = ann.post(page_of(order, "refer"), {**form, "form_id": str(uuid.uuid4())})

    assert "You already wrote about this order." in words(again)
    assert Reference.objects.get().about == there.shop.holder
    page = words(ann.get(page_of(order)))
    assert "Quick and neat." in page
    assert "Write how it went" not in page


def test_a_disagreement_is_settled_by_a_board_member_on_neither_side(there: Market) -> None:
    order, ann, bea = delivered(there), signed_in(there.ann_login), signed_in(there.bea)

    ann.post(page_of(order, "dispute"), {"text": "The tyre is flat again."})
    listed = words(bea.get("/en/market/board/molenwijk/disagreements/"))
    read = words(bea.get(page_of(order)))
    bea.post(page_of(order, "mediate"))
    unsaid = bea.post(page_of(order, "resolve"), {"who": "shared", "awarded": "", "ruling": "Half."})
    too_much = bea.post(page_of(order, "resolve"), {"who": "shared", "awarded": "12.51", "ruling": "Half."})
    bea.post(
        page_of(order, "resolve"), {"who": "shared", "awarded": "6.25", "ruling": "Half of it was done."}
    )

    assert "1 disagreement to settle" in listed
    assert "Ann de Vries bought from Shop Molenwijk" in listed
    assert "The tyre is flat again." in read
    assert "Enter how much the seller gets." in words(unsaid)
    assert "Give the seller between 0 and 12.50" in words(too_much)
    assert money(there.shop) == (6_25, 0)
    assert money(there.ann) == (93_75, 0)
    assert Dispute.objects.get().mediator == there.bea.person
    for client in (ann, signed_in(there.sjoerd)):
        page = words(client.get(page_of(order)))
        assert "Half of it was done." in page
        assert "6.25 went to Shop Molenwijk, 6.25 back to Ann de Vries." in page


@pytest.mark.parametrize(("who", "shop"), [("seller", 12_50), ("buyer", 0)])
def test_all_of_it_goes_to_one_side(there: Market, who: str, shop: int) -> None:
    order = disputed(there)

    signed_in(there.bea).post(page_of(order, "resolve"), {"who": who, "awarded": "", "ruling": "Clear."})

    assert money(there.shop) == (shop, 0)


def test_a_board_member_who_trades_for_a_side_sees_a_disagreement_and_cannot_open_it(there: Market) -> None:
    mandate(person=there.bea, principal=there.shop.holder, role=Role.EDITOR)
    order, bea = disputed(there), signed_in(there.bea)

    listed = bea.get("/en/market/board/molenwijk/disagreements/")

    assert "You have to do with one of the two." in words(listed)
    assert page_of(order) not in listed.content.decode()
    assert bea.get(page_of(order)).status_code == 404


def test_a_mediator_signs_in_with_a_second_step(there: Market, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    order, bea = disputed(there), signed_in(there.bea)

    for address in (page_of(order), "/en/market/board/molenwijk/disagreements/"):
        assert bea.get(address)["Location"] == "/en/account/2fa/"


def test_the_disagreements_of_a_board_are_found_by_that_board_alone(there: Market) -> None:
    disputed(there)

    for login in (there.ann_login, there.sjoerd, there.cas_login):
        assert signed_in(login).get("/en/market/board/molenwijk/disagreements/").status_code == 404


def test_a_seller_gives_everything_back(there: Market) -> None:
    order = disputed(there)

    signed_in(there.sjoerd).post(page_of(order, "give-in"))

    order.refresh_from_db()
    assert (order.state, order.paid) == ("RESOLVED", 0)
    assert money(there.ann) == (100_00, 0)


def test_what_was_bought_ahead_leads_to_its_voucher(there: Market) -> None:
    order = placed(there, offer=supply(there, terms={"is_voucher": True, "voucher_days": 90, "uses": 10}))

    ann = signed_in(there.ann_login).get(page_of(order))
    sjoerd = words(signed_in(there.sjoerd).get(page_of(order)))

    assert f"/market/vouchers/{order.voucher.code}/" in ann.content.decode()
    assert "Show the voucher" in words(ann)
    assert order.voucher.code not in sjoerd
    assert "Take vouchers" in sjoerd
    for page in (words(ann), sjoerd):
        assert "Bought" in page
        assert "Accepted" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_however_much_was_said(
    there: Market, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    order, ann = placed(there), signed_in(there.ann_login)
    for count in range(number):
        ann.post(page_of(order, "say"), {"form_id": str(uuid.uuid4()), "text": f"Message {count}"})

    with django_assert_num_queries(12):
        ann.get(page_of(order))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_disagreements_asks_the_same_however_many_there_are(
    there: Market, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _ in range(number):
        disputed(there)
    bea = signed_in(there.bea)

    with django_assert_num_queries(14):
        bea.get("/en/market/board/molenwijk/disagreements/")
