"""Reading back what a PDF of ours says: its pages as a reader sees them, letters through the font's own table."""

from __future__ import annotations

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
FONT_OF = re.compile(rb"/F(\d+) (\d+) 0 R")
TO_UNICODE = re.compile(rb"(\d+) 0 obj(?:(?!endobj).)*?/ToUnicode (\d+) 0 R", re.DOTALL)
PAIR = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)>")
RANGE = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>")
SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)


def pages(pdf: bytes) -> list[list[str]]:
    """Each page as the pieces of text that were put on it, in order."""
    objects = dict(re.findall(rb"(\d+) 0 obj(.*?)endobj", pdf, re.DOTALL))
    tables = {int(font): _letters(objects, number) for font, number in _tables(pdf)}
    contents = [_stream(objects[number]) for number in re.findall(rb"/Contents (\d+) 0 R", pdf)]
    return [_pieces(content, tables) for content in contents]


def words(pdf: bytes) -> str:
    """All that stands in it, in one line."""
    return " ".join(piece for page in pages(pdf) for piece in page)


def _tables(pdf: bytes) -> list[tuple[bytes, bytes]]:
    to_unicode = dict(TO_UNICODE.findall(pdf))
    return [(font, to_unicode[number]) for font, number in FONT_OF.findall(pdf)]


def _letters(objects: dict[bytes, bytes], number: bytes) -> dict[int, str]:
    table = _stream(objects[number])
    letters = {}
    for code, sign in PAIR.findall(b"".join(re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL))):
        letters[int(code, 16)] = bytes.fromhex(sign.decode()).decode("utf-16-be")
    for first, last, sign in RANGE.findall(
        b"".join(re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL))
    ):
        for code in range(int(first, 16), int(last, 16) + 1):
            letters[code] = chr(int(sign, 16) + code - int(first, 16))
    return letters


def _pieces(content: bytes, tables: dict[int, dict[int, str]]) -> list[str]:
    pieces, letters = [], {}
    for font, shown in SHOWN.findall(content):
        if font:
            letters = tables[int(font)]
        else:
            pieces.append(_read(re.sub(rb"\\(.)", _unescaped, shown, flags=re.DOTALL), letters))
    return pieces


def _unescaped(escaped: re.Match[bytes]) -> bytes:
    return {b"n": b"\n", b"r": b"\r"}.get(escaped[1], escaped[1])


def _read(codes: bytes, letters: dict[int, str]) -> str:
    return "".join(
        letters.get(int.from_bytes(codes[at : at + 2]), "\N{REPLACEMENT CHARACTER}")
        for at in range(0, len(codes), 2)
    )


def _stream(written: bytes) -> bytes:
    found = STREAM.search(written)
    assert found
    return zlib.decompress(found[1]) if b"FlateDecode" in written else found[1]
