"""The bookings of an account next to a place: found by index, so that a place far back costs what the newest costs."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import connection

from ledger.queries.places import Place

# An account pays in some of its bookings and is paid in others. Each side has its index, is read from the place on and
# no further than needed; the two together are then put in order.
SIDE = """SELECT * FROM (
    SELECT id, {side}_no AS no, booked_on, {side}_balance AS balance, amount, {other}_id AS other_id
    FROM ledger_transfer WHERE {side}_id = %(account)s AND {reach}
    ORDER BY {order} LIMIT %(look)s
) AS {side}"""
WINDOW = "{payer} UNION ALL {payee} ORDER BY {order} LIMIT %(look)s"

# Words are fetched row by row, by their key: as a join the database might read all of them to find these.
WITH_WORDS = """SELECT id, no, booked_on, balance, amount, other_id,
    (SELECT text FROM ledger_transfernote WHERE transfer_id = seen.id)
FROM ({window}) AS seen ORDER BY {order}"""
WITHOUT_WORDS = (
    "SELECT id, no, booked_on, balance, amount, other_id, '' FROM ({window}) AS seen ORDER BY {order}"
)

BY_NUMBER = ("{side}_no < %(no)s", "{no} DESC")
BY_DAY = (
    "booked_on >= %(from_on)s AND (booked_on, {side}_no) < (%(on)s, %(no)s)",
    "booked_on DESC, {no} DESC",
)


class Seen(NamedTuple):
    """One booking of an account, with which other, and its words. `balance` is the account's own, right after."""

    transfer_id: int
    place: Place
    balance: int
    amount: int
    other_id: int
    note: str


def _statement(reach: str, order: str, outer: str) -> str:
    """The question as SQL. What goes in are names of columns, from above; values are given apart."""
    both = {
        side: SIDE.format(
            side=side, other=other, reach=reach.format(side=side), order=order.format(no=f"{side}_no")
        )
        for side, other in (("payer", "payee"), ("payee", "payer"))
    }
    in_order = order.format(no="no")
    return outer.format(window=WINDOW.format(**both, order=in_order), order=in_order)


QUESTIONS = {
    (by_day, words): _statement(*(BY_DAY if by_day else BY_NUMBER), WITH_WORDS if words else WITHOUT_WORDS)
    for by_day in (False, True)
    for words in (False, True)
}


def window(
    account_id: int, *, before: Place, look: int, by_day: bool, from_on: date = date.min, words: bool = False
) -> list[Seen]:
    """The last bookings before a place, newest first, `look` of them at most.

    In the order of numbers; or `by_day`, then of one day in the order of numbers, and not before `from_on`. With
    `words` the notes come along.
    """
    values: dict[str, int | date] = {
        "account": account_id, "no": before.no, "on": before.on, "from_on": from_on, "look": look,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(QUESTIONS[by_day, words], values)
        return [
            Seen(pk, Place(on, no), balance, amount, other_id, note or "")
            for pk, no, on, balance, amount, other_id, note in cursor.fetchall()
        ]
