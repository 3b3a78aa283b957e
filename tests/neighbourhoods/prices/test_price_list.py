"""What the price list shows: all that is worth something today, what is going to change, and what was asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import translation

from neighbourhoods.models import Neighbourhood, ValuedItem, ValueVersion, ValueVote
from neighbourhoods.states import ValueState
from neighbourhoods.views.price_list import Row, listed
from tests.factories import democracy as votes
from tests.factories import values
from tests.factories.democracy import DAY, VOTING
from tests.factories.people import person
from tests.factories.residency import place
from tests.neighbourhoods.prices.conftest import TODAY

FUTURE = date(2026, 12, 5)


def listing(of: Neighbourhood, query: str = "", language: str = "en") -> dict[str, Any]:
    """What the page draws, without the page itself: a place with pages takes seconds to found."""
    with translation.override(language):
        return listed(of, RequestFactory().get(f"/{query}"))


def rows(shown: dict[str, Any]) -> dict[str, Row]:
    """The rows by name in the order of the list, those that are still to come behind them."""
    found = [row for branch in shown["branches"] for row in branch.rows] + shown["coming"]
    return {row.name: row for row in found}


def names(of: Neighbourhood, query: str = "", language: str = "en") -> list[str]:
    return list(rows(listing(of, query, language)))


def mark(item: ValuedItem) -> str:
    """What the list says beside an item."""
    (row,) = (row for row in rows(listing(item.neighbourhood)).values() if str(item.ref) in row.url)
    return row.mark.words if row.mark else ""


def vote(item: ValuedItem, *deciders: str, **box: Any) -> None:
    """A decision that is being voted on, by each of these in turn."""
    made = values.value_decision(item, state=ValueState.VOTING)
    for number, decider in enumerate(deciders, 1):
        urn = votes.box(item.neighbourhood, [person(f"{decider}{number}")], **box)
        ValueVote.objects.create(decision=made, number=number, decider=decider, box=urn)


class TestWhatIsInIt:
    def test_a_row_tells_what_it_is_worth_per_what_and_since_when(
        self, molenwijk: Neighbourhood, reading: ValuedItem, meal: ValuedItem
    ) -> None:
        found = rows(listing(molenwijk))

        told = [(row.amount, row.is_earned, row.per, row.since) for row in found.values()]
        assert sorted(told) == [
            (500, False, "costs, per piece", "1 January 2026"), (800, True, "you get, per hour", "1 March 2026"),
        ]  # fmt: skip

    def test_a_name_that_is_not_translated_stands_there_in_its_own_language(
        self, molenwijk: Neighbourhood, reading: ValuedItem, meal: ValuedItem
    ) -> None:
        def words(language: str) -> set[tuple[str, str]]:
            return {(row.name, row.lang) for row in rows(listing(molenwijk, language=language)).values()}

        assert words("en") == {("Reading at school", "en"), ("Maaltijd", "nl")}
        assert words("nl") == {("Voorlezen op school", "nl"), ("Maaltijd", "nl")}

    def test_what_falls_under_one_branch_stands_together_by_category_and_name(
        self, molenwijk: Neighbourhood
    ) -> None:
        first, second = values.category("tak-een", name="Een"), values.category("tak-twee", name="Twee")
        leaf = values.category("blad", name="Blad", parent=first)
        for name, of in (("zwemmen", second), ("Bakken", second), ("appels", leaf), ("Zingen", leaf)):
            values.worth(values.item(molenwijk, name, of=of), 100)

        shown = listing(molenwijk)["branches"]

        assert [(branch.name, [(row.category, row.name) for row in branch.rows]) for branch in shown] == [
            ("Een", [("Blad", "appels"), ("Blad", "Zingen")]), ("Twee", [("", "Bakken"), ("", "zwemmen")]),
        ]  # fmt: skip

    def test_what_has_no_value_any_more_or_never_had_one_is_not_there(
        self, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        values.worth(reading, None, on=TODAY)
        values.value_decision(values.item(molenwijk, "Ooit"), state=ValueState.CONSULTATION)

        assert (names(molenwijk), listing(molenwijk)["is_empty"]) == ([], True)

    def test_on_its_day_the_list_shows_the_new_value_and_not_the_evening_before(
        self, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        values.worth(reading, 900, on=date(2026, 12, 1))

        def shown(moment: str) -> int | None:
            with time_machine.travel(moment, tick=False):
                return rows(listing(molenwijk))["Reading at school"].amount

        # Midnight in Amsterdam.
        assert [shown("2026-11-30T22:59:59Z"), shown("2026-11-30T23:00:00Z")] == [800, 900]

    def test_another_place_has_a_list_of_its_own(self, molenwijk: Neighbourhood, reading: ValuedItem) -> None:
        sluiskade = place("Sluiskade", of=molenwijk.municipality)
        values.worth(values.item(sluiskade, "Iets anders"), 100)

        assert names(sluiskade) == ["Iets anders"]
        assert names(molenwijk) == ["Reading at school"]

    def test_a_long_list_has_pages(self, molenwijk: Neighbourhood, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("neighbourhoods.views.price_list.PER_PAGE", 2)
        for name in ("Een", "Twee", "Vier"):
            values.worth(values.item(molenwijk, name), 100)

        assert [names(molenwijk, f"?page={n}") for n in (1, 2, 9)] == [["Een", "Twee"], ["Vier"], ["Vier"]]


class TestWhatIsGoingToChange:
    @pytest.mark.parametrize(
        ("decided", "words"),
        [
            (900, "Goes up to 9.00 from 5 December 2026"),
            (700, "Goes down to 7.00 from 5 December 2026"),
            (800, "Stays 8.00, also from 5 December 2026"),
        ],
    )
    def test_what_was_decided_is_told_before_it_holds(
        self, reading: ValuedItem, decided: int, words: str
    ) -> None:
        values.value_decision(reading, state=ValueState.APPEAL, decided=decided, effective_on=FUTURE)

        assert mark(reading) == words

    def test_that_it_will_have_no_value_is_told(self, reading: ValuedItem) -> None:
        values.value_decision(reading, state=ValueState.APPEAL, is_ending=True, effective_on=FUTURE)

        assert mark(reading) == "No value any more from 5 December 2026"

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"decided": 900}, "Decided: 9.00. It does not hold yet."),
            ({"is_ending": True}, "Decided: no value any more. It does not hold yet."),
        ],
    )
    def test_when_its_day_is_past_and_something_stands_in_the_way_no_day_is_promised(
        self, reading: ValuedItem, more: dict[str, Any], words: str
    ) -> None:
        values.value_decision(reading, state=ValueState.APPEAL, effective_on=TODAY, **more)

        assert mark(reading) == words

    def test_an_open_vote_is_told_with_its_last_moment(self, reading: ValuedItem) -> None:
        vote(reading, "RESIDENTS")

        assert mark(reading) == "You can vote on this until 26 November, 21:00"

    def test_of_a_vote_that_is_over_it_is_not_said_that_one_can_vote(self, reading: ValuedItem) -> None:
        vote(reading, "RESIDENTS", state="CLOSED")

        assert mark(reading) == "The votes are being counted"

    def test_residents_are_not_called_to_a_vote_of_the_board(self, reading: ValuedItem) -> None:
        vote(reading, "RESIDENTS", "BOARD")

        assert mark(reading) == "The board is voting on this"

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            (ValueState.ADMITTED, "On the agenda"),
            (ValueState.CONSULTATION, "Open for reactions until 24 November, 12:00"),
            (ValueState.AWAITING_BOARD, "The board still has to confirm a new value"),
            (ValueState.AWAITING_CONSENT, "The municipality still has to agree to a new value"),
            (ValueState.DECIDED, "A new value is being decided"),
            (ValueState.DRAFT, ""),
            (ValueState.PROPOSED, ""),
            (ValueState.WITHDRAWN, ""),
        ],
    )
    def test_each_step_on_the_way_has_words_and_what_may_come_to_nothing_has_none(
        self, reading: ValuedItem, state: str, words: str
    ) -> None:
        values.value_decision(reading, state=state, consulted_until=VOTING + 3 * DAY)

        assert mark(reading) == words

    def test_what_was_decided_to_get_its_first_value_stands_below_the_list_until_it_has_it(
        self, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        new = values.item(molenwijk, "Computerhulp")
        made = values.value_decision(new, state=ValueState.APPEAL, decided=1000, effective_on=FUTURE)

        shown = listing(molenwijk)
        assert [row.name for row in shown["coming"]] == ["Computerhulp"]
        assert (shown["coming"][0].amount, mark(new)) == (None, "From 5 December 2026: 10.00")

        ValueVersion.objects.create(item=new, effective_on=TODAY, made_on=TODAY, amount=1000, decision=made)
        assert listing(molenwijk)["coming"] == []


class TestFinding:
    @pytest.fixture(autouse=True)
    def _things(self, reading: ValuedItem, meal: ValuedItem) -> None:
        tax = values.item(
            reading.neighbourhood, "Élise helpt met formulieren", about="Aangifte en toeslagen", of=reading.category
        )  # fmt: skip
        tax.tags.add("papierwerk")
        values.worth(tax, 1200)

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("reading", ["Reading at school"]),
            ("VOORLEZEN", ["Reading at school"]),  # in another language of the same thing
            ("élise", ["Élise helpt met formulieren"]),
            ("ÉLISE+formulier", ["Élise helpt met formulieren"]),
            ("toeslag", ["Élise helpt met formulieren"]),
            ("papier", ["Élise helpt met formulieren"]),
            ("eten", ["Maaltijd"]),  # its category
            ("reading+maaltijd", []),
            ("%25", []),
        ],
    )
    def test_every_word_must_occur_in_name_description_tag_or_category(
        self, molenwijk: Neighbourhood, asked: str, found: list[str]
    ) -> None:
        assert names(molenwijk, f"?q={asked}") == found

    @pytest.mark.parametrize(
        ("kind", "count"), [("activity", 2), ("good", 1), ("fee", 0), ("nonsense", 3), ("", 3)]
    )
    def test_a_kind_is_an_address_and_an_unknown_one_is_none(
        self, molenwijk: Neighbourhood, kind: str, count: int
    ) -> None:
        assert len(names(molenwijk, f"?kind={kind}")) == count

    def test_the_tabs_count_what_was_searched_for_and_keep_it(self, molenwijk: Neighbourhood) -> None:
        assert listing(molenwijk, "?q=e&kind=good")["tabs"] == [
            ("Everything", "?q=e", False, 3), ("To earn", "?q=e&kind=activity", False, 2),
            ("Products", "?q=e&kind=good", True, 1),
        ]  # fmt: skip

    def test_who_searches_is_not_shown_what_is_still_to_come(self, molenwijk: Neighbourhood) -> None:
        new = values.item(molenwijk, "Computerhulp")
        values.value_decision(new, state=ValueState.APPEAL, decided=1000, effective_on=FUTURE)

        assert "Computerhulp" in names(molenwijk)
        assert (names(molenwijk, "?q=maaltijd"), names(molenwijk, "?kind=good")) == (["Maaltijd"],) * 2
