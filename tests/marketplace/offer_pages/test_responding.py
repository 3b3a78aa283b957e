"""Answering what somebody asks for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marketplace.models import Offer, Response
from marketplace.states import OfferState, ResponseState
from neighbourhoods.models import ItemKind
from people.models import Party
from tests.factories import values
from tests.factories.market import Market, demand, supply
from tests.factories.residency import second_login
from tests.marketplace.offer_pages.scene import carried, signed_in, words


def page_of(offer: Offer, more: str = "") -> str:
    return f"/en/market/offers/{offer.ref}/answer/{more}"


def answer(client: Client, offer: Offer, amount: str = "3.50", **more: Any) -> Any:
    form = carried(client.get(page_of(offer)))
    return client.post(page_of(offer), {**form, "amount": amount, "text": "I have time.", **more})


@pytest.fixture
def ben(there: Market) -> Client:
    return signed_in(there.ben_login)


def responders() -> list[Party]:
    return [one.responder for one in Response.objects.order_by("pk")]


def test_ben_says_for_how_much_and_only_ann_reads_it(there: Market, ben: Client) -> None:
    offer = demand(there)
    assert "Ann de Vries offers 4.00 per piece." in words(ben.get(page_of(offer)))

    done = answer(ben, offer)

    response = Response.objects.get()
    assert (response.responder, response.amount, response.text) == (there.ben.holder, 3_50, "I have time.")
    assert "Ann de Vries can read your answer now." in words(ben.get(done["Location"]))


def test_nothing_is_filled_in_beforehand(there: Market, ben: Client) -> None:
    page = ben.get(page_of(demand(there))).content.decode()

    assert 'name="amount"' in page
    assert 'value="4.00"' not in page


def test_the_same_form_sent_twice_answers_once(there: Market, ben: Client) -> None:
    offer = demand(there)
    form = {**carried(ben.get(page_of(offer))), "amount": "3.50", "text": ""}

    ben.post(page_of(offer), form)
    ben.post(page_of(offer), form)

    assert responders() == [there.ben.holder]


def test_sjoerd_answers_for_his_shop_when_he_cannot_himself(there: Market) -> None:
    answer(signed_in(there.sjoerd), demand(there))

    assert responders() == [there.shop.holder]


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [("", "Enter an amount"), ("0", "above nought"), ("-1", "without a minus"), ("x", "Enter")],
)
def test_an_amount_that_is_none_is_refused(there: Market, ben: Client, amount: str, sentence: str) -> None:
    page = answer(ben, demand(there), amount)

    assert sentence in words(page)
    assert "I have time." in page.content.decode()
    assert not Response.objects.exists()


def test_more_than_the_value_that_was_decided_is_refused(there: Market, ben: Client) -> None:
    item = values.item(there.neighbourhood, "Hond uitlaten", kind=ItemKind.SERVICE, unit="PIECE")
    values.worth(item, 4_00)
    offer = demand(there, terms={"item": item})
    assert "this is worth 4.00 per piece" in words(ben.get(page_of(offer)))

    page = answer(ben, offer, "4.01")

    assert "no more than 4.00" in words(page)
    assert not Response.objects.exists()


def test_ann_does_not_answer_herself_nor_anybody_what_is_sold(there: Market, ben: Client) -> None:
    offer = demand(there)

    for login in (there.ann_login, second_login(there.ann_login)):
        assert signed_in(login).get(page_of(offer)).status_code == 404
        assert signed_in(login).post(page_of(offer), {"amount": "3"}).status_code == 404
    assert ben.get(page_of(supply(there))).status_code == 404
    assert ben.get(page_of(demand(there, state=OfferState.SUBMITTED))).status_code == 404


def test_who_cannot_take_part_is_led_back_to_where_that_is_said(there: Market) -> None:
    offer = demand(there)

    led = signed_in(there.cas_login).get(page_of(offer))

    assert led["Location"] == f"/en/market/offers/{offer.ref}/"
    assert signed_in(there.cas_login).post(page_of(offer), {"amount": "3"}).status_code == 302
    assert not Response.objects.exists()


def test_ben_takes_his_answer_back_and_answers_again(there: Market, ben: Client) -> None:
    offer = demand(there)
    answer(ben, offer)
    assert ben.get(page_of(offer))["Location"] == f"/en/market/offers/{offer.ref}/"  # one answer at a time
    assert signed_in(there.sjoerd).post(page_of(offer, "take-back/")).status_code == 404

    assert "Take your answer back?" in words(ben.get(page_of(offer, "take-back/")))
    ben.post(page_of(offer, "take-back/"))
    answer(ben, offer, "3.00")

    assert list(Response.objects.order_by("pk").values_list("state", "amount")) == [
        (ResponseState.WITHDRAWN, 3_50),
        (ResponseState.OPEN, 3_00),
    ]
    assert ben.post(page_of(demand(there, "Another"), "take-back/")).status_code == 404
