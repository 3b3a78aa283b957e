"""The page of an offer in the tree: the same as at its own address, in the words of its page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from wagtail.models import Page

from marketplace.models import Offer, OfferPage
from marketplace.states import OfferState
from people.models import User
from tests.factories import neighbourhoods as make
from tests.factories.people import person
from tests.marketplace.offer_pages.scene import words

LEAD = "Voor een feest of een vergadering."


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """The day on which the seats of a founded neighbourhood run."""
    with time_machine.travel(f"{make.TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def page(db: None) -> OfferPage:
    make.found()
    made = make.offer_page(lead=LEAD)
    Offer.objects.update(until_on=date(2027, 12, 31))
    return made


def in_english(page: OfferPage) -> OfferPage:
    return OfferPage.objects.get(translation_key=page.translation_key, locale__language_code="en")


def read(page: Page, client: Client | None = None) -> Any:
    return (client or Client()).get(page.get_url())


def test_it_shows_the_whole_offer_under_the_words_of_its_page(page: OfferPage) -> None:
    shown = read(page)
    said = words(shown)

    assert shown.status_code == 200
    assert "Zaal De Wiek" in said
    assert "Voor een feest of een vergadering." in said
    assert "25,00" in said
    assert shown.content.decode().count("<h1") == 1
    assert b"ld+json" in shown.content


def test_an_old_draft_of_the_page_shows_the_price_and_the_number_of_now(page: OfferPage) -> None:
    OfferPage.objects.update(terms_amount=Decimal("1.00"))  # as if an older version was published again
    Offer.objects.update(stock=7)

    said = words(read(page))

    assert "25,00" in said
    assert "1,00" not in said
    assert "7" in said


def test_a_page_that_was_not_translated_says_so_and_marks_the_language_of_its_words(page: OfferPage) -> None:
    english = read(in_english(page)).content.decode()

    assert '<h1 lang="nl" dir="auto">Zaal De Wiek</h1>' in english


def test_the_plain_page_names_the_one_in_the_tree_as_the_one_to_keep(page: OfferPage) -> None:
    plain = Client().get(f"/nl/market/offers/{page.offer.ref}/").content.decode()

    assert f'<link rel="canonical" href="{page.get_full_url()}">' in plain


@pytest.mark.parametrize("state", [OfferState.PAUSED, OfferState.ENDED])
def test_what_is_off_the_market_is_not_found_in_the_tree_either(page: OfferPage, state: str) -> None:
    Offer.objects.update(state=state)

    assert read(page).status_code == 404


def test_an_editor_who_looks_at_a_draft_sees_the_terms_that_stand_there(page: OfferPage) -> None:
    root: User = person("Root", is_superuser=True, is_staff=True)
    page.terms_amount = Decimal("30.00")
    page.title = "Grote zaal"
    Offer.objects.update(state=OfferState.DRAFT)

    response = page.make_preview_request(extra_request_attrs={"user": root})

    said = words(response.render() if hasattr(response, "render") else response)
    assert "Grote zaal" in said
    assert "30,00" in said
