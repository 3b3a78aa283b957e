"""The statement as a spreadsheet and on paper."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from ledger.address import in_groups
from ledger.kinds import Label, TransferKind
from ledger.models import Account, Transfer
from ledger.operations import transfer
from ledger.queries import statement as page_of_statement
from ledger.receipts import receipt_number
from people.models import PersonDetails, User
from tests.factories.wallet import AT, SYSTEM, Place, fund, key
from tests.wallet.paper.reading import pages, words
from wallet.queries import statements
from wallet.spreadsheet import number_cell, text_cell
from wallet.views import statement as statement_views


def as_(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client


def pay(there: Place, amount: int, note: str, at: datetime = AT, payee: Account | None = None) -> Transfer:
    return transfer(
        payer=there.ann, payee=payee or there.shop, amount=amount, kind=TransferKind.PAYMENT, note=note,
        key=key(f"{note} {at}"), actor=SYSTEM, at=at,
    )  # fmt: skip


def asked(there: Place, kind: str, **query: str) -> Any:
    return as_(there.ann_login).get(reverse(f"statement_{kind}", args=[there.ann.address]), query)


def rows(there: Place, **query: str) -> list[list[str]]:
    written = b"".join(asked(there, "csv", **query).streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(written, newline=""), delimiter=";"))


# --- A spreadsheet -------------------------------------------------------------------------------------------------


def test_a_spreadsheet_has_each_booking_with_days_and_amounts_that_count(there: Place) -> None:
    paid = pay(there, 4_50, "Bread")

    head, line, first = rows(there)

    shop = there.shop.holder.display_name
    assert head == [
        "Day", "Receipt", "What", "What for", "With whom", "Address", "Label", "Amount", "Balance after",
    ]  # fmt: skip
    assert line == [
        "2026-11-22", receipt_number(paid.pk), "Paid", "Bread", shop, in_groups(there.shop.address), "", "-4.50",
        "95.50",
    ]  # fmt: skip
    assert first[2:4] + first[7:] == ["Paid in", "", "100.00", "100.00"]


def test_it_says_what_an_earning_is_in_law(there: Place) -> None:
    fund(there, there.pot, 9_00)
    transfer(
        payer=there.pot, payee=there.ann, amount=4_00, kind=TransferKind.REWARD, label=Label.VOLUNTEER_ALLOWANCE,
        key=key("reward"), actor=SYSTEM, at=AT,
    )  # fmt: skip

    assert rows(there)[1][6:8] == ["allowance for volunteers", "4.00"]


def test_it_opens_in_excel_in_dutch(there: Place) -> None:
    pay(there, 4_50, "Brood")

    with translation.override("nl"):
        answer = asked(there, "csv")
    written = b"".join(answer.streaming_content)

    assert written.startswith(b"\xef\xbb\xbf")
    assert "-4,50;95,50\r\n" in written.decode()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{there.ann.address}-2026-11-22-2027-04-02.csv"'
    )
    assert "no-store" in answer["Cache-Control"]


def test_it_holds_one_period_when_that_is_asked(there: Place) -> None:
    pay(there, 1_00, "First", AT + timedelta(days=1))
    pay(there, 2_00, "Second", AT + timedelta(days=2))

    assert [row[3] for row in rows(there, **{"from": "2026-11-23", "until": "2026-11-23"})[1:]] == ["First"]


def test_nothing_in_it_is_a_formula(there: Place) -> None:
    PersonDetails.objects.filter(party=there.ben.holder).update(given_name="@SUM(A1)", family_name="")
    pay(there, 4_50, '=HYPERLINK("http://example.org";"here")')
    pay(there, 5_00, "+31 6", payee=there.ben)

    for row in rows(there)[1:]:
        for cell in row[:7]:
            assert not cell.startswith(("=", "+", "-", "@")), row
    assert rows(there)[2][3] == '\'=HYPERLINK("http://example.org";"here")'
    assert rows(there)[1][3:5] == ["'+31 6", "'@SUM(A1)"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_gets_a_quote(start: str) -> None:
    assert text_cell(f"{start}1") == f"'{start}1"
    assert text_cell(f"1{start}") == f"1{start}"
    assert text_cell("") == ""


@pytest.mark.parametrize(
    ("minor", "language", "cell"),
    [
        (-4_50, "nl", "-4,50"),
        (123456_78, "nl", "123456,78"),
        (5, "nl", "0,05"),
        (-5, "en", "-0.05"),
        (0, "fy", "0,00"),
    ],
)
def test_an_amount_is_a_number_to_a_spreadsheet(minor: int, language: str, cell: str) -> None:
    assert number_cell(minor, language) == cell


def test_a_long_statement_is_read_piece_by_piece_and_nothing_is_left_out(
    there: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "AT_ONCE", 2)
    for number in range(7):
        pay(there, 10, f"Bread {number}", AT + timedelta(days=number // 2))

    whole = page_of_statement(there.ann).lines

    assert [row[1] for row in rows(there)[1:]] == [receipt_number(line.transfer_id) for line in whole]
    assert len(whole) == 8


# --- Paper ---------------------------------------------------------------------------------------------------------


def test_paper_says_whose_it_is_which_days_what_there_was_and_what_there_is(there: Place) -> None:
    pay(there, 1_00, "Before", AT + timedelta(days=1))
    paid = pay(there, 4_50, "Bread", AT + timedelta(days=2))

    answer = asked(there, "pdf", **{"from": "2026-11-24", "until": "2026-11-30"})

    assert answer["Content-Type"] == "application/pdf"
    said = words(answer.content)
    assert "Statement Account of Ann de Vries Address " + in_groups(there.ann.address) in said
    assert "Molenwijk" in said
    assert "Period 24 November 2026 up to and including 30 November 2026" in said
    assert "Balance before it 99.00 Balance after it 94.50" in said
    number = receipt_number(paid.pk)
    assert f"Bread {number} −4.50 94.50 {there.shop.holder.display_name}" in said
    assert "Before" not in said


def test_paper_without_a_period_goes_from_the_opening_until_today(there: Place) -> None:
    said = words(asked(there, "pdf").content)

    assert "Period 22 November 2026 up to and including 2 April 2027" in said
    assert "+100.00" in said


def test_a_period_without_bookings_says_that(there: Place) -> None:
    said = words(asked(there, "pdf", **{"from": "2027-01-01", "until": "2027-01-31"}).content)

    assert "In this period nothing came in and nothing went out." in said
    assert "Balance before it 100.00 Balance after it 100.00" in said


def test_paper_in_dutch_is_dutch(there: Place) -> None:
    with translation.override("nl"):
        answer = asked(there, "pdf")

    assert b"/Lang (nl)" in answer.content
    assert "+100,00" in words(answer.content)
    assert "22 november 2026" in words(answer.content)


def test_the_same_period_gives_the_same_paper(there: Place) -> None:
    pay(there, 4_50, "Bread")

    assert asked(there, "pdf").content == asked(there, "pdf").content


def test_words_in_any_script_do_no_harm_on_paper(there: Place) -> None:
    pay(there, 4_50, "خبز 面包 \U0001f35e")

    assert "−4.50" in words(asked(there, "pdf").content)


@pytest.mark.parametrize(("first", "fits"), [("2026-01-01", True), ("2025-12-30", False)])
def test_paper_holds_a_year(there: Place, first: str, fits: bool) -> None:
    answer = asked(there, "pdf", **{"from": first, "until": "2026-12-31"})

    assert answer.status_code == (200 if fits else 302)
    if not fits:
        page = as_(there.ann_login).get(answer["Location"])
        assert "from=2025-12-30&until=2026-12-31" in answer["Location"]
        assert page.status_code == 200


def test_paper_that_would_be_too_long_is_refused_with_a_sentence(
    there: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statement_views, "MOST_ON_PAPER", 2)
    pay(there, 1_00, "One")
    client, url = as_(there.ann_login), reverse("statement_pdf", args=[there.ann.address])

    assert len(pages(client.get(url).content)) == 1
    pay(there, 1_00, "Two")
    page = client.get(url, follow=True).content.decode()

    assert "That is more than fits in a PDF." in page


@pytest.mark.parametrize("kind", ["csv", "pdf"])
def test_a_file_of_days_that_are_none_leads_to_the_page_that_says_so(there: Place, kind: str) -> None:
    url = reverse(f"statement_{kind}", args=[there.ann.address])

    answer = as_(there.ann_login).get(url, {"from": "nonsense"}, follow=True)

    assert answer.context["form"].errors == {"from": ["Enter a day, for example 2026-11-30."]}
