"""The words of an MT940 line (:86:): structured as Dutch banks do (/TRTP/…/REMI/…), or plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass

FULL = 65  # signs to a line: one that is full goes on in the next, also in the middle of a word

WORDS = (
    "TRTP", "TRCD", "IBAN", "BIC", "NAME", "REMI", "EREF", "PREF", "KREF", "MARF", "CSID", "CNTP", "ORDP", "BENM",
    "RTRN", "SVCL", "ISDT", "ULTD", "ULTB", "ULTC", "PURP", "ADDR", "CREF", "ID", "INFO", "CDTRREFTP", "CDTRREF",
)  # fmt: skip
WORD = re.compile(rf"/({'|'.join(WORDS)})/")


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    name: str = ""
    iban: str = ""
    text: str = ""
    end_to_end_id: str = ""
    is_return: bool = False


def details_of(written: str) -> Details:
    """What the words say; all of them are the text when they have no structure."""
    whole = unfold(written)
    parts = _parts(whole)
    if not parts:
        return Details(text=whole)
    other = parts.get("CNTP", "").split("/")  # ING: account, BIC, name and town in one
    batch = parts.get("PREF", "")
    return Details(
        name=parts.get("NAME", "") or (other[2] if len(other) > 2 else ""),
        iban=parts.get("IBAN", "") or other[0],
        text=" ".join(word for word in (_remittance(parts.get("REMI", "")), parts.get("CDTRREF", ""), batch) if word),
        end_to_end_id=parts.get("EREF", ""),
        is_return="RTRN" in parts,
    )  # fmt: skip


def unfold(written: str) -> str:
    """One line again: a line that was full goes on without a space, another one with."""
    whole = ""
    for line in written.split("\n"):
        whole += line if len(line) == FULL else f"{line} "
    return whole.strip()


def _parts(whole: str) -> dict[str, str]:
    """Each word with what stands behind it, the first time that it is there. Slashes within it stay."""
    found = list(WORD.finditer(whole))
    if not found or found[0].start() > 0:
        return {}
    ends = [one.start() for one in found[1:]] + [len(whole)]
    parts: dict[str, str] = {}
    for one, end in zip(found, ends, strict=True):
        value = whole[one.end() : end].strip().strip("/").strip()
        parts.setdefault(one[1], value)
    return parts


def _remittance(said: str) -> str:
    """ING says of which kind it is: "USTD//words", "STRD/CUR/number"."""
    return re.sub(r"^(?:USTD/+|STRD/(?:CUR|ISO)?/?)", "", said)
