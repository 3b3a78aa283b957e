"""What can be done, as a list: for everybody, by day or each activity once, chosen by what fits somebody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from marketplace.queries import activity_list
from marketplace.states import ActivityState, ParticipationState, ShiftState
from tests.factories import values
from tests.factories.activities import AT, DAY, Season, activity, season, shift, takes_part
from tests.factories.neighbourhoods import found
from tests.marketplace.activity_browse.scene import ALL, HERE, rows, said, signed_in, titles


class TestForEverybody:
    def test_a_row_says_when_who_where_and_what_a_shift_earns(self, there: Season) -> None:
        shift(activity(there), AT + 2 * DAY, hours=2.5, places=3)

        (row,) = rows()

        assert (row.title, row.language, row.hours) == ("Koffie schenken", "nl", "10:00 to 12:30")
        assert [words for words, _language in row.meta] == ["Football club Molenwijk", "Wiekplein 1"]
        assert (row.earns, row.also, row.coin) == (15_00, "6.00 per hour", there.coin)
        assert (row.phase, row.places) == ("open", "3 places left")
        page = said(Client().get(HERE))
        assert "+15.00" in page
        assert "1 found." in page

    def test_what_is_worth_something_each_time_earns_just_that(self, there: Season) -> None:
        walk = values.item(there.neighbourhood, "Wandelen", unit="TURN")
        values.worth(walk, 4_00)
        shift(activity(there, "Wandelen", item=walk), hours=3)

        (row,) = rows()

        assert (row.earns, row.also) == (4_00, "each time")

    def test_what_has_no_value_yet_promises_nothing(self, there: Season) -> None:
        shift(activity(there, "Breien", item=values.item(there.neighbourhood, "Breien")))

        (row,) = rows()

        assert row.earns is None
        assert "has no value now" in said(Client().get(HERE))

    def test_who_takes_a_place_and_who_waits(self, there: Season) -> None:
        that = shift(activity(there), places=1)
        takes_part(that, there.ann.person)
        takes_part(that, there.ben.person, ParticipationState.WAITING)

        (row,) = rows()

        assert (row.phase, row.places) == ("no", "full · waiting list")

    def test_who_took_it_back_leaves_a_place(self, there: Season) -> None:
        takes_part(shift(activity(there), places=1), there.ann.person, ParticipationState.WITHDRAWN)

        assert rows()[0].places == "1 place left"

    def test_who_signed_up_sees_so_and_need_not_queue(self, there: Season) -> None:
        coffee = activity(there)
        takes_part(shift(coffee, AT + DAY, places=1), there.ann.person)
        takes_part(shift(coffee, AT + 2 * DAY), there.ann.person, ParticipationState.WAITING)
        takes_part(shift(coffee, AT + 3 * DAY), there.ann.person, ParticipationState.WITHDRAWN)

        mine, others = signed_in(there.ann).get(HERE), signed_in(there.ben).get(HERE)

        assert [(row.phase, row.places) for row in mine.context["rows"]] == [
            ("done", "you come"), ("half", "you are on the waiting list"), ("open", "2 places left"),
        ]  # fmt: skip
        assert others.context["rows"][0].places == "full · waiting list"

    def test_work_that_suits_is_one_step_away_for_who_is_signed_in(self, there: Season) -> None:
        way = reverse("work")

        assert way in signed_in(there.ann).get(HERE).content.decode()
        assert way not in Client().get(HERE).content.decode()

    @pytest.mark.parametrize("state", [one for one in ActivityState if one != ActivityState.PUBLISHED])
    def test_only_what_is_open_is_there(self, there: Season, state: ActivityState) -> None:
        shift(activity(there, state=state))

        assert titles() == []

    def test_what_began_or_was_called_off_is_not_there(self, there: Season) -> None:
        one = activity(there)
        shift(one, AT)
        shift(one, AT - timedelta(hours=1))
        shift(one, AT + DAY, state=ShiftState.CANCELLED)

        assert titles() == []

    def test_markup_in_words_is_shown_as_it_was_typed(self, there: Season) -> None:
        shift(activity(there, "<b>Koffie</b>", place="<script>alert(1)</script>"))

        page = Client().get(f"{HERE}?q=%3Cscript%3Ealert(2)%3C/script%3E").content.decode()
        page += Client().get(HERE).content.decode()

        assert "<script>alert" not in page
        assert "&lt;b&gt;Koffie&lt;/b&gt;" in page

    def test_a_neighbourhood_that_is_not_there_is_not_found(self, there: Season) -> None:
        for address in (f"{ALL}in/nergens/", f"{ALL}in/nergens/calendar.ics", f"{ALL}in/%00/"):
            assert Client().get(address).status_code == 404, address

    def test_nothing_to_do_says_what_one_can_think_up(self, there: Season) -> None:
        page = said(Client().get(HERE))

        assert "Nothing is planned yet." in page
        assert "Post an activity" in page


class TestOrder:
    def test_what_begins_first_is_on_top(self, there: Season) -> None:
        shift(activity(there, "Later"), AT + 3 * DAY)
        shift(activity(there, "Eerder"), AT + DAY)

        assert titles() == ["Eerder", "Later"]

    def test_what_earns_most_can_be_on_top_and_what_has_no_value_is_last(self, there: Season) -> None:
        dear = values.item(there.neighbourhood, "Duur")
        values.worth(dear, 9_00)
        shift(activity(there, "Niets", item=values.item(there.neighbourhood, "Niets")), AT + DAY)
        shift(activity(there, "Zes"), AT + 2 * DAY)
        shift(activity(there, "Negen", item=dear), AT + 3 * DAY)

        assert titles("sort=earns") == ["Negen", "Zes", "Niets"]
        assert titles("sort=earns&view=once") == ["Negen", "Zes", "Niets"]

    def test_the_newest_can_be_on_top(self, there: Season) -> None:
        shift(activity(there, "Oud"), AT + DAY)
        shift(activity(there, "Nieuw", at=AT + timedelta(minutes=1)), AT + 2 * DAY)

        assert titles("sort=new") == ["Nieuw", "Oud"]
        assert titles("sort=new&view=once") == ["Nieuw", "Oud"]

    def test_each_activity_once_says_how_many_shifts_it_has_and_when_the_first_is(
        self, there: Season
    ) -> None:
        coffee = activity(there)
        for days in (1, 2, 9):
            shift(coffee, AT + days * DAY)
        shift(activity(there, "Wandelen"), AT + 3 * DAY)

        first, second = rows("view=once")

        assert (first.title, first.places, first.begins_at) == ("Koffie schenken", "3 shifts", AT + DAY)
        assert (first.earns, first.also, first.hours) == (6_00, "per hour", "")
        assert (second.title, second.places) == ("Wandelen", "1 shift")
        assert [count for _label, _url, _current, count in Client().get(HERE).context["tabs"]] == [4, 2]

    def test_once_counts_only_the_shifts_that_fit_the_search(self, there: Season) -> None:
        coffee = activity(there)
        for days in (1, 2, 9):
            shift(coffee, AT + days * DAY)

        assert [row.places for row in rows("view=once&when=week")] == ["2 shifts"]


class TestChoosing:
    """AT is a Sunday, ten in the morning."""

    @pytest.mark.parametrize(
        ("query", "days"),
        [
            ("when=today", [0]),
            ("when=tomorrow", [1]),
            ("when=weekend", [0]),  # it is Sunday: this one, not the next
            ("when=week", [0, 1, 6]),
            ("on=2026-11-28", [6]),
            ("on=2026-11-28&when=today", [6]),
            ("", [0, 1, 6, 7]),
        ],
    )
    def test_by_day(self, there: Season, query: str, days: list[int]) -> None:
        for number in (0, 1, 6, 7):
            shift(activity(there, str(number)), AT + number * DAY + timedelta(hours=1))

        assert titles(query) == [str(number) for number in days]

    def test_a_day_begins_and_ends_at_midnight_where_the_neighbourhood_is(self, there: Season) -> None:
        # 23:30 in UTC is half past midnight in Amsterdam: the next day.
        shift(activity(there, "Nacht"), AT.replace(hour=23, minute=30))

        assert titles("when=today") == []
        assert titles("when=tomorrow") == ["Nacht"]

    def test_by_words_of_its_title(self, there: Season) -> None:
        shift(activity(there, "Koffie schenken"))
        shift(activity(there, "Wandelen"))

        assert titles("q=koffie") == ["Koffie schenken"]
        assert titles("q=thee") == []
        assert titles("q=%22%27") == []

    def test_by_what_it_earns(self, there: Season) -> None:
        shift(activity(there))

        assert titles("min=6.00") == ["Koffie schenken"]
        assert titles("min=6.01") == []

    def test_by_a_free_place(self, there: Season) -> None:
        takes_part(shift(activity(there, "Vol"), places=1), there.ann.person)
        shift(activity(there, "Vrij"), places=1)

        assert titles("free=yes") == ["Vrij"]

    @pytest.mark.parametrize(
        ("asked", "field"),
        [("steps", "step_free"), ("toilet", "accessible_toilet"), ("seated", "seated"), ("quiet", "quiet")],
    )
    def test_by_what_makes_it_fit(self, there: Season, asked: str, field: str) -> None:
        shift(activity(there, "Niet"))
        shift(activity(there, "Wel", **{field: True}))

        assert titles(f"access={asked}") == ["Wel"]

    def test_what_makes_it_fit_has_to_hold_all_at_once(self, there: Season) -> None:
        shift(activity(there, "Een", quiet=True))
        shift(activity(there, "Beide", quiet=True, seated=True))

        assert titles("access=quiet&access=seated") == ["Beide"]

    def test_by_a_language_that_is_spoken_there(self, there: Season) -> None:
        shift(activity(there, "Taal", spoken="Nederlands, Arabisch en Turks"))
        shift(activity(there, "Anders", spoken="Nederlands"))

        choices = Client().get(HERE).context["languages_spoken"]

        assert [one.label for one in choices] == ["Arabisch", "Nederlands", "Turks"]
        assert titles("spoken=turks") == ["Taal"]

    def test_by_category_with_the_number_of_each(self, there: Season) -> None:
        green = values.item(there.neighbourhood, "Schoffelen", of=values.category("groen", cpa="81"))
        values.worth(green, 5_00)
        shift(activity(there, "Schoffelen", item=green))
        for days in (1, 2):
            shift(activity(there, f"Koffie {days}"), AT + days * DAY)

        page = Client().get(f"{HERE}?category=groen").context

        assert [row.title for row in page["rows"]] == ["Schoffelen"]
        assert sorted((one.value, one.number, one.is_chosen) for one in page["categories"]) == [
            ("groen", 1, True),
            (there.item.category.slug, 2, False),
        ]
        assert page["pages"].paginator.count == 1

    def test_in_other_neighbourhoods_too(self, there: Season) -> None:
        elsewhere = season("Sluiskade", "NL20INGB0001234567")
        shift(activity(there, "Hier"), AT + DAY)
        shift(activity(elsewhere, "Daar"), AT + 2 * DAY)

        assert titles() == ["Hier"]
        assert titles("where=all") == ["Hier", "Daar"]
        assert titles(path=ALL) == ["Hier", "Daar"]
        assert [words for words, _language in rows("where=all")[1].meta][1] == "Sluiskade"

    def test_each_choice_can_be_left_out_again(self, there: Season) -> None:
        query = "q=koffie&when=week&min=3.00&where=all&free=yes&access=quiet&spoken=turks&sort=earns"

        chosen = dict(Client().get(f"{HERE}?{query}").context["chosen"])

        assert len(chosen) == 7
        assert chosen["earns at least 3.00"] == f"{HERE}?{query.replace('min=3.00&', '')}"

    def test_what_nobody_understands_is_left_out_and_said(self, there: Season) -> None:
        shift(activity(there))

        page = Client().get(
            f"{HERE}?when=ooit&on=2026-02-30&min=veel&category=x&sort=y&page=z&access=%00&q=%00"
        )

        assert [row.title for row in page.context["rows"]] == ["Koffie schenken"]
        assert len(page.context["here"].left_out) == 5
        assert "Write a day as 2026-11-25." in said(page)

    def test_with_htmx_the_answer_is_the_list_alone_and_its_address(self, there: Season) -> None:
        shift(activity(there))

        part = Client().get(f"{HERE}?sort=soon&when=week", headers={"HX-Request": "true"})

        assert part["HX-Push-Url"] == f"{HERE}?when=week"
        assert b"<html" not in part.content
        assert b'id="activities-found"' in part.content


class TestManyPages:
    def test_a_long_list_has_pages_and_the_last_has_the_rest(self, there: Season) -> None:
        coffee = activity(there)
        for days in range(1, 24):
            shift(coffee, AT + days * DAY)

        assert [len(rows(f"page={page}")) for page in (1, 2, 99)] == [20, 3, 3]

    def test_more_than_are_counted_have_no_numbers(
        self, there: Season, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(activity_list, "MOST", 2)
        green = values.item(there.neighbourhood, "Schoffelen", of=values.category("groen", cpa="81"))
        shift(activity(there, "Schoffelen", item=green), AT + 9 * DAY)
        coffee = activity(there)
        for days in (1, 2, 3):
            shift(coffee, AT + days * DAY)

        page = Client().get(f"{HERE}?category=groen").context

        assert [row.title for row in page["rows"]] == ["Schoffelen"]
        assert page["pages"].paginator.count == 1
        assert [count for _label, _url, _current, count in page["tabs"]] == [None, None]
        assert all(one.number is None for one in page["categories"])


class TestQueries:
    @pytest.mark.parametrize("number", [1, 3])
    @pytest.mark.parametrize(
        "query", ["", "view=once", "q=koffie&min=3&free=yes&sort=earns&when=week&access=quiet"]
    )
    def test_a_page_costs_the_same_however_much_there_is(
        self,
        client: Client,
        there: Season,
        number: int,
        query: str,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for one in range(number):
            takes_part(shift(activity(there, quiet=True), AT + DAY + timedelta(hours=one)), there.ann.person)

        # Place, categories, numbers (two), rows, languages; and the frame of a site without pages.
        with django_assert_num_queries(6 + 2):
            assert len(client.get(f"{HERE}?{query}").context["rows"]) == number
        with django_assert_num_queries(6 + 1):
            client.get(f"{ALL}?{query}")

    @pytest.mark.parametrize("number", [1, 3])
    def test_with_the_frame_of_a_real_place_it_is_twelve(
        self, client: Client, there: Season, number: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        zonneveld = found("Zonneveld")
        for _one in range(number):
            shift(activity(there, neighbourhood=zonneveld))
        client.get("/en/market/activities/in/zonneveld/")  # where pages stand is then remembered

        with django_assert_num_queries(12):
            assert len(client.get("/en/market/activities/in/zonneveld/").context["rows"]) == number
