"""Bank statements as Dutch banks give them: CAMT.053 (versions .02 and .08) and MT940.

`read` knows nothing of treasuries and writes nothing. What is wrong with a whole file is a refusal; what is wrong with
a line is a problem beside the other lines.
"""

from __future__ import annotations

from wallet.bankfiles.lines import Entry, LineProblem, Problem, ReadStatement
from wallet.bankfiles.reading import LARGEST_FILE, read
from wallet.bankfiles.refusals import (
    BankFileRefused,
    DamagedFile,
    DoesNotAddUp,
    EmptyFile,
    FileTooLarge,
    NotABankFile,
    PackedFile,
    PaperFile,
    TooManyLines,
    UnfinishedStatement,
    UnknownVersion,
    UnsafeFile,
)

__all__ = [
    "LARGEST_FILE",
    "BankFileRefused",
    "DamagedFile",
    "DoesNotAddUp",
    "EmptyFile",
    "Entry",
    "FileTooLarge",
    "LineProblem",
    "NotABankFile",
    "PackedFile",
    "PaperFile",
    "Problem",
    "ReadStatement",
    "TooManyLines",
    "UnfinishedStatement",
    "UnknownVersion",
    "UnsafeFile",
    "read",
]
