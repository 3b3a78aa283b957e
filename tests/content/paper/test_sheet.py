from __future__ import annotations

import pytest

from content.drawing import qr
from content.paper.letters import printable
from content.paper.sheet import Column, Sheet
from content.paper.wrapping import wrapped
from tests.wallet.paper.reading import pages, words

COLUMNS: list[Column] = [("Day", 1, "L"), ("What", 3, "L"), ("Amount", 1, "R")]


def sheet(language: str = "en") -> Sheet:
    return Sheet(title="Statement", place="Molenwijk", language=language)


def test_a_sheet_says_what_was_put_on_it_in_that_order() -> None:
    paper = sheet()
    paper.heading("November")
    paper.text("This is all.")
    paper.facts([("Holder", "Ann")])
    paper.table(COLUMNS, [["2026-11-01", "Soup", "−4.00"]])

    assert pages(paper.bytes()) == [
        [
            "Molenwijk", "Statement", "November", "This is all.", "Holder", "Ann", "Day", "What", "Amount",
            "2026-11-01", "Soup", "−4.00", "Statement · Molenwijk", "Page 1 of ", "1",
        ]
    ]  # fmt: skip


def test_the_same_words_give_the_same_bytes() -> None:
    assert sheet().bytes() == sheet().bytes()


def test_the_file_knows_its_language_and_its_title() -> None:
    written = sheet("nl").bytes()

    assert b"/Lang (nl)" in written
    assert b"/Title (Statement)" in written


def test_letters_that_the_font_lacks_do_no_harm() -> None:
    paper = sheet()
    paper.text("For 中文 and Łukasz \U0001f44d\N{ZERO WIDTH JOINER}\x00")
    paper.facts([("جورج", "한국")])
    paper.table(COLUMNS, [["中", "", "1.00"]])

    assert "For ?? and Łukasz ?" in words(paper.bytes())


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("abc", "abc"), ("cbaz", "cba?"), ("á", "a"), ("a\N{COMBINING ACUTE ACCENT}", "a"), ("ａ", "a"),
        ("a\tb", "a b"), ("a\nb", "a\nb"), ("a\x00\N{ZERO WIDTH SPACE}b", "ab"), ("", ""),
    ],
)  # fmt: skip
def test_a_letter_that_is_lacking_is_written_as_near_as_can_be(text: str, printed: str) -> None:
    assert printable(text, {ord(sign) for sign in "abc "}) == printed


def test_a_table_over_pages_says_its_columns_on_each() -> None:
    paper = sheet()
    paper.table(COLUMNS, [[f"row {number}", "Soup " * 30, "1.00"] for number in range(60)])

    written = pages(paper.bytes())

    assert len(written) > 2
    assert all("Amount" in page for page in written)
    assert [piece for page in written for piece in page if piece.startswith("row")] == [
        f"row {n}" for n in range(60)
    ]


def test_a_row_is_not_torn_apart_when_a_page_can_hold_it() -> None:
    paper = sheet()
    long = "word " * 30
    paper.table(COLUMNS, [["", f"first{number} {long}last{number}", ""] for number in range(40)])

    for page in pages(paper.bytes()):
        said = " ".join(page)
        for number in range(40):
            assert (f"first{number} " in said) == (f"last{number} " in f"{said} ")


def test_a_row_longer_than_a_page_goes_on_over_it() -> None:
    paper = sheet()
    paper.table(COLUMNS, [["one", "word " * 3000, "1.00"]])

    assert words(paper.bytes()).count("word") == 3000


def test_a_word_that_no_line_holds_is_cut_and_nothing_of_it_lost() -> None:
    paper = sheet()
    paper.facts([("Address", "x" * 300)])
    paper.text("y" * 300)

    written = words(paper.bytes())

    assert (written.count("x"), written.count("y")) == (300, 300)


def test_words_are_kept_together_and_lines_no_longer_than_they_may_be() -> None:
    lines = wrapped("one two  three\n\nabcdefghijkl m", 7, len)

    assert lines == ["one two", "three", "", "abcdefg", "hijkl m"]


def test_a_code_stands_on_the_sheet_with_words_for_who_cannot_see_it() -> None:
    paper = sheet()
    paper.qr(qr.png(qr.link("https://example.org/pay")), 40, "Code of this payment")

    written = paper.bytes()

    assert b"/Subtype /Image" in written
    assert b"Code of this payment" in written


def test_a_code_that_no_longer_fits_goes_to_the_next_page() -> None:
    paper = sheet()
    for _number in range(3):
        paper.qr(qr.png(qr.link("https://example.org/pay")), 110)

    assert len(pages(paper.bytes())) == 2
