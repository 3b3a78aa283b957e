"""What who sells does with an offer on the market: each a page that asks once more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from core.clock import day_of
from marketplace.models import Offer, OfferTerms
from marketplace.operations.offers import pause, publish, set_stock, suspend
from marketplace.states import OfferState
from people.models import Role
from tests.factories.market import AT, Market, demand, supply
from tests.factories.people import actor, mandate, person
from tests.factories.residency import second_login
from tests.marketplace.offer_pages.scene import carried, filled_in, signed_in, words

DEEDS = ("pause", "end", "stock", "renew", "price", "again")


def page_of(offer: Offer, deed: str) -> str:
    return f"/en/market/offers/{offer.ref}/{deed}/"


def do(client: Client, offer: Offer, deed: str, **data: Any) -> Any:
    return client.post(page_of(offer, deed), data)


@pytest.fixture
def sjoerd(there: Market) -> Client:
    return signed_in(there.sjoerd)


def state_of(offer: Offer) -> str:
    return Offer.objects.get(pk=offer.pk).state


def test_sjoerd_takes_it_off_puts_it_back_and_ends_it(there: Market, sjoerd: Client) -> None:
    offer = supply(there)

    assert "Take this off the market for now?" in words(sjoerd.get(page_of(offer, "pause")))
    assert state_of(offer) == OfferState.PUBLISHED  # looking changes nothing
    answer = do(sjoerd, offer, "pause")
    assert state_of(offer) == OfferState.PAUSED
    assert "It is off the market for now." in words(sjoerd.get(answer["Location"]))
    do(sjoerd, offer, "resume")
    assert state_of(offer) == OfferState.PUBLISHED
    do(sjoerd, offer, "end")
    assert state_of(offer) == OfferState.ENDED


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_else_finds_such_a_page_not_the_board_either(there: Market, deed: str) -> None:
    offer = supply(there)
    editor = person("Edo", email="edo@molenwijk.example")
    mandate(person=editor, principal=there.shop.holder, role=Role.EDITOR)

    for login in (there.ann_login, there.bea, there.cas_login, editor):
        assert signed_in(login).get(page_of(offer, deed)).status_code == 404
        assert do(signed_in(login), offer, deed).status_code == 404
    assert "/login/" in Client().get(page_of(offer, deed))["Location"]
    assert state_of(offer) == OfferState.PUBLISHED


def test_a_second_login_of_who_offers_it_does_it_too(there: Market) -> None:
    offer = supply(there, by=there.ann.holder)

    do(signed_in(second_login(there.ann_login)), offer, "pause")

    assert state_of(offer) == OfferState.PAUSED


@pytest.mark.parametrize(
    ("state", "deed"),
    [
        (OfferState.SUBMITTED, "pause"), (OfferState.SUBMITTED, "stock"), (OfferState.PAUSED, "pause"),
        (OfferState.PUBLISHED, "resume"), (OfferState.ENDED, "end"), (OfferState.ENDED, "renew"),
        (OfferState.DRAFT, "again"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_with_it_as_it_is_has_no_page(
    there: Market, sjoerd: Client, state: str, deed: str
) -> None:
    offer = supply(there, state=state)

    assert do(sjoerd, offer, deed).status_code == 404
    assert state_of(offer) == state


def test_what_the_board_took_off_sjoerd_does_not_put_back(there: Market, sjoerd: Client) -> None:
    offer = supply(there)
    suspend(offer=offer, reason="Not allowed.", actor=actor(there.bea), at=AT)

    answer = do(sjoerd, offer, "resume")

    assert "The board took this off the market. Ask the board to put it back." in words(answer)
    assert state_of(offer) == OfferState.PAUSED


def test_the_number_that_is_left_is_changed_unless_somebody_ordered_meanwhile(
    there: Market, sjoerd: Client
) -> None:
    offer = supply(there, stock=5)
    form = carried(sjoerd.get(page_of(offer, "stock")))
    assert form["was"] == "5"
    set_stock(offer=offer, stock=4, actor=actor(there.sjoerd), at=AT)  # as an order would

    late = do(sjoerd, offer, "stock", **form, stock="10")
    assert "now it says 4" in words(late)
    assert Offer.objects.get().stock == 4
    do(sjoerd, offer, "stock", **carried(late), stock="10")
    assert Offer.objects.get().stock == 10
    do(sjoerd, offer, "stock", was="10", stock="")
    assert Offer.objects.get().stock is None


def test_it_stays_longer_for_the_same_price(there: Market, sjoerd: Client) -> None:
    offer, today = supply(there), day_of(AT)

    for day in (today - timedelta(days=1), today + timedelta(days=366)):
        assert do(sjoerd, offer, "renew", until_on=day.isoformat()).status_code == 200
    do(sjoerd, offer, "renew", until_on="2027-11-01")

    offer.refresh_from_db()
    assert (offer.until_on, offer.price) == (date(2027, 11, 1), 12_50)
    assert OfferTerms.objects.count() == 2


def test_the_price_can_be_lowered_and_not_raised(there: Market, sjoerd: Client) -> None:
    offer = supply(there)

    dearer = do(sjoerd, offer, "price", amount="13.00")
    assert "On the market you can only lower the price" in words(dearer)
    do(sjoerd, offer, "price", amount="9.00")

    offer.refresh_from_db()
    assert offer.price == 9_00
    assert offer.terms is not None
    assert offer.terms.version == 2


def test_what_is_written_again_is_changed_sent_to_the_board_and_takes_the_place_of_the_old_one(
    there: Market, sjoerd: Client
) -> None:
    offer = supply(there)
    form = carried(sjoerd.get(page_of(offer, "again")))

    answer, twice = do(sjoerd, offer, "again", **form), do(sjoerd, offer, "again", **form)

    new = Offer.objects.exclude(pk=offer.pk).get()
    assert answer["Location"] == twice["Location"] == page_of(new, "change")
    assert (new.state, state_of(offer)) == (OfferState.DRAFT, OfferState.PUBLISHED)
    assert 'value="Band plakken"' in sjoerd.get(answer["Location"]).content.decode()
    sjoerd.post(answer["Location"], filled_in(title="Band plakken", amount="14.00"))
    new.refresh_from_db()
    assert (new.state, new.price) == (OfferState.SUBMITTED, 14_00)
    publish(offer=new, actor=actor(there.bea), at=AT)
    assert (state_of(new), state_of(offer)) == (OfferState.PUBLISHED, OfferState.ENDED)


def test_a_draft_is_sent_as_it_is(there: Market, sjoerd: Client) -> None:
    offer = supply(there)
    do(sjoerd, offer, "again", **carried(sjoerd.get(page_of(offer, "again"))))
    new = Offer.objects.exclude(pk=offer.pk).get()
    assert signed_in(there.ann_login).post(page_of(new, "send")).status_code == 404

    assert "Send this to the board?" in words(sjoerd.get(page_of(new, "send")))
    do(sjoerd, new, "send")

    assert state_of(new) == OfferState.SUBMITTED


def test_every_deed_says_of_what_is_wanted_that_it_is_wanted(there: Market) -> None:
    offer = demand(there)

    said = words(signed_in(there.ann_login).get(page_of(offer, "stock")))

    assert "How many do you still need?" in said


def test_the_page_leads_to_each_deed_that_can_be_done(there: Market, sjoerd: Client) -> None:
    offer = supply(there)

    page = sjoerd.get(f"/en/market/offers/{offer.ref}/").content.decode()
    assert all(page_of(offer, deed) in page for deed in DEEDS)
    assert page_of(offer, "resume") not in page
    pause(offer=offer, actor=actor(there.sjoerd), at=AT)
    page = sjoerd.get(f"/en/market/offers/{offer.ref}/").content.decode()

    assert page_of(offer, "resume") in page
    assert page_of(offer, "pause") not in page
