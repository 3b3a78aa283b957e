"""Text as a font can print it: names come from all over the world, and no sheet fails on one."""

from __future__ import annotations

import unicodedata
from collections.abc import Container

UNKNOWN = "?"


def printable(text: str, known: Container[int]) -> str:
    """The same text with the letters of a font (by their code points): without its accents what it lacks so, and a
    question mark for what it lacks at all."""
    return "".join(_letter(sign, known) for sign in unicodedata.normalize("NFC", text))


def _letter(sign: str, known: Container[int]) -> str:
    if ord(sign) in known or sign == "\n":
        return sign
    if sign.isspace():
        return " "
    if unicodedata.category(sign) in {"Cc", "Cf", "Mn", "Me"}:
        return ""
    parts = unicodedata.normalize("NFKD", sign)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare if bare and all(ord(part) in known for part in bare) else UNKNOWN
