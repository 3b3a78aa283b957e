"""The page of an offer: what everybody reads on it, and what this visitor can do."""

from __future__ import annotations

import json
import re
import uuid
from datetime import time
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.models import Offer, OpeningTime, Reach, Reference
from marketplace.operations.offers import end, pause, publish, suspend
from marketplace.states import OfferState
from neighbourhoods.models import ItemKind
from people.models import PartyKind, Role, User
from tests.factories import values
from tests.factories.market import AT, Market, demand, market, supply
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.residency import resident, second_login
from tests.factories.wallet import fund, open_for
from tests.marketplace.offer_pages.scene import SIDE, SOUTH, WEST, signed_in, words
from tests.marketplace.orders.scene import answered, placed

BAD = "<script>alert(1)</script>"
UNSEEN = (OfferState.DRAFT, OfferState.SUBMITTED, OfferState.RETURNED)


def address(offer: Offer) -> str:
    return f"/en/market/offers/{offer.ref}/"


def seen_by(login: User | None, offer: Offer) -> Any:
    return (signed_in(login) if login else Client()).get(address(offer))


def read_by(login: User | None, offer: Offer) -> str:
    return words(seen_by(login, offer))


def test_a_visitor_reads_what_it_is_what_it_costs_and_what_happens(there: Market) -> None:
    offer = supply(
        there, stock=6, place="Molenstraat 4", text={"summary": "While you wait.", "about": "Bring your bicycle."}
    )  # fmt: skip

    said = read_by(None, offer)

    for part in (
        "Offered", "Band plakken", "While you wait.", "Bring your bicycle.", "12.50", "Molenmunten per piece",
        "Shop Molenwijk", "Molenstraat 4", "Still to order 6 pieces", "1 March 2027",
        "Residents and organisations of this neighbourhood", "This is how it goes", "We set 12.50 apart",
        "Within 7 days", "Within 30 days", "14 days after it came", "Sign in and order",
    ):  # fmt: skip
        assert part in said
    assert "Fietsen" in said  # the category, in the way back


def test_what_is_wanted_is_earned_and_says_so(there: Market) -> None:
    said = read_by(there.ben_login, demand(there))

    assert "Wanted" in said
    assert "You get +4.00" in said
    assert "I can do this" in said
    assert "Ann de Vries chooses" in said
    assert "Order" not in said


def test_who_can_order_sees_what_they_have_and_one_button_that_says_the_price(there: Market) -> None:
    fund(there.place, there.ann, 20_00)

    page = seen_by(there.ann_login, supply(there))

    assert "you have 20.00" in words(page)
    assert page.content.decode().count("btn--main") == 1
    assert "Order for 12.50" in words(page)


@pytest.mark.parametrize("field", ["title", "summary", "about"])
def test_markup_in_a_text_is_shown_as_it_was_typed(there: Market, field: str) -> None:
    offer = supply(there, BAD) if field == "title" else supply(there, text={field: BAD})

    page = seen_by(None, offer).content.decode()

    assert BAD not in page
    assert "&lt;script&gt;" in page


def test_markup_in_a_place_and_in_a_reference_is_shown_as_it_was_typed(there: Market) -> None:
    fund(there.place, there.ann, 100_00)
    offer = supply(there, place=BAD)
    _reference(there, offer, text=BAD)

    page = seen_by(None, offer).content.decode()

    assert BAD not in page
    assert page.count("&lt;script&gt;") == 2


# --- Who may see it --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", UNSEEN)
def test_what_is_not_on_the_market_yet_is_seen_by_who_offers_it_and_by_the_board_alone(
    there: Market, state: str
) -> None:
    offer = supply(there, state=state)
    editor = person("Edo", email="edo@molenwijk.example")
    mandate(person=editor, principal=there.shop.holder, role=Role.EDITOR)
    by_board = 404 if state == OfferState.DRAFT else 200  # a draft is still being written

    assert seen_by(there.sjoerd, offer).status_code == 200
    assert seen_by(editor, offer).status_code == 200
    assert seen_by(there.bea, offer).status_code == by_board
    for other in (None, there.ben_login, there.cas_login):
        assert seen_by(other, offer).status_code == 404


def test_what_is_over_tells_others_only_that_it_is_over(there: Market) -> None:
    paused, ended, taken_off = supply(there, "Paused"), supply(there, "Ended"), supply(there, "Taken off")
    past = supply(there, "Past", terms={"until_on": AT.date().replace(day=1)})
    pause(offer=paused, actor=actor(there.sjoerd), at=AT)
    end(offer=ended, actor=actor(there.sjoerd), at=AT)
    suspend(offer=taken_off, reason="Not allowed.", actor=actor(there.bea), at=AT)

    for offer, title in ((paused, "Paused"), (ended, "Ended"), (taken_off, "Taken off"), (past, "Past")):
        for login in (None, there.ben_login):
            page = seen_by(login, offer)
            assert page.status_code == 410
            assert title not in words(page)
            assert "This is no longer on the market" in words(page)
        assert title in read_by(there.sjoerd, offer)


def test_why_the_board_took_it_off_is_read_by_who_offers_it(there: Market) -> None:
    offer = supply(there)
    suspend(offer=offer, reason="The picture is not yours.", actor=actor(there.bea), at=AT)

    assert "The board took this off the market The picture is not yours." in read_by(there.sjoerd, offer)


def test_who_ordered_it_still_finds_it_when_it_has_ended(there: Market) -> None:
    fund(there.place, there.ann, 100_00)
    offer = supply(there)
    placed(there, offer=offer)
    end(offer=offer, actor=actor(there.sjoerd), at=AT)

    page = seen_by(there.ann_login, offer)

    assert page.status_code == 200
    assert "This has ended" in words(page)
    assert "Order for" not in words(page)


# --- What a visitor can do -------------------------------------------------------------------------------------------


def test_who_cannot_order_reads_why_and_finds_no_button(there: Market) -> None:
    offer, sold_out = supply(there), supply(there, "Last one", stock=0)
    eva = person("Eva", email="eva@molenwijk.example")
    open_for(there.neighbourhood, eva.person)
    clerk = person("Kim", email="kim@molenwijk.example")
    open_for(there.neighbourhood, clerk.person)
    resident(clerk, there.neighbourhood)
    mandate(person=clerk, principal=there.shop.holder, role=Role.EDITOR)

    told = {
        "You have no account with Molenmunten. Whoever lives in Molenwijk can get one.": read_by(
            there.cas_login, offer
        ),
        "This is only for": read_by(eva, offer),
        "Sold out.": read_by(there.ann_login, sold_out),
    }

    for sentence, page in told.items():
        assert sentence in page
        assert "Order for" not in page
    assert "Order for" not in read_by(clerk, offer)


def test_everybody_with_an_account_orders_what_is_for_everybody(there: Market) -> None:
    eva = person("Eva", email="eva@molenwijk.example")
    open_for(there.neighbourhood, eva.person)

    assert "Order for" in read_by(eva, supply(there, terms={"reach": Reach.ANYWHERE}))


def test_who_cannot_order_for_themself_can_for_their_club(there: Market) -> None:
    eva = person("Eva", email="eva@molenwijk.example")
    club = organisation("Chess club", kind=PartyKind.ASSOCIATION)
    mandate(person=eva, principal=club)
    open_for(there.neighbourhood, club)
    offer = supply(there)
    assert "Order for" in read_by(eva, offer)  # an organisation with an account here is within reach

    said = read_by(eva, supply(there, stock=0))

    assert "Sold out." in said


def test_through_a_second_login_ones_own_offer_is_still_ones_own(there: Market) -> None:
    twin = second_login(there.ann_login)
    offer = supply(there, by=there.ann.holder)

    said = read_by(twin, offer)

    assert "This is yours" in said
    assert "Order for" not in said


def test_a_board_member_finds_the_way_to_decide_but_not_on_what_is_their_own(there: Market) -> None:
    mandate(person=there.bob, principal=there.shop.holder, role=Role.OPERATOR)
    offer = supply(there, state=OfferState.SUBMITTED)

    assert "Decide on this for the board" in read_by(there.bea, offer)
    assert "Decide on this for the board" not in read_by(there.bob, offer)


def test_who_answered_reads_what_they_answered_and_nobody_else_does(there: Market) -> None:
    offer = demand(there)
    answered(there, offer, 3_50)

    assert "You answered: for 3.50" in read_by(there.ben_login, offer)
    assert "Read 1 answer" in read_by(there.ann_login, offer)
    for other in (None, there.bea, there.sjoerd):
        said = read_by(other, offer)
        assert "3.50" not in said
        assert "Read 1 answer" not in said


# --- What belongs to it ----------------------------------------------------------------------------------------------


def test_a_value_that_was_decided_is_told_with_who_decided_it_and_when(there: Market) -> None:
    item = values.item(there.neighbourhood, "Band plakken", kind=ItemKind.SERVICE, unit="PIECE")
    values.worth(item, 12_50)

    said = read_by(None, supply(there, terms={"item": item}))

    assert "The price was decided together" in said
    assert "this is worth 12.50 per piece" in said
    assert "Nobody asks more than that." in said
    assert "The price was decided together" not in read_by(None, supply(there))


def test_when_somebody_is_open_is_said_in_as_few_lines_as_it_can_be(there: Market) -> None:
    for day in (2, 3, 4, 6):
        _open(there, day, time(9), time(12, 30))
        _open(there, day, time(13, 30), time(17))

    said = read_by(None, supply(there))

    assert "Tuesday to Thursday, 09:00 to 12:30 and 13:30 to 17:00 Saturday, 09:00 to" in said


def test_a_place_that_was_pointed_at_is_shown_in_a_drawing(there: Market) -> None:
    here = supply(there, latitude=SOUTH + SIDE / 2, longitude=WEST + SIDE / 2)
    elsewhere = supply(there, latitude=10, longitude=10)

    assert "data:image/svg+xml" in seen_by(None, here).content.decode()
    assert "data:image/svg+xml" not in seen_by(None, elsewhere).content.decode()


def test_references_are_words_with_names_for_who_is_signed_in_and_a_hidden_one_gives_the_reason(
    there: Market,
) -> None:
    fund(there.place, there.ann, 100_00)
    offer = supply(there)
    _reference(there, offer, text="Quick and friendly.")
    _reference(there, offer, text="Rude words", hidden_at=AT, hidden_reason="It hurts somebody.")

    signed, open_to_all = read_by(there.ben_login, offer), read_by(None, offer)

    for said in (signed, open_to_all):
        assert "Quick and friendly." in said
        assert "Rude words" not in said
        assert "The board hid this reference: It hurts somebody." in said
    assert "Ann de Vries" in signed
    assert "Ann de Vries" not in open_to_all


def test_the_number_of_queries_does_not_grow_with_what_is_told(
    there: Market, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fund(there.place, there.ann, 100_00)
    one, three = supply(there), supply(there, "Much")
    _reference(there, one)
    one.tags.add("bicycle")
    three.tags.add("bicycle", "tyre", "repair")
    ben = signed_in(there.ben_login)
    ben.get(address(one))  # what is made at the first visit
    with django_assert_num_queries(QUERIES):
        ben.get(address(one))

    for number, _name in enumerate(("a", "b")):
        _reference(there, one, text=str(number))
        _open(there, number + 1, time(9), time(17))

    with django_assert_num_queries(QUERIES):
        ben.get(address(one))
    with django_assert_num_queries(QUERIES):
        ben.get(address(three))


QUERIES = 29  # of a page about an offer, with its frame


def test_machines_read_an_organisation_by_name_and_a_resident_not(there: Market) -> None:
    sold = supply(there, stock=2, text={"summary": "While you wait."})
    of_ann, asked = supply(there, by=there.ann.holder), demand(there)

    data = _linked_data(sold)

    assert data["@type"] == "Offer"
    assert data["name"] == "Band plakken"
    assert data["seller"] == {"@type": "Organization", "name": "Shop Molenwijk"}
    assert data["priceSpecification"] == {
        "@type": "UnitPriceSpecification", "price": "12.50", "priceCurrency": "Molenmunt", "unitCode": "C62"
    }  # fmt: skip
    assert data["validThrough"] == "2027-03-01"
    assert data["inventoryLevel"]["value"] == 2
    assert data["itemOffered"] == {
        "@type": "Service", "name": "Band plakken", "description": "While you wait."
    }  # fmt: skip
    assert data["url"].endswith(address(sold))
    assert "seller" not in _linked_data(of_ann)
    assert "Ann" not in json.dumps(_linked_data(of_ann))
    assert _linked_data(asked)["@type"] == "Demand"


def test_a_title_cannot_end_the_script_that_machines_read(there: Market) -> None:
    page = seen_by(None, supply(there, "</script><script>alert(1)</script>"))

    assert _linked_data_in(page)["name"] == "</script><script>alert(1)</script>"
    assert page.content.decode().count("<script") == 1


def test_the_script_carries_the_nonce_of_its_answer(there: Market) -> None:
    page = seen_by(None, supply(there))

    nonce = re.search(r'<script type="application/ld\+json" nonce="([^"]+)">', page.content.decode())
    assert nonce
    assert f"'nonce-{nonce[1]}'" in page["Content-Security-Policy"]


def test_what_is_not_on_the_market_tells_machines_nothing(there: Market) -> None:
    assert b"ld+json" not in seen_by(there.sjoerd, supply(there, state=OfferState.SUBMITTED)).content


def test_the_page_of_another_place_stands_in_the_frame_of_that_place(there: Market) -> None:
    other = market("Sluiskade", "NL02ABNA0123456789")

    assert "Molenwijk" not in read_by(None, supply(other, place="Kade 1"))


def test_it_is_kept_by_no_cache_between_visitors(there: Market) -> None:
    page = seen_by(None, supply(there))

    assert "private" in page["Cache-Control"]
    assert "Cookie" in page["Vary"]


def test_what_the_board_lets_on_the_market_is_then_seen_by_everybody(there: Market) -> None:
    offer = supply(there, by=there.ann.holder, state=OfferState.SUBMITTED)
    publish(offer=offer, actor=actor(there.bea), at=AT)

    assert seen_by(None, offer).status_code == 200


def _reference(there: Market, offer: Offer, *, text: str = "Quick.", **more: Any) -> Reference:
    """Ann on the shop, after an order that was paid."""
    order = placed(there, offer=offer)
    type(order).objects.filter(pk=order.pk).update(paid=order.amount)
    return Reference.objects.create(
        order=order, about=there.shop.holder, author=there.ann.holder, text=text, language="en", at=AT,
        key=uuid.uuid4(), **more,
    )  # fmt: skip


def _open(there: Market, day: int, opens_at: time, closes_at: time) -> OpeningTime:
    return OpeningTime.objects.create(
        provider=there.shop.holder, weekday=day, opens_at=opens_at, closes_at=closes_at
    )


def _linked_data(offer: Offer) -> dict[str, Any]:
    return _linked_data_in(seen_by(None, offer))


def _linked_data_in(page: Any) -> dict[str, Any]:
    found = re.search(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", page.content.decode(), re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(unescape(found[1]))
    return data
