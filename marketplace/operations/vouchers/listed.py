"""Vouchers from a list on paper, taken one after the other: what goes wrong with one stops no other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from core.actor import Actor
from core.refusals import Refusal
from marketplace.codes import CODE_LENGTH, parse_code
from marketplace.models import VoucherUse
from marketplace.operations.vouchers.finding import find
from marketplace.operations.vouchers.using import use
from people.models import Party

TIMES = re.compile(r"^(?P<code>.+?)\s*(?:[x×,;:]|\s)\s*(?P<times>\d{1,3})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of one line: a use, or why there is none."""

    line: str
    use: VoucherUse | None = None
    refusal: str = ""


def use_many(*, lines: Sequence[str], seller: Party, key: UUID, actor: Actor, at: datetime) -> list[Taken]:
    """This will take the vouchers of a list, each in a transaction of its own. The same key again takes nothing twice.

    A line is a code, with the number of times behind it when that is more than one. Where it stands makes no
    difference: with a wrong line taken away the list can be sent again.
    """
    found: list[Taken] = []
    before: Counter[tuple[str, int]] = Counter()
    for line in lines:
        code, times = read_line(line)
        sign = (parse_code(code) or code, times)
        found.append(_take(line, uuid5(key, f"{before[sign]} {sign[0]} {times}"), seller, actor, at))
        before[sign] += 1
    return found


def read_line(line: str) -> tuple[str, int]:
    """The code on a line, and how many times."""
    found = TIMES.match(line)
    signs = len("".join(found["code"].replace("-", "").split())) if found else 0
    return (found["code"], int(found["times"])) if found and signs >= CODE_LENGTH else (line, 1)


def _take(line: str, key: UUID, seller: Party, actor: Actor, at: datetime) -> Taken:
    code, times = read_line(line)
    try:
        voucher = find(code=code, seller=seller, actor=actor, at=at)
        return Taken(line=line, use=use(voucher=voucher, uses=times, key=key, actor=actor, at=at))
    except Refusal as refusal:
        return Taken(line=line, refusal=str(refusal))
