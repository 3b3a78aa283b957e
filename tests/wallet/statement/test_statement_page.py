"""The statement on its page: searched, of a period, part by part."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from ledger.kinds import TransferKind
from ledger.models import Account, Transfer
from ledger.operations import block_account, transfer
from ledger.receipts import receipt_number
from people.models import Role, User
from tests.factories.people import mandate, organisation, person
from tests.factories.residency import second_login
from tests.factories.wallet import AT, SYSTEM, Place, key, open_for


def as_(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client


def pay(there: Place, amount: int, note: str, at: datetime = AT, payee: Account | None = None) -> Transfer:
    return transfer(
        payer=there.ann, payee=payee or there.shop, amount=amount, kind=TransferKind.PAYMENT, note=note,
        key=key(f"{note} {at}"), actor=SYSTEM, at=at,
    )  # fmt: skip


def statement(there: Place, **query: str) -> Any:
    return as_(there.ann_login).get(reverse("statement", args=[there.ann.address]), query)


def titles(answer: Any) -> list[str]:
    return [one.title for one in answer.context["bookings"]]


# --- What is found -------------------------------------------------------------------------------------------------


def test_each_line_says_what_for_with_whom_the_balance_after_it_and_leads_to_its_receipt(
    there: Place,
) -> None:
    paid = pay(there, 4_00, "Bread")

    page = statement(there).content.decode()

    receipt = reverse("receipt", args=[there.ann.address, receipt_number(paid.pk)])
    assert f'<a class="st-what" href="{receipt}">Bread</a>' in page
    assert there.shop.holder.display_name in page
    assert '<bdi dir="ltr">−4.00</bdi>' in page
    assert '<bdi dir="ltr">96.00</bdi>' in page


@pytest.mark.parametrize("words", ["bread", "BREAD brown", "4.00", "−4", "brown"])
def test_a_search_finds_words_and_amounts(there: Place, words: str) -> None:
    pay(there, 4_00, "Brown bread")
    pay(there, 5_00, "Soup")

    assert titles(statement(there, q=words)) == ["Brown bread"]


def test_a_search_finds_an_address_in_groups(there: Place) -> None:
    pay(there, 4_00, "Bread")
    pay(there, 5_00, "Soup", payee=there.ben)

    assert titles(statement(there, q=f"{there.ben.address[:4]} {there.ben.address[4:8]}")) == ["Soup"]


def test_what_is_not_there_is_said_with_a_way_out(there: Place) -> None:
    page = statement(there, q="boat").content.decode()

    assert "Nothing was found here" in page
    assert f'href="{reverse("statement", args=[there.ann.address])}"' in page


def test_who_has_no_bookings_reads_that_nothing_happened(there: Place) -> None:
    page = as_(there.ben_login).get(reverse("statement", args=[there.ben.address])).content.decode()

    assert "Nothing came in or went out yet" in page
    assert "Nothing was found here" not in page


def test_a_search_that_stopped_says_how_far_it_came_and_goes_on(
    there: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("ledger.queries.statement"), "SEARCHED", 3)
    pay(there, 1_00, "Boat", AT)
    for number in range(4):
        pay(there, 1_00, f"Bread {number}", AT + timedelta(days=1 + number))

    first = statement(there, q="boat")
    further = as_(there.ann_login).get(first.context["older"])

    assert (titles(first), titles(further)) == ([], ["Boat"])
    assert "We searched back to 24 November 2026" in first.content.decode()
    assert "Nothing was found here" not in first.content.decode()


# --- Part by part --------------------------------------------------------------------------------------------------


def test_older_lines_are_one_press_away_and_so_are_the_newest(there: Place) -> None:
    for number in range(51):
        pay(there, 10, f"Bread {number}")

    first = statement(there)
    second = as_(there.ann_login).get(first.context["older"])

    assert len(titles(first)) == 50
    assert titles(second) == ["Bread 0", "Paid in"]
    assert second.context["older"] == ""
    assert f'href="{reverse("statement", args=[there.ann.address])}">' in second.content.decode()
    assert "To the newest" in second.content.decode()
    assert "To the newest" not in first.content.decode()


def test_older_lines_of_a_search_in_a_period_keep_both(there: Place) -> None:
    for number in range(51):
        pay(there, 10, f"Bread {number}")

    first = statement(there, q="bread", **{"from": "2026-11-01"})
    second = as_(there.ann_login).get(first.context["older"])

    assert titles(second) == ["Bread 0"]
    assert second.context["asked"]["from"] == date(2026, 11, 1)


@pytest.mark.parametrize("place_in_it", ["nonsense", "2026-11-22.1", "-1", "9" * 40, "0'; --"])
def test_a_place_that_is_none_is_said_and_leads_back(there: Place, place_in_it: str) -> None:
    page = statement(there, before=place_in_it)

    assert page.status_code == 200
    assert "This part of the statement cannot be found" in page.content.decode()


# --- Periods -------------------------------------------------------------------------------------------------------


def test_a_period_counts_both_days_and_says_what_there_was_before_and_after(there: Place) -> None:
    pay(there, 1_00, "Before", AT + timedelta(days=1))
    pay(there, 2_00, "First", AT + timedelta(days=2))
    pay(there, 3_00, "Last", AT + timedelta(days=3))
    pay(there, 4_00, "After", AT + timedelta(days=4))

    answer = statement(there, **{"from": "2026-11-24", "until": "2026-11-25"})

    assert titles(answer) == ["Last", "First"]
    assert (answer.context["page"].opening, answer.context["page"].closing) == (99_00, 94_00)
    assert "Balance before 24 November 2026" in answer.content.decode()
    assert "Balance after 25 November 2026" in answer.content.decode()


def test_days_are_local_over_the_end_of_a_year_and_where_the_clock_changes(there: Place) -> None:
    """Amsterdam is an hour ahead in winter and two in summer: 2026-12-31 23:30 UTC is the new year there."""
    pay(there, 1_00, "Old year", datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    pay(there, 2_00, "New year", datetime(2026, 12, 31, 23, 0, tzinfo=UTC))
    pay(there, 3_00, "Before summer", datetime(2027, 3, 27, 22, 59, tzinfo=UTC))
    pay(there, 4_00, "The short day", datetime(2027, 3, 27, 23, 0, tzinfo=UTC))
    pay(there, 5_00, "Still that day", datetime(2027, 3, 28, 21, 59, tzinfo=UTC))
    pay(there, 6_00, "The day after", datetime(2027, 3, 28, 22, 0, tzinfo=UTC))

    assert titles(statement(there, **{"from": "2027-01-01", "until": "2027-01-01"})) == ["New year"]
    assert titles(statement(there, until="2026-12-31")) == ["Old year", "Paid in"]
    day = {"from": "2027-03-28", "until": "2027-03-28"}
    assert titles(statement(there, **day)) == ["Still that day", "The short day"]


def test_months_and_the_year_are_one_press_away(there: Place) -> None:
    periods = statement(there, q="bread").context["periods"]

    words = {one.label: one.url.partition("?")[2] for one in periods}
    assert words == {
        "Everything": "q=bread",
        "This month": "q=bread&from=2027-04-01&until=2027-04-02",
        "Last month": "q=bread&from=2027-03-01&until=2027-03-31",
        "This year": "q=bread&from=2027-01-01&until=2027-04-02",
    }
    assert [one.label for one in periods if one.is_chosen] == ["Everything"]


def test_the_chosen_period_is_marked(there: Place) -> None:
    answer = statement(there, **{"from": "2027-03-01", "until": "2027-03-31"})

    assert [one.label for one in answer.context["periods"] if one.is_chosen] == ["Last month"]


def test_in_january_last_month_is_that_of_the_year_before(there: Place) -> None:
    with time_machine.travel(datetime(2027, 1, 15, 12, 0, tzinfo=UTC), tick=False):
        last = statement(there).context["periods"][2].url

    assert last.endswith("?from=2026-12-01&until=2026-12-31")


@pytest.mark.parametrize(
    "day", ["nonsense", "2026-02-30", "0001-01-01", "9999-12-31", "2026-13-01", "99999-01-01"]
)
def test_a_day_that_is_none_is_said_beside_its_field(there: Place, day: str) -> None:
    answer = statement(there, **{"from": day})

    assert answer.status_code == 200
    assert answer.context["form"].errors == {"from": ["Enter a day, for example 2026-11-30."]}
    assert titles(answer) == []


def test_a_day_may_be_typed_as_dutch_people_write_it(there: Place) -> None:
    assert statement(there, until="30-11-2026").context["asked"]["until"] == date(2026, 11, 30)


def test_a_period_that_ends_before_it_begins_is_said(there: Place) -> None:
    answer = statement(there, **{"from": "2026-11-30", "until": "2026-11-01"})

    assert not any(one.is_chosen for one in answer.context["periods"])
    assert answer.context["form"].errors == {
        "until": ["The last day comes before the first. Change one of the two."]
    }


def test_words_without_end_or_with_signs_that_are_none_are_said(there: Place) -> None:
    assert statement(there, q="x" * 101).context["form"].errors == {"q": ["Search with fewer words."]}
    assert statement(there, q="a\x00b").context["form"].errors["q"]
    assert "<script>" not in statement(there, q="<script>").content.decode()


def test_in_dutch_days_and_amounts_are_dutch(there: Place) -> None:
    pay(there, 4_00, "Brood")

    with translation.override("nl"):
        page = statement(there, q="4,00").content.decode()

    assert "−4,00" in page
    assert "22 november" in page


# --- Who may see ---------------------------------------------------------------------------------------------------

PAGES = ("statement", "statement_csv", "statement_pdf")


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_finds_it_on_the_page_nor_as_a_file(there: Place, name: str) -> None:
    ended = person("Dirk")
    mandate(person=ended, principal=there.ann.holder, role=Role.HELPER, until_on=date(2027, 4, 1))
    editor = person("Eva")
    mandate(person=editor, principal=there.shop.holder, role=Role.EDITOR)
    url = reverse(name, args=[there.ann.address])

    for login in (there.ben_login, there.cas_login, there.sjoerd, there.fenna, there.tom, ended):
        assert as_(login).get(url).status_code == 404
    assert as_(editor).get(reverse(name, args=[there.shop.address])).status_code == 404
    assert reverse("account_login") in Client().get(url)["Location"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("role", "status"), [(Role.OWNER, 200), (Role.FINANCE, 200), (Role.OPERATOR, 404)])
def test_offices_that_deal_with_the_money_of_a_shop_read_it_and_a_till_does_not(
    there: Place, name: str, role: str, status: int
) -> None:
    dirk = person("Dirk")
    mandate(person=dirk, principal=there.shop.holder, role=role)

    assert as_(dirk).get(reverse(name, args=[there.shop.address])).status_code == status


@pytest.mark.parametrize("name", PAGES)
def test_helpers_members_and_second_logins_read_it(there: Place, name: str) -> None:
    household = organisation("De Vries", kind="HOUSEHOLD")
    theirs = open_for(there.neighbourhood, household)
    mandate(person=there.ben_login, principal=household, role=Role.MEMBER)
    mandate(person=there.cas_login, principal=there.ann.holder, role=Role.HELPER)

    assert as_(there.ben_login).get(reverse(name, args=[theirs.address])).status_code == 200
    assert as_(there.cas_login).get(reverse(name, args=[there.ann.address])).status_code == 200
    assert as_(second_login(there.ann_login)).get(reverse(name, args=[there.ann.address])).status_code == 200


def test_whoever_acts_for_another_is_told_so(there: Place) -> None:
    page = as_(there.sjoerd).get(reverse("statement", args=[there.shop.address])).content.decode()

    assert f"You act for <b>{there.shop.holder.display_name}</b>" in page


def test_a_blocked_account_can_be_read(there: Place) -> None:
    block_account(account=there.ann, actor=SYSTEM, at=AT)

    assert titles(statement(there)) == ["Paid in"]


# --- The database --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [{}, {"q": "bread", "from": "2026-11-01"}])
def test_three_lines_ask_the_database_no_more_than_one(
    there: Place, query: dict[str, str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, url = as_(there.ann_login), reverse("statement", args=[there.ann.address])
    for number in range(3):
        shop = open_for(there.neighbourhood, organisation(f"Shop {number}"))
        pay(there, 1_00, f"Bread {number}", payee=shop)
        if number in {0, 2}:
            client.get(url, query)
            with django_assert_num_queries(10 + 2 * bool(query)):
                client.get(url, query)
