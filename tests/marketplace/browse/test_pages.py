"""The market as a page: for everybody, in few queries, with an address for every state, with and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.queries import listing
from neighbourhoods.models import Neighbourhood
from tests.factories.market import Market, demand, supply
from tests.factories.neighbourhoods import found
from tests.marketplace.browse.scene import draw

HERE, ALL = "/en/market/in/molenwijk/", "/en/market/"


def context(client: Client, url: str = HERE, **headers: str) -> dict[str, Any]:
    found = client.get(url, headers=headers).context
    return {name: found[name] for name in found.keys()}  # noqa: SIM118 - a list of dicts, which knows its keys


class TestForEverybody:
    def test_what_is_offered_costs_and_what_is_wanted_is_earned(self, client: Client, there: Market) -> None:
        supply(
            there, "Band plakken", 12_50, text={"summary": "Klaar terwijl je wacht."}, place="Molenstraat 4"
        )
        demand(there, "Hond uitlaten", 4_00, terms={"unit": "TURN"})

        rows = {row.title: row for row in context(client)["rows"]}

        mend, dog = rows["Band plakken"], rows["Hond uitlaten"]
        assert (mend.is_demand, mend.verb, mend.also, mend.language) == (False, "costs", "", "nl")
        assert [words for words, _language in mend.meta] == [
            "Shop Molenwijk",
            "Molenstraat 4",
            "Klaar terwijl je wacht",
        ]
        assert (dog.is_demand, dog.verb, dog.also) == (True, "you get", "each time")
        page = client.get(HERE).content.decode()
        assert '<span class="amount amount--earn">' in page
        assert "+4.00" in page

    def test_markup_in_words_is_shown_as_it_was_typed(self, client: Client, there: Market) -> None:
        supply(there, "<b>Band</b>", text={"summary": "<script>alert(1)</script>"})

        page = client.get(f"{HERE}?q=%3Cscript%3Ealert(2)%3C/script%3E").content.decode()
        page += client.get(HERE).content.decode()

        assert "<script>alert" not in page
        assert "&lt;b&gt;Band&lt;/b&gt;" in page

    def test_the_market_of_all_says_where_each_is(
        self, client: Client, there: Market, sluiskade: Neighbourhood
    ) -> None:
        supply(there, neighbourhood=sluiskade)

        page = context(client, ALL)

        assert [words for words, _language in page["rows"][0].meta] == ["Shop Molenwijk", "Sluiskade"]
        assert ("sluiskade", "Sluiskade") in page["here"].places
        assert page["ask_url"] == ""
        assert 'href="/en/market/desk/"' in client.get(ALL).content.decode()

    def test_who_misses_something_asks_and_who_has_something_offers(
        self, client: Client, there: Market
    ) -> None:
        page = client.get(HERE).content.decode()

        assert 'href="/en/market/offers/new/molenwijk/?direction=DEMAND"' in page
        assert 'href="/en/market/offers/new/molenwijk/?direction=SUPPLY"' in page

    def test_what_is_sold_out_is_called_so(self, client: Client, there: Market) -> None:
        supply(there, stock=0)

        assert "Sold out." in client.get(HERE).content.decode()

    def test_a_neighbourhood_that_is_not_there_is_not_found(self, client: Client, there: Market) -> None:
        assert client.get("/en/market/in/atlantis/").status_code == 404

    def test_what_was_left_out_is_said_and_the_rest_is_searched(self, client: Client, there: Market) -> None:
        supply(there)

        page = client.get(f"{HERE}?q=band&kind=weapon&page=x&view=hologram")

        assert page.status_code == 200
        assert "We do not know “weapon”." in page.content.decode()
        assert len(page.context["rows"]) == 1

    def test_nobody_posts_to_a_list(self, client: Client, there: Market) -> None:
        assert client.post(HERE).status_code == 405


class TestAddresses:
    def test_each_choice_can_be_taken_back(self, client: Client, there: Market) -> None:
        page = context(client, f"{HERE}?q=band&kind=good&max=20&where=all")

        assert page["chosen"] == [
            ("“band”", f"{HERE}?kind=good&max=20.00&where=all"),
            ("product", f"{HERE}?q=band&max=20.00&where=all"),
            ("up to 20.00", f"{HERE}?q=band&kind=good&where=all"),
            ("in all neighbourhoods", f"{HERE}?q=band&kind=good&max=20.00"),
        ]
        assert page["clear_url"] == HERE

    def test_a_distance_says_from_where_and_the_map_stays(self, client: Client, there: Market) -> None:
        page = context(client, f"{HERE}?q=band&km=1&view=map")

        assert page["chosen"] == [
            ("“band”", f"{HERE}?km=1&view=map"),
            ("at most 1 kilometre from Molenwijk", f"{HERE}?q=band&view=map"),
        ]

    def test_a_price_that_is_none_stays_in_its_field_with_what_is_wrong(
        self, client: Client, there: Market
    ) -> None:
        page = client.get(f"{HERE}?min=abc&max=9").content.decode()

        assert '<details class="filters" open>' in page
        assert 'value="abc" inputmode="decimal" autocomplete="off" aria-invalid="true"' in page
        assert "Enter an amount, for example 4.00." in page
        assert 'name="max" value="9.00"' in page
        assert '<details class="filters">' in client.get(HERE).content.decode()

    def test_tabs_keep_the_search_and_count_it(self, client: Client, there: Market) -> None:
        supply(there)
        demand(there, "Band gezocht")
        demand(there)

        page = context(client, f"{HERE}?q=band&direction=demand&page=2")

        assert [(url, current, number) for _which, _label, url, current, number in page["tabs"]] == [
            (f"{HERE}?q=band", False, 2),
            (f"{HERE}?q=band&direction=supply", False, 1),
            (f"{HERE}?q=band&direction=demand", True, 1),
        ]
        assert page["status"] == "1 found."
        assert page["canonical_url"] == f"http://testserver{HERE}?q=band&direction=demand"

    def test_pages_hold_twenty_and_a_number_that_is_none_shows_one(
        self, client: Client, there: Market
    ) -> None:
        for _number in range(21):
            supply(there)

        assert len(context(client)["rows"]) == 20
        assert len(context(client, f"{HERE}?page=2")["rows"]) == 1
        assert len(context(client, f"{HERE}?page=99")["rows"]) == 1
        assert len(context(client, f"{HERE}?page=nought")["rows"]) == 20

    def test_no_number_is_shown_that_was_not_counted(
        self, client: Client, there: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(listing, "MOST", 1)
        supply(there)
        supply(there)

        page = context(client)

        assert page["status"].startswith("More than 1,000 found.")
        assert {number for *_, number in page["tabs"]} == {None}
        assert {choice.number for choice in [*page["kinds"], *page["categories"]]} == {None}


class TestWithScripts:
    def test_htmx_gets_the_list_alone_and_the_written_address(self, client: Client, there: Market) -> None:
        supply(there)

        answer = client.get(f"{HERE}?q=band&direction=&min=&page=1", headers={"HX-Request": "true"})

        text = answer.content.decode()
        assert "<html" not in text
        assert text.count("hx-swap-oob") == 3
        assert answer["HX-Push-Url"] == f"{HERE}?q=band"
        assert "HX-Request" in answer["Vary"]

    def test_going_back_gets_the_whole_page(self, client: Client, there: Market) -> None:
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

        assert "<html" in client.get(HERE, headers=headers).content.decode()


class TestMap:
    def test_each_offer_with_a_place_has_a_number_on_the_map_and_in_the_list(
        self, client: Client, there: Market
    ) -> None:
        supply(there, "Nowhere")
        supply(there, "In the middle", latitude=52.30, longitude=4.90)
        supply(there, "In Groningen", latitude=53.22, longitude=6.57)
        supply(there, "Beside it", latitude=52.3001, longitude=4.9001)
        supply(there, "North", latitude=52.309, longitude=4.9)

        page = context(client, f"{HERE}?view=map")

        assert {row.title: row.number for row in page["rows"]} == {
            "North": 1, "Beside it": 2, "In Groningen": 0, "In the middle": 3, "Nowhere": 0,
        }  # fmt: skip
        north, middle = page["map"].marks
        assert (north.words, middle.words) == ("1", "2 3")
        assert (round(middle.x), round(middle.y)) == (50, 50)
        assert north.y < 20
        assert page["map_label"] == "Map of Molenwijk. 3 of the 5 in the list are on it."

    def test_a_name_stands_where_no_number_covers_it(self, client: Client, there: Market) -> None:
        supply(there, latitude=52.30, longitude=4.90)

        page = context(client, f"{HERE}?view=map")

        (outline,), (mark,) = page["map"].outlines, page["map"].marks
        assert abs(outline.y - mark.y) > 9

    def test_a_place_that_nobody_drew_has_a_list_and_a_sentence(self, client: Client, there: Market) -> None:
        supply(there)
        there.neighbourhood.area = None
        there.neighbourhood.save()

        page = client.get(f"{HERE}?view=map")

        assert page.context["map"] is None
        assert "There is no map of this neighbourhood yet" in page.content.decode()


class TestQueries:
    @pytest.mark.parametrize("number", [1, 3])
    @pytest.mark.parametrize(
        "query", ["", "q=band&kind=service&category=fietsen&direction=supply&stock=yes&sort=cheap"]
    )
    def test_a_page_costs_the_same_however_much_there_is(
        self,
        client: Client,
        there: Market,
        number: int,
        query: str,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _one in range(number):
            supply(there)

        with django_assert_num_queries(
            4 + 2
        ):  # place, categories, numbers, rows; and the frame of a site without pages
            client.get(f"{HERE}?{query}")
        with django_assert_num_queries(4 + 1):  # places, categories, numbers, rows
            client.get(f"{ALL}?{query}")

    @pytest.mark.parametrize("number", [1, 3])
    def test_with_the_frame_of_a_real_place_it_is_ten_at_most(
        self, client: Client, there: Market, number: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        zonneveld = found("Zonneveld")
        draw(zonneveld, "WK123403", 52.3)
        for _one in range(number):
            supply(there, neighbourhood=zonneveld)

        client.get("/en/market/in/zonneveld/")  # where pages stand is then remembered

        with django_assert_num_queries(10):
            assert len(client.get("/en/market/in/zonneveld/").context["rows"]) == number
        with django_assert_num_queries(10):
            assert client.get("/en/market/in/zonneveld/?view=map&km=5&sort=near&where=all").context["map"]
        with django_assert_num_queries(8):
            client.get(ALL)

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_front_page_of_a_neighbourhood_asks_the_market_once(
        self, client: Client, there: Market, number: int
    ) -> None:
        zonneveld = found("Zonneveld")
        for one in range(number):
            supply(there, str(one), neighbourhood=zonneveld)

        page = client.get("/en/dijkstad/zonneveld/")

        assert [row.title for row in page.context["market_rows"]] == ["2", "1", "0"][3 - number :]
        assert page.context["market_url"] == "/en/market/in/zonneveld/"
