"""What is wrong with a whole file: nothing of it is taken in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal


class BankFileRefused(Refusal):
    """The base of all that is refused about a file from the bank."""

    code = "bank_file_refused"
    sentence = _("We cannot read this file.")
    field = "file"


class EmptyFile(BankFileRefused):
    """Nothing is in it."""

    code = "empty_file"
    sentence = _("This file is empty. Download it from the bank again.")


class FileTooLarge(BankFileRefused):
    """More bytes than any neighbourhood's bank sends."""

    code = "file_too_large"
    sentence = _("This file is larger than %(megabytes)s MB. Download a shorter period from the bank.")


class TooManyLines(BankFileRefused):
    """More lines than any neighbourhood has."""

    code = "too_many_lines"
    sentence = _("This file has more than %(most)s lines. Download a shorter period from the bank.")


class PaperFile(BankFileRefused):
    """A PDF: made for reading, and no statement that can be relied on."""

    code = "paper_file"
    sentence = _("This is a PDF, for reading. Download the statement from the bank as CAMT.053 or MT940.")


class PackedFile(BankFileRefused):
    """Some banks pack their statements."""

    code = "packed_file"
    sentence = _("This is a ZIP file. Open it on your computer, and choose the file that is in it.")


class NotABankFile(BankFileRefused):
    """Neither XML nor MT940."""

    code = "not_a_bank_file"
    sentence = _(
        "This is not a bank statement that we can read. Download it from the bank as CAMT.053 or MT940."
    )


class UnknownVersion(BankFileRefused):
    """XML of a bank, and not one of the two versions of CAMT.053."""

    code = "unknown_version"
    sentence = _(
        "This is another kind of file from the bank. Choose CAMT.053, version 2 or 8, when you download it."
    )


class UnsafeFile(BankFileRefused):
    """XML with a document type, entities or references: no bank sends those, and reading them is dangerous."""

    code = "unsafe_file"
    sentence = _("There is something in this file that no bank puts there. We have not read it.")


class DamagedFile(BankFileRefused):
    """It breaks off, or is not written as its format says."""

    code = "damaged_file"
    sentence = _("This file is damaged or not complete. Download it from the bank again.")


class UnfinishedStatement(BankFileRefused):
    """An MT940 statement that ends without its closing balance: the end of the file is missing."""

    code = "unfinished_statement"
    sentence = _("The end of this file is missing. Download it from the bank again.")


class DoesNotAddUp(BankFileRefused):
    """Opening balance and lines do not make the closing balance: something is missing, doubled or changed."""

    code = "does_not_add_up"
    sentence = _(
        "The lines in this file do not add up to its closing balance. Nothing was taken in. Download the file from the "
        "bank again."
    )
