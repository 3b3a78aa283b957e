"""What each bank writes is read alike: the same words, whole cents, and a number that stays."""

from __future__ import annotations

import pytest

from tests.wallet.bank.files import DAY, IBAN, OTHER_IBAN, camt, line, sample, swift
from wallet.bankfiles import Entry, LineProblem, ReadStatement, read
from wallet.bankfiles.gathering import cents


def said(file: ReadStatement) -> list[tuple[int, str, str, str, str, bool]]:
    return [
        (one.amount, one.name, one.iban, one.text, one.end_to_end_id, one.is_return) for one in file.entries
    ]


class TestCamt:
    def test_ing(self) -> None:
        file = read(sample("camt-ing-02.xml"))

        assert file.format == "CAMT053"
        assert file.problems == []
        assert file.entries[0] == Entry(
            no=1, account=IBAN, bank_id="26326000000001", booked_on=DAY, amount=2_500_00, currency="EUR",
            name="Gemeente Dijkstad", iban=OTHER_IBAN, text="Bijdrage buurtmunt kenmerk volgt", end_to_end_id="",
            is_return=False,
        )  # fmt: skip
        assert said(file)[1] == (
            -22_45,
            "Fietsen & meer",
            "NL20INGB0001234567",
            "Uitbetaling",
            "SCPBCDFGHJKMNPQ",
            False,
        )

    def test_rabobank_gives_a_line_for_each_payment_that_was_collected_into_one(self) -> None:
        file = read(sample("camt-rabobank-02.xml"))

        assert [(one.bank_id, one.amount) for one in file.entries] == [
            ("0001234500/1", 10_01),
            ("0001234500/2", 20_01),
            ("0001234500/3", 30_01),
        ]
        assert [(one.no, one.code) for one in file.problems] == [(4, LineProblem.NOT_BOOKED)]

    def test_a_collected_entry_whose_payments_have_no_amounts_is_one_line(self) -> None:
        without = sample("camt-rabobank-02.xml").replace(
            b'<AmtDtls><TxAmt><Amt Ccy="EUR">20.01</Amt></TxAmt></AmtDtls>', b""
        )

        file = read(without)

        assert [(one.bank_id, one.amount, one.text) for one in file.entries] == [
            ("0001234500", 60_03, "BATCH-7")
        ]

    def test_abn_with_two_statements_in_one_file_and_signs_of_latin_1(self) -> None:
        file = read(sample("camt-abn-02.xml"))

        assert said(file) == [
            (7_50, "Café De Hoek", "", "SEPA OVERBOEKING voor de soep", "", False),
            (-2_50, "", "", "Kosten", "", False),
        ]

    def test_bng_of_version_8_with_a_structured_reference_and_money_that_came_back(self) -> None:
        file = read(sample("camt-bng-08.xml"))

        assert said(file) == [
            (50_00, "Gemeente Dijkstad", OTHER_IBAN, "RF18539007547034 bijdrage wijk", "GEM-77", False),
            (12_50, "Fietsen", "", "", "SCPBCDFGHJKMNPQ", True),
        ]

    def test_triodos_without_numbers_gives_equal_lines_of_one_day_numbers_that_stay(self) -> None:
        first, again = read(sample("camt-triodos-08.xml")), read(sample("camt-triodos-08.xml"))

        numbers = [one.bank_id for one in first.entries]
        assert len(set(numbers)) == 2
        assert [number[-2:] for number in numbers] == ["-1", "-2"]
        assert numbers == [one.bank_id for one in again.entries]
        assert {one.booked_on for one in first.entries} == {DAY}

    @pytest.mark.parametrize("version", ["02", "08"])
    def test_both_versions_say_the_same(self, version: str) -> None:
        lines = [
            line("1", 4_00, "voor ons"),
            line("2", -1_00, "terug", is_return=True, end_to_end_id="SCPX"),
        ]

        file = read(camt(*lines, version=version))

        assert said(file) == [
            (4_00, "Gemeente Dijkstad", OTHER_IBAN, "voor ons", "", False),
            (-1_00, "Gemeente Dijkstad", OTHER_IBAN, "terug", "SCPX", True),
        ]


class TestMt940:
    def test_ing(self) -> None:
        file = read(sample("mt940-ing.sta"))

        assert file.format == "MT940"
        assert file.accounts == {IBAN}
        assert said(file) == [
            (2_500_00, "Gemeente Dijkstad", OTHER_IBAN, "Bijdrage buurtmunt kenmerk volgt", "GEM-77", False),
            (-22_45, "Fietsen en meer", "NL20INGB0001234567", "Uitbetaling", "SCPBCDFGHJKMNPQ", False),
            (-1_00, "Iemand", OTHER_IBAN, "terug", "X", True),
        ]
        assert file.entries[0].bank_id == "2026-11-22:26326000001005"

    def test_rabobank_with_the_other_account_on_a_line_of_its_own(self) -> None:
        file = read(sample("mt940-rabobank.swi"))

        assert said(file) == [
            (40_00, "Gemeente Dijkstad", OTHER_IBAN, "Bijdrage/wijk 2026", "G-1", False),
            (-15_50, "Fietsen en meer", "NL20INGB0001234567", "Uitbetaling", "SCPBCDFGHJKMNPQ", False),
        ]

    def test_abn_with_words_that_go_on_in_the_middle_and_two_messages(self) -> None:
        file = read(sample("mt940-abn.sta"))

        assert file.accounts == {"417164300"}
        assert said(file) == [
            (
                12_00, "Gemeente Dijkstad", OTHER_IBAN,
                "SC MOLEN 2345 6789 B en nog wat woorden hier zodat het verder gaat", "", False,
            ),
            (-2_00, "", "", "BASISPAKKET REKENING KOSTEN", "", False),
        ]  # fmt: skip

    def test_both_formats_say_the_same_of_a_line(self) -> None:
        lines = [
            line("1", 4_00, "voor ons, met een lange uitleg die over de rand van de regel gaat en verder"),
            line("2", -1_00, "weg"),
        ]

        assert said(read(swift(*lines))) == said(read(camt(*lines)))

    def test_a_line_that_is_not_written_as_it_should_is_a_problem_of_that_line(self) -> None:
        broken = swift(line("1", 4_00), line("2", 5_00)).replace(b":61:2611221122C4", b":61:2611221122Q4")

        file = read(broken)

        assert [one.amount for one in file.entries] == [5_00]
        assert [(one.no, one.code) for one in file.problems] == [(1, LineProblem.BAD_LINE)]

    def test_a_day_that_does_not_exist_is_a_problem_of_that_line(self) -> None:
        file = read(swift(line("1", 4_00)).replace(b":61:2611221122C", b":61:2613221322C"))

        assert [(one.no, one.code) for one in file.problems] == [(1, LineProblem.BAD_DATE)]

    def test_a_line_booked_in_the_new_year_for_the_old_one(self) -> None:
        file = read(swift(line("1", 4_00)).replace(b":61:2611221122C", b":61:2612310102C"))

        assert [str(one.booked_on) for one in file.entries] == ["2027-01-02"]


class TestAmounts:
    @pytest.mark.parametrize(
        ("written", "read_as"),
        [
            ("12.50", 12_50), ("12,5", 12_50), ("12,", 12_00), ("12", 12_00), ("0.29", 29), ("000000012,34", 12_34),
            ("1.10000", 1_10), ("999999999999.99", 999_999_999_999_99),
            ("1.005", None), ("", None), ("-1", None), ("1e3", None), ("1.2.3", None), ("٣", None), ("1 000", None),
            ("999999999999999", None),
        ],
    )  # fmt: skip
    def test_an_amount_is_read_to_the_cent_or_not_at_all(self, written: str, read_as: int | None) -> None:
        assert cents(written) == read_as

    @pytest.mark.parametrize("amount", ["nul", "0.00", "1.001", ""])
    def test_an_amount_that_cannot_be_is_a_problem_of_its_line(self, amount: str) -> None:
        content = camt(line("1", 4_00), line("2", 6_00), opening=0).replace(b">4.00<", f">{amount}<".encode())
        content = content.replace(b">10.00<", b">6.00<")

        file = read(content)

        assert [one.amount for one in file.entries] == [6_00]
        assert [(one.no, one.code) for one in file.problems] == [(1, LineProblem.BAD_AMOUNT)]


def test_a_line_with_the_number_of_another_line_in_the_file_is_told() -> None:
    file = read(camt(line("1", 4_00), line("1", 4_00)))

    assert [one.no for one in file.entries] == [1]
    assert [(one.no, one.code, one.detail) for one in file.problems] == [
        (2, LineProblem.DOUBLED, "2026-11-22 · 4.00 EUR · 1")
    ]


def test_a_day_that_cannot_be_is_a_problem_of_its_line() -> None:
    content = camt(line("1", 4_00)).replace(b"<BookgDt><Dt>2026-11-22</Dt>", b"<BookgDt><Dt>2026-13-22</Dt>")

    assert [one.code for one in read(content).problems] == [LineProblem.BAD_DATE]
