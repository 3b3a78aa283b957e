"""A file from the bank comes in whole or not at all, and each line once."""

from __future__ import annotations

import pytest

from core.refusals import NotAllowed
from tests.factories.people import actor
from tests.factories.wallet import SYSTEM, Place, place
from tests.wallet.bank.files import OTHER_IBAN, camt, line, sample, swift
from tests.wallet.bank.stage import AT, at_desk, line_of, uploaded
from wallet.bankfiles import BankFileRefused, LineProblem
from wallet.models import BankLine, BankStatement, StatementProblem
from wallet.operations.bank import OtherAccount, upload_statement


def test_the_lines_of_a_file_are_kept_under_the_numbers_of_the_bank(there: Place) -> None:
    statement = uploaded(there, sample("camt-ing-02.xml"))

    assert (statement.format, statement.new_lines, statement.known_lines) == ("CAMT053", 2, 0)
    kept = line_of(there, "26326000000001")
    assert (kept.no, kept.amount, kept.name, kept.state) == (1, 2_500_00, "Gemeente Dijkstad", "NEW")
    assert kept.ledger_reference == "NL91ABNA0417164300:26326000000001"
    assert statement.uploaded_by == there.fenna.person


def test_the_same_file_again_gives_the_first_result(there: Place) -> None:
    first = uploaded(there, sample("camt-ing-02.xml"))

    again = uploaded(there, sample("camt-ing-02.xml"), name="another name.xml")

    assert again == first
    assert (again.name, again.new_lines) == ("statement.xml", 2)
    assert (BankStatement.objects.count(), BankLine.objects.count()) == (1, 2)


def test_a_file_that_overlaps_adds_only_what_is_new(there: Place) -> None:
    uploaded(there, camt(line("1", 4_00), line("2", 5_00)))

    second = uploaded(there, camt(line("2", 5_00), line("3", 6_00), opening=104_00))

    assert (second.new_lines, second.known_lines) == (1, 1)
    assert list(BankLine.objects.order_by("pk").values_list("bank_id", flat=True)) == ["1", "2", "3"]
    assert line_of(there, "2").statement != second


def test_a_line_that_is_here_with_another_amount_is_told(there: Place) -> None:
    uploaded(there, camt(line("1", 4_00)))

    second = uploaded(there, camt(line("1", 4_01)))

    assert (second.new_lines, second.known_lines) == (0, 0)
    assert [one.code for one in second.problems.all()] == [LineProblem.DIFFERS]
    assert line_of(there, "1").amount == 4_00


def test_what_is_wrong_with_lines_is_kept_with_their_places(there: Place) -> None:
    two = camt(line("1", 4_00)).replace(
        b"</BkToCstmrStmt>",
        camt(line("2", 5_00), iban=OTHER_IBAN).split(b"</GrpHdr>\n")[1].split(b"\n</BkToCstmrStmt>")[0]
        + b"</BkToCstmrStmt>",
    )
    content = two.replace(b"<Ntry>", b"<Ntry><NtryRef>x</NtryRef>").replace(
        b'<Amt Ccy="EUR">4.00</Amt>', b'<Amt Ccy="USD">4.00</Amt>'
    )

    statement = uploaded(there, content)

    assert [(one.no, one.code) for one in statement.problems.all()] == [
        (1, LineProblem.FOREIGN_CURRENCY),
        (2, LineProblem.WRONG_ACCOUNT),
    ]
    assert BankLine.objects.count() == 0


def test_a_line_that_is_not_booked_yet_comes_in_once_it_is(there: Place) -> None:
    uploaded(there, camt(line("1", 4_00), line("2", 5_00, is_booked=False)))

    uploaded(there, camt(line("2", 5_00), opening=104_00))

    assert list(BankLine.objects.order_by("pk").values_list("bank_id", flat=True)) == ["1", "2"]


@pytest.mark.parametrize("write", [camt, swift])
def test_a_statement_of_another_account_is_refused(there: Place, write: object) -> None:
    assert callable(write)
    with pytest.raises(OtherAccount, match="NL91ABNA0417164300"):
        uploaded(there, write(line("1", 4_00), iban=OTHER_IBAN))

    assert BankStatement.objects.count() == 0


def test_an_account_without_the_signs_of_the_country_is_known_by_its_number(there: Place) -> None:
    statement = uploaded(there, sample("mt940-abn.sta"))

    assert statement.new_lines == 2


def test_of_a_file_that_is_refused_nothing_is_kept(there: Place) -> None:
    with pytest.raises(BankFileRefused):
        uploaded(there, sample("camt-ing-02.xml")[:-200])

    assert (BankStatement.objects.count(), StatementProblem.objects.count()) == (0, 0)


def test_each_account_has_numbers_of_its_own(there: Place) -> None:
    other = place("Sluiskade", iban=OTHER_IBAN)
    uploaded(there, camt(line("1", 4_00)))

    uploaded(other, camt(line("1", 4_00), iban=OTHER_IBAN))

    assert line_of(there, "1").ledger_reference != line_of(other, "1").ledger_reference


def test_who_does_not_sit_at_the_finance_desk_brings_in_nothing(there: Place) -> None:
    elsewhere = place("Sluiskade", iban=OTHER_IBAN)
    for somebody in (actor(there.ann_login), actor(there.cas_login), actor(elsewhere.fenna), SYSTEM):
        with pytest.raises(NotAllowed):
            upload_statement(
                treasury=there.treasury, name="a", content=camt(line("1", 1)), actor=somebody, at=AT
            )

    assert BankStatement.objects.count() == 0


def test_a_name_of_a_file_without_end_is_cut_at_its_beginning(there: Place) -> None:
    statement = uploaded(there, camt(line("1", 4_00)), name="x" * 300 + "\x00\n.xml")

    assert len(statement.name) == 120
    assert statement.name.endswith("x .xml")


def test_that_a_file_came_in_is_written_down(there: Place) -> None:
    from core.models import AuditEntry

    statement = uploaded(there, camt(line("1", 4_00)))

    entry = AuditEntry.objects.get(event="bank_statement.upload")
    assert (entry.subject_id, entry.acted_by_id) == (str(statement.pk), there.fenna.person.pk)
    assert entry.acted_for_id == at_desk(there).principal.pk  # type: ignore[union-attr]
