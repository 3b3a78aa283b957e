"""Which offers a search finds, in which order, and how many there are of each sort."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils.http import urlencode
from pytest_django import DjangoAssertNumQueries

from marketplace.models import Offer, OfferKind, OfferReach, OfferText, OpeningTime
from marketplace.queries import listing as listings
from neighbourhoods.models import Neighbourhood
from tests.factories import values
from tests.factories.market import AT, Market, demand, supply
from tests.marketplace.browse.scene import listing, titles

HOUR = timedelta(hours=1)


def names(offer: Offer, there: Market) -> None:
    """Its terms name Molenwijk."""
    assert offer.terms is not None
    OfferReach.objects.create(terms=offer.terms, neighbourhood=there.neighbourhood)


class TestWhatIsFound:
    def test_only_what_is_on_the_market_until_its_last_day(self, there: Market) -> None:
        supply(there, "Band plakken", terms={"until_on": date(2026, 11, 22)})
        for state in ("DRAFT", "SUBMITTED", "RETURNED", "PAUSED", "ENDED"):
            supply(there, f"Not {state}", state=state)

        assert titles() == ["Band plakken"]
        assert titles(at=AT + timedelta(days=1)) == []

    def test_a_market_shows_its_own_and_what_names_it(self, there: Market, sluiskade: Neighbourhood) -> None:
        supply(there, "Own")
        named = supply(there, "Named", neighbourhood=sluiskade, terms={"reach": "NAMED"}, at=AT + HOUR)
        names(named, there)
        supply(there, "For those of Sluiskade", neighbourhood=sluiskade)
        once = supply(there, "No longer named", neighbourhood=sluiskade, terms={"reach": "HERE"})
        names(once, there)

        assert titles(place=there.neighbourhood) == ["Named", "Own"]
        assert len(titles("where=all", there.neighbourhood)) == len(titles()) == 4

    def test_words_are_found_by_how_they_begin_each_of_them(self, there: Market) -> None:
        supply(there, "Band plakken", text={"summary": "Ook op zaterdag"})
        supply(there, "Bandje opnemen", at=AT - HOUR)

        assert titles("q=band") == ["Band plakken", "Bandje opnemen"]
        assert titles("q=BAND+zater") == ["Band plakken"]
        assert titles("q=and") == titles("q=band+maandag") == titles("q=%26%7C%21") == []

    @pytest.mark.parametrize(
        "words", ["'", "a'b", "%", "_", "a:*", "!", "\\", "(", "fiets & !tuin", "²", "İ", "tui\x00n x"]
    )
    def test_no_sign_is_a_command_to_the_database(self, there: Market, words: str) -> None:
        supply(there, "Tuin")
        assert titles(urlencode({"q": words})) == []

    def test_direction_kind_category_and_tag(self, there: Market) -> None:
        eten = values.category("eten", cpa="56")
        koken = values.category("koken", cpa="56.2", parent=eten)
        supply(there, "Soep", category=koken, kind=OfferKind.GOOD)
        demand(there, "Wie kookt?", category=koken)
        supply(there, "Fietsles", kind=OfferKind.COURSE).tags.add("zaterdag")

        assert titles("direction=demand") == ["Wie kookt?"]
        assert titles("kind=good&kind=course") == ["Fietsles", "Soep"]
        assert sorted(titles("category=eten")) == sorted(titles("category=koken")) == ["Soep", "Wie kookt?"]
        assert titles("tag=zaterdag") == ["Fietsles"]
        assert titles("tag=zondag") == []

    def test_prices_the_lowest_and_highest_included(self, there: Market) -> None:
        for price in (399, 400, 500, 501):
            supply(there, str(price), price)

        assert titles("min=4&max=5&sort=cheap") == ["400", "500"]
        assert titles("max=4&sort=dear") == ["400", "399"]
        assert titles("min=5.01") == ["501"]

    def test_what_is_all_taken_cannot_be_ordered_now(self, there: Market) -> None:
        supply(there, "Taken", stock=0)
        supply(there, "One left", stock=1)
        supply(there, "Without end")

        assert sorted(titles("stock=yes")) == ["One left", "Without end"]

    def test_open_now_is_this_minute_where_the_neighbourhoods_are(self, there: Market) -> None:
        supply(there, "Open")
        demand(there, "Never said when")
        OpeningTime.objects.create(
            provider=there.shop.holder, weekday=7, opens_at=time(10), closes_at=time(10, 30)
        )

        assert titles("open=now") == ["Open"]  # Sunday, ten o'clock in Amsterdam and nine in UTC
        assert titles("open=now", at=AT - timedelta(minutes=1)) == []
        assert titles("open=now", at=AT + timedelta(minutes=29)) == ["Open"]
        assert titles("open=now", at=AT + timedelta(minutes=30)) == []
        assert titles("open=now", at=AT + timedelta(days=1)) == []


class TestDistance:
    def test_within_so_many_kilometres_of_the_middle(self, there: Market, sluiskade: Neighbourhood) -> None:
        supply(there, "Nine tenths", latitude=52.308, longitude=4.9, at=AT)
        supply(there, "Eleven tenths", latitude=52.310, longitude=4.9, at=AT)
        supply(there, "At the middle", at=AT)
        supply(there, "East", latitude=52.30, longitude=4.914, at=AT)
        supply(there, "In Sluiskade", neighbourhood=sluiskade, at=AT)

        near = titles("km=1&where=all&sort=near", there.neighbourhood)

        assert near == ["At the middle", "Nine tenths", "East"]
        assert titles("km=10&near=molenwijk&sort=near") == [*near, "Eleven tenths"]
        assert titles("km=25&near=sluiskade&sort=near")[0] == "In Sluiskade"

    def test_nothing_is_near_a_place_that_nobody_drew(self, there: Market, sluiskade: Neighbourhood) -> None:
        supply(there)
        sluiskade.area = None
        sluiskade.save()

        assert titles("km=25&near=sluiskade") == []
        assert titles("sort=near&near=sluiskade") == ["Band plakken"]


class TestOrder:
    def test_newest_cheapest_dearest_and_soonest(self, there: Market) -> None:
        supply(there, "A", 300, at=AT, terms={"until_on": date(2027, 1, 3)})
        supply(there, "B", 100, at=AT - HOUR, terms={"until_on": date(2027, 1, 2)})
        supply(there, "C", 200, at=AT - 2 * HOUR, terms={"until_on": date(2027, 1, 4)})

        assert titles() == ["A", "B", "C"]
        assert titles("sort=cheap") == ["B", "C", "A"]
        assert titles("sort=dear") == ["A", "C", "B"]
        assert titles("sort=ends") == ["B", "A", "C"]

    def test_pages_follow_each_other_and_nothing_stands_on_two(self, there: Market) -> None:
        for number in range(5):
            supply(there, str(number))
        found = listing()

        pages = [found.rows(start=start, number=2) for start in (0, 2, 4)]

        assert [offer.told["title"] for page in pages for offer in page] == ["4", "3", "2", "1", "0"]  # type: ignore[attr-defined]


class TestWords:
    def test_the_readers_language_then_the_offers_own(self, there: Market) -> None:
        both = supply(there, "Band plakken")
        OfferText.objects.create(offer=both, language="en", title="Tyres mended")
        supply(there, "Suppe", language="de", at=AT - HOUR)

        rows = [offer.told for offer in listing().rows()]  # type: ignore[attr-defined]

        assert [(row["title"], row["language"]) for row in rows] == [("Tyres mended", "en"), ("Suppe", "de")]


class TestCounts:
    def test_each_filter_says_how_many_there_would_be(self, there: Market) -> None:
        eten = values.category("eten", cpa="56")
        supply(there, category=eten, kind=OfferKind.GOOD)
        supply(there)
        demand(there, category=eten)

        counts = listing("direction=supply&category=eten").counts()

        assert (counts.total, counts.is_bounded) == (1, False)
        assert counts.directions == {"SUPPLY": 1, "DEMAND": 1}
        assert counts.kinds == {"GOOD": 1}
        assert counts.categories == {eten.pk: 1, there.category.pk: 1}

    def test_above_what_is_counted_no_number_is_given(
        self, there: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(listings, "MOST", 2)
        for _number in range(4):
            supply(there)
        demand(there)

        whole, part = listing().counts(), listing("direction=demand").counts()

        assert (whole.total, whole.is_bounded) == (None, True)
        assert (part.total, part.is_bounded) == (1, True)

    @pytest.mark.parametrize("number", [1, 3])
    def test_rows_and_numbers_are_a_query_each(
        self, there: Market, number: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _one in range(number):
            supply(there)
        found = listing("q=band&kind=service")

        with django_assert_num_queries(1):
            found.counts()
        with django_assert_num_queries(1):
            assert [offer.provider.display_name for offer in found.rows()] == ["Shop Molenwijk"] * number
