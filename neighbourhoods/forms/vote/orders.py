"""The order in which names stand on a ballot: drawn for each opening of the page, and carried along by it."""

from __future__ import annotations

import secrets

LONGEST_NUMBER = 4


def draw_order(count: int) -> list[int]:
    """A fresh order for one voter and one opening of the page: whoever stands on top is helped by that."""
    order = list(range(count))
    secrets.SystemRandom().shuffle(order)
    return order


def read_order(written: str, count: int) -> list[int]:
    """The order that a page was sent with; a fresh one when it is no order of these options."""
    parts = written.split(",")
    if all(part.isascii() and part.isdigit() and len(part) <= LONGEST_NUMBER for part in parts):
        order = [int(part) for part in parts]
        if sorted(order) == list(range(count)):
            return order
    return draw_order(count)
