"""Which kind of file it is, by what is in it: names of files say nothing."""

from __future__ import annotations

import codecs

from wallet.bankfiles.camt import read_camt
from wallet.bankfiles.lines import ReadStatement
from wallet.bankfiles.mt940 import looks_like_mt940, read_mt940
from wallet.bankfiles.refusals import EmptyFile, FileTooLarge, NotABankFile, PackedFile, PaperFile

LARGEST_FILE = 20 * 1024 * 1024  # bytes: a year of a busy neighbourhood is a tenth of it

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
HEAD = 200  # bytes in which a file shows what it is


def read(content: bytes) -> ReadStatement:
    """Read a file from the bank.

    :raises BankFileRefused: in one of its kinds, when the whole file is not to be relied on.
    """
    if len(content) > LARGEST_FILE:
        raise FileTooLarge(megabytes=LARGEST_FILE // 1024**2)
    if not content.strip(b"\x00\r\n\t "):
        raise EmptyFile
    head = content[:HEAD].removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(b"%PDF"):
        raise PaperFile
    if head.startswith(b"PK\x03\x04"):
        raise PackedFile
    if _is_xml(head):
        return read_camt(content.removeprefix(codecs.BOM_UTF8).lstrip())
    text = _text(content)
    if not looks_like_mt940(text):
        raise NotABankFile
    return read_mt940(text)


def _is_xml(head: bytes) -> bool:
    """In single bytes, or in two bytes a sign with or without a mark in front."""
    return head.startswith(
        (b"<", *(mark + b"<" for mark in WIDE), *(mark + b"\x00<" for mark in WIDE), b"\x00<")
    )


def _text(content: bytes) -> str:
    """MT940 has no say in its signs: what is no UTF-8 is how Windows wrote it."""
    if content.startswith(WIDE):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
