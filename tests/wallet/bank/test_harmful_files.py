"""Files that are damaged, cut off, huge, of something else, or made to do harm: a sentence, and nothing is read."""

from __future__ import annotations

import tracemalloc

import pytest

from tests.wallet.bank.files import ALL, camt, line, sample, swift
from wallet.bankfiles import (
    LARGEST_FILE,
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
    read,
)
from wallet.bankfiles.gathering import MOST_LINES

LAUGHS = """<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>"""
FROM_ELSEWHERE = '<!DOCTYPE foo [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'
DTD_ELSEWHERE = '<!DOCTYPE Document SYSTEM "http://example.org/evil.dtd">'
PARAMETER = '<!DOCTYPE foo [<!ENTITY % p SYSTEM "http://example.org/p">%p;]>'


@pytest.mark.parametrize("name", ALL)
def test_a_file_that_breaks_off_at_any_byte_is_refused_or_is_whole(name: str) -> None:
    whole = sample(name)
    lines = read(whole).entries

    for end in range(0, len(whole) - 1, 13):
        try:
            file = read(whole[:end])
        except BankFileRefused:
            continue
        # MT940 has no end: what is missing then is what stands behind a closing balance.
        assert file.entries == lines[: len(file.entries)]
        assert b":62F:" in whole[:end]


@pytest.mark.parametrize("name", ALL)
def test_a_file_of_which_a_quarter_is_there_is_refused(name: str) -> None:
    whole = sample(name)

    for quarter in (1, 2, 3):
        with pytest.raises(BankFileRefused):
            read(whole[: len(whole) * quarter // 4] if name != "mt940-abn.sta" else whole[: 60 * quarter])


@pytest.mark.parametrize("document_type", [LAUGHS, FROM_ELSEWHERE, DTD_ELSEWHERE, PARAMETER])
def test_a_document_type_is_not_read(document_type: str) -> None:
    text = camt(line("1", 4_00, "&c;")).decode()
    harmful = text.replace("<Document", f"{document_type}<Document", 1).replace("&amp;c;", "&c;")

    with pytest.raises(UnsafeFile):
        read(harmful.encode())


def test_a_document_type_in_other_signs_is_not_read_either() -> None:
    text = camt(line("1", 4_00)).decode().replace("<Document", f"{LAUGHS}<Document", 1)

    with pytest.raises(UnsafeFile):
        read(text.replace("UTF-8", "UTF-16").encode("utf-16"))


class TestOtherFiles:
    @pytest.mark.parametrize("content", [b"", b"\r\n  \t\n", b"\x00\x00"])
    def test_an_empty_one(self, content: bytes) -> None:
        with pytest.raises(EmptyFile):
            read(content)

    def test_a_pdf(self) -> None:
        with pytest.raises(PaperFile):
            read(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3")

    def test_a_zip(self) -> None:
        with pytest.raises(PackedFile):
            read(b"PK\x03\x04\x14\x00")

    @pytest.mark.parametrize(
        "content",
        [
            b"datum;bedrag;naam\n2026-11-22;4,00;Ann\n",
            b"\xef\xbb\xbf",
            bytes(range(256)) * 10,
            "Een brief over geld".encode("utf-16"),
            b":20:only",
        ],
    )
    def test_no_statement_at_all(self, content: bytes) -> None:
        with pytest.raises(NotABankFile):
            read(content)

    @pytest.mark.parametrize(
        "content",
        [
            camt(line("1", 1)).replace(b"camt.053.001.02", b"camt.052.001.02"),
            camt(line("1", 1)).replace(b"camt.053.001.02", b"camt.053.001.13"),
            b"<html><body>hello</body></html>",
            b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>',
        ],
    )
    def test_xml_of_another_kind(self, content: bytes) -> None:
        with pytest.raises(UnknownVersion):
            read(content)

    @pytest.mark.parametrize(
        "content", [b"<", b"<a", b"<\x00", b'<?xml version="1.0" encoding="klingon"?><a/>']
    )
    def test_xml_that_is_none(self, content: bytes) -> None:
        with pytest.raises(DamagedFile):
            read(content)


class TestSigns:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_xml_in_one_or_two_bytes_with_and_without_a_mark(self, encoding: str) -> None:
        name = encoding if encoding == "utf-16" else encoding[:6].strip("-")
        text = camt(line("1", 4_00, "één")).decode().replace("UTF-8", "UTF-16" if "16" in name else "UTF-8")

        assert [one.text for one in read(text.encode(encoding)).entries] == ["één"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_mt940_in_all_signs_of_a_windows_computer(self, encoding: str) -> None:
        content = swift(line("1", 4_00, "één")).decode().encode(encoding)

        assert [one.text for one in read(content).entries] == ["één"]

    def test_signs_that_cannot_be_seen_are_spaces(self) -> None:
        content = swift(line("1", 4_00, "a\x00b\x1bc\u202ed"))

        assert [one.text for one in read(content).entries] == ["a b c d"]


class TestSums:
    def test_lines_that_do_not_make_the_closing_balance_are_refused_whole(self) -> None:
        for content in (camt(line("1", 4_00), line("2", 5_00)), swift(line("1", 4_00), line("2", 5_00))):
            with pytest.raises(DoesNotAddUp):
                read(content.replace(b"5.00<", b"5.01<", 1).replace(b"C5,00", b"C5,01"))

    def test_a_line_that_was_put_in_twice_is_refused_with_the_file(self) -> None:
        content = camt(line("1", 4_00))
        entry = content[content.index(b"<Ntry>") : content.index(b"</Ntry>") + 7]

        with pytest.raises(DoesNotAddUp):
            read(content.replace(entry, entry + entry))

    def test_mt940_without_its_closing_balance(self) -> None:
        content = swift(line("1", 4_00))

        with pytest.raises(UnfinishedStatement):
            read(content[: content.index(b":62F:")])


class TestSize:
    def test_a_file_beyond_the_limit(self) -> None:
        with pytest.raises(FileTooLarge, match="larger than 20 MB"):
            read(b"<" * (LARGEST_FILE + 1))

    def test_fifty_thousand_lines_are_read(self) -> None:
        content = swift(*(line(f"{no}", 1_00) for no in range(50_000)))

        assert len(read(content).entries) == 50_000

    def test_nothing_of_a_large_file_stays_in_memory_but_its_lines(self) -> None:
        content = camt(*(line(f"{no}", 1_00, "a" * 60) for no in range(1_500)))
        tracemalloc.start()
        try:
            file = read(content)
            _now, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

        assert len(file.entries) == 1_500
        assert most < 3 * 1024**2  # all its elements at once are three times that

    def test_more_lines_than_anybody_has(self) -> None:
        rows = b":61:?\r\n" * (MOST_LINES + 1)

        with pytest.raises(TooManyLines):
            read(b":20:A\r\n:25:NL91ABNA0417164300\r\n:60F:C261122EUR0,\r\n" + rows)

    @pytest.mark.parametrize("filling", [b"<a>" * 50_000, b"<a/>" * 50_000])
    def test_elements_within_elements_and_beside_each_other_without_end(self, filling: bytes) -> None:
        content = camt(line("1", 4_00)).replace(b"<Refs>", filling + b"<Refs>")

        with pytest.raises(DamagedFile):
            read(content)
