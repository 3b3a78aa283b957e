"""One's orders, one's stall, the list on paper, and the answers to choose from: complete, and in few queries."""

from __future__ import annotations

import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from core.clock import day_of
from marketplace.models import Offer, Response
from marketplace.operations.responses import respond
from marketplace.permissions import has_interest
from marketplace.queries.order_lists import interests_of
from people.models import Party, PartyKind, Role
from tests.factories.market import AT, Market, demand, supply
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.residency import resident, second_login
from tests.factories.wallet import fund, open_for
from tests.marketplace.order_pages.scene import carried, page_of, signed_in, words
from tests.marketplace.orders.scene import (
    accepted,
    answered,
    confirmed,
    delivered,
    disputed,
    money,
    placed,
)


def stall_of(party: Party, room: str = "") -> str:
    return f"/en/market/desk/{party.uuid}/{room}{'/' if room else ''}"


def test_ann_finds_what_she_ordered_and_what_is_over(there: Market) -> None:
    placed(there, offer=supply(there, "Band plakken"))
    confirmed(there, offer=supply(there, "Ketting smeren"))
    ann = signed_in(there.ann_login)

    now, over = words(ann.get("/en/market/orders/")), words(ann.get("/en/market/orders/?over"))

    assert "Band plakken" in now
    assert "Ketting smeren" not in now
    assert "Ketting smeren" in over
    assert "Band plakken" not in over
    assert "You have ordered nothing" in words(signed_in(there.ben_login).get("/en/market/orders/"))


def test_what_was_ordered_under_a_second_number_and_for_a_company_is_there_too(there: Market) -> None:
    bakery = organisation("Bakery", owner=there.ann_login)
    fund(there.place, open_for(there.neighbourhood, bakery), 50_00)
    placed(there, offer=supply(there, "Band plakken"), buyer=bakery)
    twin = second_login(there.ann_login)

    listed = words(signed_in(twin).get("/en/market/orders/"))

    assert "Shop Molenwijk" in words(signed_in(there.ann_login).get("/en/market/orders/"))
    assert "Shop Molenwijk, for Bakery" in words(signed_in(there.ann_login).get("/en/market/orders/"))
    assert "Band plakken" in listed


def test_a_stall_shows_what_waits_first(there: Market) -> None:
    placed(there, offer=supply(there, "Band plakken"))
    accepted(there, offer=supply(there, "Ketting smeren"))
    delivered(there, offer=supply(there, "Wiel richten"))

    stall = words(signed_in(there.sjoerd).get(stall_of(there.shop.holder)))

    assert "2 orders wait for you." in stall
    waiting, rest = stall.split("What you offer and ask", 1)
    assert "Band plakken" in waiting
    assert "Ketting smeren" in waiting
    assert "Wiel richten" not in waiting
    assert "Wiel richten" in rest


def test_a_stall_without_orders_counts_the_answers_to_choose_from(there: Market) -> None:
    answered(there, demand(there, "Wie laat mijn hond uit?"))

    stall = signed_in(there.ann_login).get(stall_of(there.ann.holder))

    assert "1 answer waits for your choice." in words(stall)
    assert f"/en/market/orders/answers/{Offer.objects.get().ref}/" in stall.content.decode()


def test_who_answered_finds_that_on_their_stall(there: Market) -> None:
    answered(there, demand(there, "Wie laat mijn hond uit?"))

    stall = words(signed_in(there.ben_login).get(stall_of(there.ben.holder)))

    assert "Wie laat mijn hond uit?" in stall
    assert "Ann de Vries has not chosen yet" in stall


@pytest.mark.parametrize("room", ["", "orders", "print"])
def test_nobody_finds_anothers_stall(there: Market, room: str) -> None:
    for login in (there.ann_login, there.cas_login, there.bea):
        assert signed_in(login).get(stall_of(there.shop.holder, room)).status_code == 404


def test_an_editor_sees_what_is_offered_and_not_who_ordered_it(there: Market) -> None:
    mandate(person=there.ben_login, principal=there.shop.holder, role=Role.EDITOR)
    placed(there, offer=supply(there, "Band plakken"))
    ben = signed_in(there.ben_login)

    stall = words(ben.get(stall_of(there.shop.holder)))

    assert "Band plakken" in stall
    assert "Ann de Vries" not in stall
    assert ben.get(stall_of(there.shop.holder, "orders")).status_code == 404
    assert ben.get(stall_of(there.shop.holder, "print")).status_code == 404


def test_who_has_but_their_own_stall_is_not_asked_which(there: Market) -> None:
    ann, sjoerd = signed_in(there.ann_login), signed_in(there.sjoerd)
    placed(there)

    assert ann.get("/en/market/desk/")["Location"] == stall_of(there.ann.holder)
    asked = words(sjoerd.get("/en/market/desk/"))
    assert "Shop Molenwijk 1 order waits" in asked


def test_a_board_finds_the_stall_of_its_neighbourhood(there: Market) -> None:
    assert there.neighbourhood.party.display_name in words(signed_in(there.bea).get("/en/market/desk/"))


def test_the_list_on_paper_holds_what_is_still_to_be_given(there: Market) -> None:
    placed(there, 2, offer=supply(there, "Band plakken", terms={"euro": 1_50}))
    accepted(there, offer=supply(there, "Ketting smeren"))
    delivered(there, offer=supply(there, "Wiel richten"))
    placed(there, offer=supply(there, "Kaart", terms={"is_voucher": True, "voucher_days": 9, "uses": 2}))

    paper = words(signed_in(there.sjoerd).get(stall_of(there.shop.holder, "print")))

    for said in ("Ann de Vries", "Band plakken", "2 pieces", "25.00", "3.00", "Ketting smeren"):
        assert said in paper
    for unsaid in ("Wiel richten", "Kaart"):
        assert unsaid not in paper


def test_who_asked_reads_the_answers_and_chooses_one(there: Market) -> None:
    offer = demand(there, "Wie laat mijn hond uit?", 5_00, stock=1)
    chosen = answered(there, offer, 4_00)
    ann = signed_in(there.ann_login)

    listed = words(ann.get(f"/en/market/orders/answers/{offer.ref}/"))
    looked = ann.get(f"/en/market/orders/answer/{chosen.ref}/choose/")
    form = carried(looked)
    first = ann.post(f"/en/market/orders/answer/{chosen.ref}/choose/", form)
    second = ann.post(f"/en/market/orders/answer/{chosen.ref}/choose/", form)

    for said in ("1 answer", "Ben de Vries", "4.00", "I have time."):
        assert said in listed
    for said in ("You have now 100.00", "You keep 96.00", "Choose Ben de Vries for 4.00"):
        assert said in words(looked)
    chosen.refresh_from_db()
    assert chosen.state == "CHOSEN"
    assert first["Location"] == second["Location"] == page_of(chosen.order)
    assert money(there.ann) == (100_00, 4_00)


def test_an_answer_can_be_declined(there: Market) -> None:
    one = answered(there, demand(there))
    ann = signed_in(there.ann_login)

    said = words(ann.post(f"/en/market/orders/answer/{one.ref}/decline/", follow=True))
    again = words(ann.post(f"/en/market/orders/answer/{one.ref}/decline/", follow=True))

    assert "Declined. Ben de Vries hears of it." in said
    assert "This is no longer possible: it has already been dealt with." in again
    assert Response.objects.get().state == "DECLINED"


def test_nobody_else_reads_the_answers_and_who_answered_cannot_choose_themself(there: Market) -> None:
    offer = demand(there)
    one = answered(there, offer)

    for login in (there.ben_login, there.cas_login, there.bea):
        client = signed_in(login)
        assert client.get(f"/en/market/orders/answers/{offer.ref}/").status_code == 404
        assert client.get(f"/en/market/orders/answer/{one.ref}/choose/").status_code == 404
        assert client.post(f"/en/market/orders/answer/{one.ref}/choose/").status_code == 404
        assert client.post(f"/en/market/orders/answer/{one.ref}/decline/").status_code == 404


def test_what_is_offered_has_no_answers(there: Market) -> None:
    offer = supply(there)

    assert signed_in(there.sjoerd).get(f"/en/market/orders/answers/{offer.ref}/").status_code == 404


def test_a_list_knows_whom_somebody_has_to_do_with_as_the_permission_does(there: Market) -> None:
    home = organisation("Home", kind=PartyKind.HOUSEHOLD)
    bakery = organisation("Bakery")
    mandate(person=there.ann_login, principal=home, role=Role.MEMBER)
    mandate(person=there.ben_login, principal=home, role=Role.OWNER)
    mandate(person=there.ann_login, principal=bakery, role=Role.EDITOR)
    twin, on = second_login(there.ann_login), day_of(AT)
    parties = [
        there.ann.holder,
        there.ben.holder,
        there.cas.holder,
        there.shop.holder,
        bakery,
        home,
        twin.person,
    ]

    for who in (there.ann_login.person, twin.person, there.sjoerd.person, there.cas_login.person):
        known = interests_of(who, on)
        for party in parties:
            counts = party.pk in known or party.canonical_id in known
            assert counts == has_interest(who, party, on), (who, party)


def test_the_account_page_leads_to_both(there: Market) -> None:
    delivered(there)
    placed(there, offer=supply(there, by=there.ben.holder))

    ann = words(signed_in(there.ann_login).get("/en/account/"))
    ben = words(signed_in(there.ben_login).get("/en/account/"))

    assert "1 order was delivered. Is all well?" in ann
    assert "1 thing waits for you." in ben


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_orders_asks_the_same_however_many_there_are(
    there: Market, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _ in range(number):
        placed(there)
    ann = signed_in(there.ann_login)

    with django_assert_num_queries(11):
        ann.get("/en/market/orders/")


@pytest.mark.parametrize("number", [1, 3])
def test_a_stall_asks_the_same_however_much_is_on_it(
    there: Market, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    shop = there.shop.holder
    for _ in range(number):
        placed(there, offer=supply(there))
        answered(there, demand(there, by=shop))
        respond(
            offer=demand(there, by=there.ben.holder), responder=shop, amount=4_00, text="", language="en",
            key=uuid.uuid4(), actor=actor(there.sjoerd, principal=shop), at=AT,
        )  # fmt: skip
    sjoerd = signed_in(there.sjoerd)

    with django_assert_num_queries(18):
        sjoerd.get(stall_of(shop))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_on_paper_and_the_sold_orders_ask_the_same_however_many_there_are(
    there: Market, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _ in range(number):
        placed(there)
    sjoerd = signed_in(there.sjoerd)

    with django_assert_num_queries(11):
        sjoerd.get(stall_of(there.shop.holder, "print"))
    with django_assert_num_queries(12):
        sjoerd.get(stall_of(there.shop.holder, "orders"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_answers_ask_the_same_however_many_there_are(
    there: Market, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    offer = demand(there)
    for count in range(number):
        login = person(f"Dirk{count}")
        resident(login, there.neighbourhood)
        open_for(there.neighbourhood, login.person)
        answered(there, offer, by=login)
    ann = signed_in(there.ann_login)

    with django_assert_num_queries(13):
        ann.get(f"/en/market/orders/answers/{offer.ref}/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_stalls_asks_the_same_however_many_there_are(
    there: Market, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for count in range(number):
        organisation(f"Bakery {count}", owner=there.ann_login)
    ann = signed_in(there.ann_login)

    with django_assert_num_queries(10):
        ann.get("/en/market/desk/")


def test_a_disagreement_stands_on_the_stall_and_waits_for_somebody_else(there: Market) -> None:
    disputed(there, offer=supply(there, "Band plakken"))

    stall = words(signed_in(there.sjoerd).get(stall_of(there.shop.holder)))

    assert "Nothing waits for you." in stall
    assert "Band plakken" in stall[stall.index("Disagreements") : stall.index("What you offer and ask")]


def test_who_sells_nothing_ahead_is_not_asked_for_vouchers(there: Market) -> None:
    supply(there, by=there.ben.holder)
    supply(there, by=there.ann.holder, terms={"is_voucher": True, "voucher_days": 9, "uses": 2})

    ann = words(signed_in(there.ann_login).get(stall_of(there.ann.holder)))
    ben = words(signed_in(there.ben_login).get(stall_of(there.ben.holder)))

    assert "Take vouchers" in ann
    assert "Take vouchers" not in ben
    assert "Open one to change its price, its number or its last day." in ben
