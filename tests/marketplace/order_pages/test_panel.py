"""The appeals panel at a disagreement with the neighbourhood itself: its list, its mail, the page of the order."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from pytest_django import DjangoAssertNumQueries, Settings

from marketplace.views.orders.panel import panel_entry
from people.models import PersonDetails, Role, User
from tests.factories.market import Market
from tests.factories.people import mandate, person
from tests.marketplace.order_pages.scene import page_of, signed_in, words
from tests.marketplace.orders.scene import disputed
from tests.marketplace.orders.test_with_board import bought_by_board, sold_by_board

LIST = "/en/market/orders/panel/"


@pytest.fixture
def pia(there: Market, settings: Settings) -> User:
    """Sits on the appeals panel, and reads English."""
    settings.STAFF_SECOND_FACTOR = False
    login = person("Pia", email="pia@example.org")
    mandate(person=login, principal=there.neighbourhood.municipality, role=Role.APPEALS)
    PersonDetails.objects.filter(party=login.person).update(language="en")
    return User.objects.get(pk=login.pk)


def test_the_panel_finds_what_waits_on_its_account_page_and_on_a_list(there: Market, pia: User) -> None:
    order, between_others = sold_by_board(there), disputed(there)
    client = signed_in(pia)

    assert LIST in client.get("/en/account/").content.decode()
    listed = client.get(LIST).content.decode()
    assert page_of(order) in listed
    assert page_of(between_others) not in listed


def test_nobody_else_finds_that_list(there: Market) -> None:
    sold_by_board(there)

    for login in (there.bea, there.ann_login, there.sjoerd):
        client = signed_in(login)
        assert client.get(LIST).status_code == 404
        assert LIST not in client.get("/en/account/").content.decode()


def test_on_the_page_of_the_order_the_panel_takes_it_on_and_settles_it(there: Market, pia: User) -> None:
    order, client = sold_by_board(there), signed_in(pia)

    assert "I take this on" in words(client.get(page_of(order)))
    client.post(page_of(order, "mediate"))
    client.post(
        page_of(order, "resolve"), {"who": "shared", "awarded": "5", "ruling": "Both are a little right."}
    )

    order.refresh_from_db()
    assert (order.state, order.paid) == ("RESOLVED", 5_00)
    page = words(client.get(page_of(order)))
    assert "Somebody of the appeals panel took it on" in page


def test_the_two_read_who_listens_and_what_happens_when_nobody_does(there: Market, pia: User) -> None:
    order = bought_by_board(there)

    page = words(signed_in(there.sjoerd).get(page_of(order)))

    assert "Somebody of the appeals panel listens to you both" in page
    assert "Then the seller is paid" in page
    assert "I take this on" not in words(signed_in(there.bob).get(page_of(order)))


def test_the_panel_gets_the_mail_and_the_board_only_as_a_side(there: Market, pia: User) -> None:
    sold_by_board(there)

    wrong = [letter for letter in mail.outbox if re.search("wrong|mis", str(letter.subject))]
    assert {to for letter in wrong for to in letter.to} >= {"pia@example.org"}
    to_pia = next(letter for letter in wrong if letter.to == ["pia@example.org"])
    assert "appeals panel of the municipality" in to_pia.body


def test_what_the_board_says_as_a_side_reaches_who_took_it_on(there: Market, pia: User) -> None:
    order = sold_by_board(there)
    signed_in(pia).post(page_of(order, "mediate"))
    mail.outbox.clear()

    say(signed_in(there.bea), page_of(order), "We mended it.")

    assert ["pia@example.org"] in [letter.to for letter in mail.outbox]


def say(client: Any, page: str, text: str) -> None:
    found = re.search(r'name="form_id" value="([^"]+)"', client.get(page).content.decode())
    assert found is not None
    client.post(f"{page}say/", {"form_id": found[1], "text": text})


@pytest.mark.parametrize("number", [1, 3])
def test_the_way_there_costs_who_is_on_no_panel_one_question(
    there: Market, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _number in range(number):
        disputed(there)
    request = signed_in(there.ann_login).get("/en/account/").wsgi_request
    panel_entry(request)  # who it is was asked

    with django_assert_num_queries(1):
        assert panel_entry(request) is None
