"""What pages of the tree show of taking part: the front of a place, the page about it, the face of an activity."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.models import Activity, ActivityPage
from marketplace.states import ActivityState
from marketplace.views.activities.faces import activities_on_front
from tests.factories import neighbourhoods as make
from tests.factories.activities import AT, DAY, Season, activity, shift
from tests.marketplace.activity_browse.scene import said

FRONT = "/en/dijkstad/zonneveld/"


@pytest.fixture
def zonneveld(there: Season) -> Any:
    """A neighbourhood with pages; what is done there is organised by the club of Molenwijk."""
    return make.found("Zonneveld")


class TestTheFront:
    def test_a_window_is_lit_for_each_shift_of_the_coming_seven_days(
        self, there: Season, zonneveld: Any
    ) -> None:
        coffee = activity(there, neighbourhood=zonneveld)
        for days in (0.1, 1, 6, 7, 30):  # the last two are not in it
            shift(coffee, AT + days * DAY)
        shift(activity(there), AT + DAY)  # elsewhere
        shift(activity(there, neighbourhood=zonneveld, state=ActivityState.PAUSED), AT + DAY)

        page = Client().get(FRONT)

        assert page.context["lit"] == 3
        assert "Lights are on in 3 windows" in page.content.decode()
        assert page.content.decode().count('class="gables__lit"') >= 1

    def test_without_shifts_no_light_is_on(self, there: Season, zonneveld: Any) -> None:
        page = Client().get(FRONT)

        assert page.context["lit"] == 0
        assert "No light is on" in page.content.decode()
        assert "Nothing is planned for this week" in said(page)

    def test_what_begins_first_stands_there_with_what_it_earns(self, there: Season, zonneveld: Any) -> None:
        coffee = activity(there, neighbourhood=zonneveld)
        for days in range(1, 7):
            shift(coffee, AT + days * DAY)

        page = Client().get(FRONT)

        assert [row.begins_at for row in page.context["activity_rows"]] == [
            AT + days * DAY for days in range(1, 5)
        ]
        assert "All 6 shifts" in said(page)
        assert 'href="/en/market/activities/in/zonneveld/?when=week"' in page.content.decode()
        assert '"#to-do"' in page.content.decode()
        assert 'id="to-do"' in page.content.decode()

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_two_questions_however_much_there_is(
        self, there: Season, zonneveld: Any, number: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        coffee = activity(there, neighbourhood=zonneveld)
        for days in range(number):
            shift(coffee, AT + (days + 1) * DAY)
        page = make.root_of(zonneveld)
        request = Client().get(FRONT).wsgi_request
        assert page.neighbourhood.slug == "zonneveld"  # read once, as by the page itself

        with django_assert_num_queries(2):
            assert len(activities_on_front(page, request)["activity_rows"]) == number


def test_the_page_about_taking_part_leads_to_all_that_can_be_done(there: Season, zonneveld: Any) -> None:
    page = make.activities_page(zonneveld)
    shift(activity(there, neighbourhood=zonneveld))

    shown = Client().get(page.get_url())

    assert [row.title for row in shown.context["activity_rows"]] == ["Koffie schenken"]
    assert "/nl/market/activities/in/zonneveld/" in shown.content.decode()
    assert "/nl/market/post/in/zonneveld/" in shown.content.decode()


class TestTheFaceOfAnActivity:
    @pytest.fixture
    def page(self, there: Season, zonneveld: Any) -> ActivityPage:
        coffee = activity(there, neighbourhood=zonneveld)
        return make.activity_page(coffee, lead="In de woorden van de pagina.", asks="Een schort.")

    def test_it_shows_the_whole_activity_in_the_words_of_its_page(self, page: ActivityPage) -> None:
        shown = Client().get(page.get_url())

        assert shown.status_code == 200
        assert "In de woorden van de pagina." in said(shown)
        assert "Een schort." in said(shown)
        assert "+6,00" in said(shown)
        assert shown.content.decode().count("<h1") == 1

    def test_the_plain_address_names_the_page_as_the_one_to_keep(self, page: ActivityPage) -> None:
        shown = Client().get(f"/nl/market/activities/{page.activity.ref}/")

        assert shown.context["canonical_url"] == page.get_full_url()

    def test_a_page_of_what_is_not_open_is_not_there(self, page: ActivityPage) -> None:
        Activity.objects.update(state=ActivityState.PAUSED)

        assert Client().get(page.get_url()).status_code == 404
