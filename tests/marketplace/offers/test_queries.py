from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.utils.translation import override

from marketplace.models import Offer, OfferText
from marketplace.operations import offers
from marketplace.queries.offers import (
    fingerprint,
    offer_at,
    offers_of,
    on_market,
    text_of,
    waiting_in,
    with_all,
)
from marketplace.states import OfferState
from marketplace.units import OfferUnit
from neighbourhoods.queries.items import name_of_category, words_of
from tests.factories.market import AT, Market, demand, market, supply
from tests.factories.people import actor, organisation, person
from tests.factories.residency import second_login
from tests.factories.values import category, item
from tests.marketplace.offers.making import DAY, TODAY, drafted, published, submitted, terms


def test_an_offer_is_found_at_its_address(there: Market) -> None:
    made = supply(there)

    assert offer_at(made.ref) == made
    assert offer_at(uuid.uuid4()) is None


def test_the_words_come_in_the_language_asked_for_and_else_in_that_of_the_offer(there: Market) -> None:
    made = supply(there, "Band plakken")
    OfferText.objects.create(offer=made, language="en", title="Mend a tyre")

    assert text_of(made, "en").title == "Mend a tyre"
    with override("en"):
        assert text_of(made).title == "Mend a tyre"
    OfferText.objects.filter(language="en").delete()
    assert text_of(made, "en").title == "Band plakken"


def test_an_offer_without_words_still_has_a_title(there: Market) -> None:
    made = supply(there)
    made.texts.all().delete()

    assert text_of(made).title == "–"


def test_on_the_market_is_what_is_published_and_not_past_its_last_day(there: Market) -> None:
    out = supply(there, terms={"until_on": TODAY})
    for state in (OfferState.DRAFT, OfferState.SUBMITTED, OfferState.PAUSED, OfferState.ENDED):
        supply(there, state=state)

    assert list(on_market(TODAY)) == [out]
    assert list(on_market(TODAY + DAY)) == []


def test_what_somebody_offers_is_found_under_all_their_numbers_and_is_nobody_elses(there: Market) -> None:
    twin = second_login(there.ann_login)
    first, second = demand(there, by=there.ann.holder), demand(there, by=twin.person)
    demand(there, by=there.ben.holder)

    assert set(offers_of(twin.person)) == {first, second}


def test_the_board_sees_what_waits_in_its_own_neighbourhood_the_oldest_first(there: Market) -> None:
    new = submitted(there, there.ann_login)
    old = submitted(there, there.ben_login, at=AT - DAY)
    drafted(there, there.ann_login)
    other = market("Dorpwijk", "NL02ABNA0123456789")
    submitted(other, other.ann_login)

    assert list(waiting_in(there.neighbourhood)) == [old, new]


def test_a_page_and_its_offer_as_the_board_reads_them_have_one_sign(there: Market) -> None:
    made = submitted(there, there.ann_login, tags=["b", "a"])
    found = offer_at(made.ref)

    assert found is not None
    assert fingerprint(found) == fingerprint(made)
    offers.publish(offer=made, seen=fingerprint(found), actor=actor(there.bea), at=AT)


@pytest.mark.parametrize("number", [1, 3])
def test_all_about_any_number_of_offers_takes_the_same_queries(
    there: Market, number: int, django_assert_num_queries: Any
) -> None:
    for which in range(number):
        valued = item(there.neighbourhood, f"Ding {which}")
        by = organisation(f"Zaak {which}") if which % 2 else person(f"Iemand {which}").person
        made = supply(
            there, by=by, category=category(f"tak{which}", parent=there.category),
            terms={"item": valued, "unit": OfferUnit.HOUR},
        )  # fmt: skip
        made.tags.set([f"woord{which}"])

    with django_assert_num_queries(8):
        for offer in with_all(Offer.objects.order_by("pk")):
            assert offer.terms is not None
            assert offer.terms.item is not None
            assert text_of(offer).title
            assert name_of_category(offer.category)
            assert words_of(offer.terms.item).name
            assert offer.provider.display_name
            assert offer.neighbourhood.coin.name
            assert offer.category.parent
            assert [tag.name for tag in offer.tags.all()]
            assert [place.neighbourhood for place in offer.terms.places.all()] == []


def test_the_last_day_shown_is_that_of_the_terms_in_force(there: Market) -> None:
    made = published(there, there.ann_login, terms=terms(until_on=TODAY + 9 * DAY))

    assert made.terms is not None
    assert (made.until_on, made.terms.until_on) == (TODAY + 9 * DAY, TODAY + 9 * DAY)
