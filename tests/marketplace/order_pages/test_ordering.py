"""Ordering: the page says what it costs and what remains, its button repeats the sum, a repeat orders once."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta

import pytest
from django.core import mail

from marketplace.models import Offer, OfferTerms, Order, Reach
from marketplace.states import OfferState
from people.models import Role
from tests.factories.market import AT, Market, demand, supply
from tests.factories.people import mandate, organisation
from tests.factories.residency import second_login
from tests.factories.wallet import fund, open_for
from tests.marketplace.order_pages.scene import carried, counter, order_of, signed_in, words
from tests.marketplace.orders.scene import left, money


def test_ann_sees_what_it_costs_and_what_she_keeps_and_orders(there: Market) -> None:
    offer, ann = supply(there, "Band plakken", 12_50, stock=3), signed_in(there.ann_login)

    looked = ann.get(counter(offer))

    for said in (
        "Is this right?",
        "12.50",
        "Molenmunten",
        "Band plakken",
        "You have now 100.00",
        "You keep 87.50",
    ):
        assert said in words(looked)
    assert "Order for 12.50" in words(looked)
    assert Order.objects.count() == 0

    answer = ann.post(counter(offer), carried(looked))

    order = Order.objects.get()
    assert answer["Location"] == f"/en/market/orders/{order.ref}/"
    assert (order.buyer, order.quantity, order.amount) == (there.ann.holder, 1, 12_50)
    assert money(there.ann) == (100_00, 12_50)
    assert left(offer) == 2


def test_a_form_that_is_sent_twice_orders_once(there: Market) -> None:
    offer, ann = supply(there), signed_in(there.ann_login)
    form = carried(ann.get(counter(offer)))

    first, second = ann.post(counter(offer), form), ann.post(counter(offer), form)

    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1


def test_several_are_ordered_for_several_times_the_price(there: Market) -> None:
    offer, ann = supply(there, price=12_50, terms={"euro": 1_00}), signed_in(there.ann_login)

    looked = ann.get(counter(offer), {"quantity": "3"})

    for said in ("37.50", "and 3.00 euro at the counter", "3 pieces, 12.50 per piece", "You keep 62.50"):
        assert said in words(looked)
    ann.post(counter(offer), carried(looked))
    assert Order.objects.get().amount == 37_50


@pytest.mark.parametrize("typed", ["0", "-1", "1001", "three", "1.5"])
def test_a_number_that_cannot_be_is_said_beside_its_field(there: Market, typed: str) -> None:
    looked = signed_in(there.ann_login).get(counter(supply(there)), {"quantity": typed})

    assert "Enter a whole number from 1 to 1000." in words(looked)
    assert "Order for" not in words(looked)


def test_a_wrong_number_stands_at_the_top_and_in_the_title_and_no_sum_below_it(there: Market) -> None:
    looked = signed_in(there.ann_login).get(counter(supply(there)), {"quantity": "0"})

    page = looked.content.decode()
    assert "<title>Error: Is this right?" in page
    assert 'class="errors" role="alert" tabindex="-1" autofocus' in page
    assert "12.50" not in words(looked)


def test_how_many_is_asked_before_the_sum_and_its_button(there: Market) -> None:
    looked = words(signed_in(there.ann_login).get(counter(supply(there, stock=3))))

    assert looked.index("How many?") < looked.index("You order for") < looked.index("Order for 12.50")


def test_who_forges_the_number_orders_nothing(there: Market) -> None:
    offer, ann = supply(there), signed_in(there.ann_login)
    form = {**carried(ann.get(counter(offer))), "quantity": "-2"}

    answer = ann.post(counter(offer), form)

    assert "Enter a whole number from 1 to 1000." in words(answer)
    assert Order.objects.count() == 0


def test_who_has_too_little_reads_how_much_and_finds_no_button(there: Market) -> None:
    looked = signed_in(there.ann_login).get(counter(supply(there, price=100_01)))

    assert "You have 100.00. This costs 100.01." in words(looked)
    assert "Order for" not in words(looked)


def test_another_price_since_the_page_was_opened_is_shown_before_it_is_ordered(there: Market) -> None:
    offer, ann = supply(there, price=12_50), signed_in(there.ann_login)
    form = carried(ann.get(counter(offer)))
    new = OfferTerms.objects.create(
        offer=offer, version=2, amount=20_00, until_on=date(2027, 3, 1), reach=Reach.HERE, made_at=AT
    )
    Offer.objects.filter(pk=offer.pk).update(terms=new, price=20_00)

    answer = ann.post(counter(offer), form)

    assert "The price or the terms have just changed." in words(answer)
    assert "Order for 20.00" in words(answer)
    assert Order.objects.count() == 0
    ann.post(counter(offer), carried(answer))
    assert Order.objects.get().amount == 20_00


def test_the_last_piece_that_was_sold_meanwhile_is_not_sold_again(there: Market) -> None:
    offer, ann = supply(there, stock=1), signed_in(there.ann_login)
    form = carried(ann.get(counter(offer)))
    order_of(signed_in(there.ben_login), offer)

    answer = ann.post(counter(offer), form)

    assert "This is sold out." in words(answer)
    assert Order.objects.count() == 1


def test_with_fewer_left_than_wanted_the_number_is_said(there: Market) -> None:
    looked = signed_in(there.ann_login).get(counter(supply(there, stock=2)), {"quantity": "3"})

    assert "There are only 2 left. Order fewer." in words(looked)


@pytest.mark.parametrize("state", [OfferState.PAUSED, OfferState.ENDED])
def test_what_is_no_longer_on_the_market_says_so(there: Market, state: str) -> None:
    looked = signed_in(there.ann_login).get(counter(supply(there, state=state)))

    assert looked.status_code == 410
    assert "This is no longer on the market" in words(looked)


def test_the_day_after_its_last_one_it_cannot_be_ordered_though_no_clock_came_by(there: Market) -> None:
    yesterday = (AT - timedelta(days=1)).date()

    looked = signed_in(there.ann_login).get(counter(supply(there, terms={"until_on": yesterday})))

    assert looked.status_code == 410


@pytest.mark.parametrize("state", [OfferState.DRAFT, OfferState.SUBMITTED, OfferState.RETURNED])
def test_what_never_was_on_the_market_is_not_found(there: Market, state: str) -> None:
    assert signed_in(there.ann_login).get(counter(supply(there, state=state))).status_code == 404


def test_an_unknown_number_is_not_found(there: Market) -> None:
    assert signed_in(there.ann_login).get(f"/en/market/orders/new/{uuid.uuid4()}/").status_code == 404


def test_what_is_wanted_is_answered_and_not_ordered(there: Market) -> None:
    wanted = demand(there)

    answer = signed_in(there.ben_login).get(counter(wanted))

    assert answer["Location"] == f"/en/market/offers/{wanted.ref}/"


def test_who_is_not_signed_in_signs_in_first(there: Market) -> None:
    from django.test import Client

    answer = Client().get(counter(supply(there)))

    assert answer["Location"].startswith("/en/account/login/")


def test_who_has_no_account_in_this_coin_is_told_so(there: Market) -> None:
    looked = signed_in(there.cas_login).get(counter(supply(there)))

    assert "You cannot pay in Molenmunten yet" in words(looked)
    assert "Whoever lives in Molenwijk can get one." in words(looked)
    assert "Where I live" in words(looked)


def test_the_seller_reads_that_nobody_trades_with_themself_also_under_a_second_login(there: Market) -> None:
    offer = supply(there, by=there.ann.holder)

    for login in (there.ann_login, second_login(there.ann_login)):
        looked = signed_in(login).get(counter(offer))
        assert "You cannot order this yourself" in words(looked)
        assert "You keep" not in words(looked)
        assert "Order for" not in words(looked)


def test_who_acts_for_a_company_chooses_for_whom_and_the_page_says_it(there: Market) -> None:
    bakery = organisation("Bakery", owner=there.ann_login)
    account = open_for(there.neighbourhood, bakery)
    fund(there.place, account, 50_00)
    offer, ann = supply(there, price=12_50), signed_in(there.ann_login)

    both = words(ann.get(counter(offer)))
    looked = ann.get(counter(offer), {"quantity": "1", "buyer": str(bakery.uuid)})

    assert "For whom?" in both
    for said in ("You act for Bakery .", "There is now 50.00", "Remains 37.50"):
        assert said in words(looked)
    form = {**carried(looked), "buyer": str(bakery.uuid), "quantity": "1"}
    ann.post(counter(offer), form)
    order = Order.objects.get()
    assert (order.buyer, order.placed_by) == (bakery, there.ann.holder)
    assert money(account) == (50_00, 12_50)


def test_who_may_pay_no_more_today_for_another_reads_it(there: Market) -> None:
    bakery = organisation("Bakery")
    account = open_for(there.neighbourhood, bakery)
    fund(there.place, account, 50_00)
    mandate(person=there.ann_login, principal=bakery, role=Role.FINANCE, day_limit=10_00)

    looked = signed_in(there.ann_login).get(
        counter(supply(there, price=12_50)), {"quantity": "1", "buyer": str(bakery.uuid)}
    )

    assert "For Bakery you can still pay 10.00 today. This costs 12.50." in words(looked)


def test_nobody_orders_for_somebody_they_do_not_act_for(there: Market) -> None:
    offer, ann = supply(there), signed_in(there.ann_login)
    form = {**carried(ann.get(counter(offer))), "buyer": str(there.ben.holder.uuid)}

    answer = ann.post(counter(offer), form)

    assert "Choose for whom you order." in words(answer)
    assert Order.objects.count() == 0


def test_the_rules_of_a_voucher_are_read_before_it_is_bought(there: Market) -> None:
    offer = supply(there, terms={"is_voucher": True, "voucher_days": 90, "uses": 10, "refund": "UNUSED"})

    looked = words(signed_in(there.ann_login).get(counter(offer)))

    assert "You get a code that you can use 10 times, within 90 days." in looked
    assert "Do not buy" in looked
    assert "You can give it back as long as nothing of it was used." in looked
    assert "Buy for 12.50" in looked


def test_a_voucher_of_one_day_is_valid_for_a_day_and_not_for_days(there: Market) -> None:
    offer = supply(there, terms={"is_voucher": True, "voucher_days": 1, "uses": 1, "refund": "ANY_TIME"})
    ann = signed_in(there.ann_login)

    looked, told = words(ann.get(counter(offer))), words(ann.get(f"/en/market/offers/{offer.ref}/"))

    assert "within 1 day." in looked
    assert "After 1 day the coins" in told
    assert "Buy for 12.50" in told


def test_the_words_of_an_offer_are_shown_as_typed(there: Market) -> None:
    offer = supply(there, "<script>alert(1)</script>")

    looked = signed_in(there.ann_login).get(counter(offer)).content.decode()

    assert "<script>alert(1)" not in looked
    assert "&lt;script&gt;alert(1)" in looked


def test_the_seller_gets_a_mail_without_the_name_and_the_amount(there: Market) -> None:
    order_of(signed_in(there.ann_login), supply(there, "Band plakken", 12_50))

    letter = mail.outbox[0]
    assert [one.to for one in mail.outbox] == [[there.sjoerd.email]]
    assert "Band plakken" in letter.subject
    assert str(Order.objects.get().ref) in letter.body
    assert not re.search(r"12[.,]50|Ann", str(letter.body))
