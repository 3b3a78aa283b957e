"""Searching in a statement, and what a statement costs: the same for an account with a thousand times as much in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from ledger.kinds import AccountKind
from ledger.models import TransferNote
from ledger.operations import charge_back
from ledger.queries import Statement, balance_on, statement
from tests.factories.ledger import AT, SYSTEM, Town, account, fund, key, town
from tests.ledger.statements import amounts, numbers, pay, pay_often

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)


@pytest.fixture
def molen() -> Town:
    """Ann has 100 coins, which came in as her first booking."""
    made = town()
    fund(made, made.ann, 100_00)
    return made


@pytest.fixture
def shopping(molen: Town) -> Town:
    """Ann paid Ben for bread and cake, Cas for a course, and the shop without a word."""
    pay(molen.ann, molen.ben, 12_50, "bread", note="Twee broden en één taart")
    pay(molen.ann, molen.cas, 30_00, "course", note="Cursus TAAL")
    pay(molen.ann, molen.shop, 4_00, "shop")
    return molen


def found(town: Town, text: str, **more: Any) -> list[int]:
    return amounts(statement(town.ann, search=text, **more))


class TestSearch:
    @pytest.mark.parametrize(
        ("text", "paid"),
        [
            ("taal", [-30_00]),
            ("cursus taal", [-30_00]),
            ("taal   CURSUS", [-30_00]),
            ("ta", [-30_00, -12_50]),
            ("ÉÉN TAART", [-12_50]),
            ("taart cursus", []),
            ("100%", []),
            ("_", []),
            ("'; DROP TABLE", []),
            ("\0", []),
        ],
    )
    def test_it_finds_notes_that_have_all_the_words(self, shopping: Town, text: str, paid: list[int]) -> None:
        assert found(shopping, text) == paid

    @pytest.mark.parametrize("text", ["12,50", "12.50", " 12,50 ", "€ 12,50", "-12,50", "−12,50", "+12.50"])
    def test_it_finds_an_amount_as_it_is_typed(self, shopping: Town, text: str) -> None:
        assert found(shopping, text) == [-12_50]

    def test_it_finds_an_amount_whichever_way_it_went(self, shopping: Town) -> None:
        pay(shopping.cas, shopping.ann, 4_00, "back")

        assert found(shopping, "4") == [4_00, -4_00]

    def test_a_thousand_is_typed_as_the_language_has_it(self, molen: Town) -> None:
        fund(molen, molen.ann, 1_234_00)

        with translation.override("nl"):
            assert found(molen, "1.234") == [1_234_00]
        assert found(molen, "1,234") == [1_234_00]

    def test_it_finds_the_address_of_the_other_side_or_a_group_of_it(self, shopping: Town) -> None:
        address = shopping.cas.address

        for text in (address, address.lower(), f" {address[:4]} {address[4:8]}-{address[8:]}", address[4:]):
            assert found(shopping, text) == [-30_00]
        assert -30_00 in found(shopping, address[4:8])

    @pytest.mark.parametrize(
        ("text", "paid"),
        [
            ("shop", [-4_00]),
            ("ben de vries", [-12_50]),
            ("VRIES", [-30_00, -12_50]),
            ("ben taart", [-12_50]),
            ("ben taal", []),
        ],
    )
    def test_it_finds_the_name_of_the_other_side(self, shopping: Town, text: str, paid: list[int]) -> None:
        assert found(shopping, text) == paid

    def test_its_own_name_finds_nothing(self, shopping: Town) -> None:
        assert found(shopping, "Ann") == []

    def test_it_finds_a_pot_by_its_name_and_not_what_somebody_calls_an_account_of_theirs(
        self, shopping: Town
    ) -> None:
        pot = account(shopping, "Dirk", kind=AccountKind.POT, label="Soepfonds", funder=shopping.pot.funder)
        secret = account(shopping, "Eva", label="Spaarpot")
        pay(shopping.ann, pot, 1_00, "pot")
        pay(shopping.ann, secret, 2_00, "secret")

        assert found(shopping, "soepfonds") == [-1_00]
        assert found(shopping, "spaarpot") == []

    def test_who_is_erased_is_not_found_by_the_old_name(self, shopping: Town) -> None:
        holder = shopping.ben.holder
        type(holder).objects.filter(pk=holder.pk).update(erased_at=AT)

        assert found(shopping, "ben") == []
        assert found(shopping, "former participant") == [-12_50]

    def test_less_than_a_group_of_an_address_finds_nothing(self, shopping: Town) -> None:
        assert found(shopping, shopping.cas.address[:3]) == []

    def test_the_accounts_own_address_finds_nothing(self, shopping: Town) -> None:
        assert found(shopping, shopping.ann.address) == []

    @pytest.mark.parametrize("text", ["", " ", "\t\n"])
    def test_nothing_typed_is_no_search(self, shopping: Town, text: str) -> None:
        assert found(shopping, text) == [-4_00, -30_00, -12_50, 100_00]

    def test_a_word_of_another_persons_booking_is_not_found(self, shopping: Town) -> None:
        pay(shopping.ben, shopping.cas, 1_00, "secret", note="Cursus zwemmen")

        assert found(shopping, "zwemmen") == []

    def test_it_keeps_to_the_period(self, shopping: Town) -> None:
        pay(shopping.ann, shopping.ben, 7_00, "later", at=AT + timedelta(days=1), note="Taart")

        assert found(shopping, "taart", until_on=DAY) == [-12_50]
        assert found(shopping, "taart", from_on=DAY + timedelta(days=1)) == [-7_00]

    @pytest.mark.parametrize("period", [{}, {"until_on": DAY}])
    def test_what_was_found_comes_in_pages(self, shopping: Town, period: dict[str, date]) -> None:
        words: dict[str, Any] = {"search": "ta", "limit": 1, **period}
        first = statement(shopping.ann, **words)
        second = statement(shopping.ann, before=first.next, **words)

        assert [amounts(first), amounts(second)] == [[-30_00], [-12_50]]
        assert [first.searched_to, second.searched_to, second.next] == [None, None, None]


@pytest.fixture
def long() -> Town:
    """Ann has 5,003 bookings; her second, fourth and last are for a course."""
    made = town()
    fund(made, made.ann, 100_00, at=AT - timedelta(days=6_000))
    pay_often(made.ann, made.ben, 5_002)
    courses = TransferNote.objects.filter(transfer__payer=made.ann, transfer__payer_no__in=[2, 4, 5_003])
    courses.update(text="Course")
    return made


class TestLongAgo:
    """Of an account with thousands of bookings a search looks at 5,000, and says how far it came."""

    def test_it_says_how_far_it_came_and_can_go_on_from_there(self, long: Town) -> None:
        first = statement(long.ann, search="course")
        second = statement(long.ann, search="course", before=first.next)

        assert [numbers(first), numbers(second)] == [[5_003, 4], [2]]
        assert (first.next, first.searched_to) == ("4", DAY - timedelta(days=4_999))
        assert (second.next, second.searched_to) == (None, None)

    def test_so_it_does_in_a_period(self, long: Town) -> None:
        words: dict[str, Any] = {"search": "course", "from_on": date(2000, 1, 1), "until_on": DAY}
        first = statement(long.ann, **words)
        second = statement(long.ann, **words, before=first.next)

        edge = DAY - timedelta(days=4_999)
        assert [numbers(first), numbers(second)] == [[5_003, 4], [2]]
        assert (first.next, first.searched_to) == (f"{edge}.4", edge)
        assert (second.next, second.searched_to) == (None, None)

    def test_a_page_that_is_full_before_that_goes_on_behind_its_last_line(self, long: Town) -> None:
        page = statement(long.ann, search="course", limit=1)

        assert (numbers(page), page.next, page.searched_to) == ([5_003], "5003", None)

    def test_finding_nothing_is_said_with_how_far_it_came(self, long: Town) -> None:
        page = statement(long.ann, search="nothing like it")

        assert (page.lines, page.next) == ([], "4")

    def test_without_a_search_a_page_is_a_page_however_many_there_are(self, long: Town) -> None:
        page = statement(long.ann, before="2500", limit=3)

        assert (numbers(page), page.next) == ([2499, 2498, 2497], "2497")


KINDS_OF_STATEMENT = pytest.mark.parametrize(
    ("words", "queries"),
    [
        ({}, 3),
        ({"search": "taart"}, 3),
        ({"before": "9"}, 3),
        ({"from_on": date(2026, 1, 1)}, 5),
        ({"until_on": DAY, "search": "taart"}, 5),
        ({"until_on": DAY, "before": "2026-11-22.9"}, 5),
    ],
)


def names(page: Statement) -> list[str]:
    return [line.counterparty.holder.display_name for line in page.lines if line.note == "Taart"]


class TestCost:
    @KINDS_OF_STATEMENT
    def test_three_lines_with_three_people_cost_what_one_costs(
        self, django_assert_num_queries: DjangoAssertNumQueries, words: dict[str, Any], queries: int
    ) -> None:
        molen = town()
        dirk, eva = account(molen, "Dirk"), account(molen, "Eva")
        fund(molen, molen.ann, 100_00)
        pay(molen.ann, dirk, 1, "first", note="Taart")
        with django_assert_num_queries(queries):
            assert names(statement(molen.ann, **words)) == ["Dirk de Vries"]

        for other in (eva, molen.shop):
            paid = pay(molen.ann, other, 1, f"{other.pk}", note="Taart")
            charge_back(transfer=paid, key=key(f"back {other.pk}"), actor=SYSTEM, at=AT)
        with django_assert_num_queries(queries):
            assert names(statement(molen.ann, **words)) == ["Shop MOLEN", "Eva de Vries", "Dirk de Vries"]

    @KINDS_OF_STATEMENT
    def test_the_bookings_of_others_are_never_looked_through(
        self, shopping: Town, words: dict[str, Any], queries: int
    ) -> None:
        fund(shopping, shopping.ben, 100_00)
        pay_often(shopping.ben, shopping.cas, 3_000)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

        with CaptureQueriesContext(connection) as asked:
            assert statement(shopping.ann, **words).lines

        assert [read_whole(one["sql"]) for one in asked.captured_queries] == [set()] * queries

    def test_the_balance_of_a_day_is_one_look(
        self, shopping: Town, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        fund(shopping, shopping.ben, 100_00)
        pay_often(shopping.ben, shopping.cas, 3_000)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

        with django_assert_num_queries(1) as asked:
            assert balance_on(shopping.ben, DAY - timedelta(days=2_000)) == 112_50 - 1_000
        assert read_whole(asked.captured_queries[0]["sql"]) == set()


LARGE = {"ledger_transfer", "ledger_transfernote"}


def read_whole(sql: str) -> set[str]:
    """Which of the tables that grow without end the database means to read from one end to the other."""
    read = on_postgres(sql) if connection.vendor == "postgresql" else on_sqlite(sql)
    return LARGE & set(read)


def on_sqlite(sql: str) -> Iterator[str]:
    """The tables that are scanned, or skipped through (ANY). What a question calls U0 the plan calls so too."""
    called = {name: table for table, name in re.findall(r'"(\w+)" (U\d)\b', sql)}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        steps = [step.split() for *_numbers, step in cursor.fetchall()]
    assert "SEARCH" in {step[0] for step in steps}
    yield from (
        called.get(step[1], step[1]) for step in steps if step[0] == "SCAN" or "(ANY" in " ".join(step)
    )


def on_postgres(sql: str) -> Iterator[str]:
    """The tables that are read without an index being told which rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        (told,) = cursor.fetchone()
    steps = [(json.loads(told) if isinstance(told, str) else told)[0]["Plan"]]
    while steps:
        step = steps.pop()
        steps.extend(step.get("Plans", []))
        if "Relation Name" in step and not {"Index Cond", "Recheck Cond"} & step.keys():
            yield step["Relation Name"]
