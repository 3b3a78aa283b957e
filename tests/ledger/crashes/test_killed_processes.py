"""Processes that are killed while they book: afterwards all of it is there or nothing, and nothing is there twice."""

from __future__ import annotations

import random
import time
from collections import Counter
from itertools import count

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from ledger.models import Account
from tests.ledger.crashes.booker import DOOR, WAYS, book, book_on, book_once, booked, expected, is_booked
from tests.ledger.crashes.killing import a_town_with_money, chance, numbers
from tests.plugins.data import RealCommits
from tests.races import Racer

NAME = "work"
# Where processes are killed, one after the other: anywhere, or at a moment that is surely before or after COMMIT.
MOMENTS = ("anywhere", "anywhere", "waiting", "anywhere", "before", "anywhere", "anywhere", "after")
KILLS = 64


def time_of_a_call() -> float:
    """In seconds: by this the moments of the kills are drawn, so that some fall into a call and some between two."""
    for number in range(len(WAYS)):
        book("first", number)  # what is done for the first time takes longer
    began = time.perf_counter()
    for number in range(len(WAYS)):
        book("second", number)
    return (time.perf_counter() - began) / len(WAYS)


def kill_one(commits: RealCommits, begin: int, moment: str, dice: random.Random, took: float) -> list[str]:
    """Have a process book from a number on, and kill it. Gives all that it said until then."""
    stop = moment if moment in {"before", "after"} else ""
    if moment != "waiting":
        worker = commits.begin(book_on, {"name": NAME, "begin": begin, "stop": stop})
        return kill_anywhere(worker, dice, took) if not stop else kill_when_it_says("stopped", worker)
    with (
        transaction.atomic()
    ):  # SQLite lets nobody else write from here on, and this has PostgreSQL do the same
        list(Account.objects.order_by("pk").select_for_update())
        worker = commits.begin(book_on, {"name": NAME, "begin": begin})
        said = kill_when_it_says("calling", worker)
        wait_until_it_is_gone()
    return said


def kill_anywhere(worker: Racer, dice: random.Random, took: float) -> list[str]:
    said = [worker.said() for _word in range(dice.randrange(1, 9))]
    time.sleep(dice.uniform(0, 2 * took))  # the moment of the kill; nothing is waited for
    return said + worker.kill()


def kill_when_it_says(word: str, worker: Racer) -> list[str]:
    said = [worker.said()]
    while not said[-1].startswith(word):
        said.append(worker.said())
    return said + worker.kill()


def wait_until_it_is_gone() -> None:
    """On PostgreSQL the server's end of a connection outlives the process a little, and may still write."""
    if connection.vendor == "postgresql":
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [DOOR])
        other.close()


def test_after_many_kills_each_key_was_paid_once_and_what_was_reported_is_there(
    real_commits: RealCommits,
) -> None:
    a_town_with_money()
    dice, took = chance(), time_of_a_call()
    before = booked()
    deaths: Counter[str] = Counter()
    number = 0

    for kill in range(KILLS):
        said = kill_one(real_commits, number, MOMENTS[kill % len(MOMENTS)], dice, took)
        wait_until_it_is_gone()
        begun, told = numbers(said, "calling"), numbers(said, "returned")
        assert [one for one in told if not is_booked(NAME, one)] == []
        number = begun[-1]
        # The next process begins with the one that this one was at, whatever became of it.
        if number in told:
            deaths["between two calls"] += 1
        else:
            deaths["after COMMIT" if is_booked(NAME, number) else "before COMMIT"] += 1
    book(NAME, number)

    assert [one for one in range(number + 1) if not is_booked(NAME, one)] == []
    assert booked() - before == expected(number)
    call_command("check_ledger")
    assert deaths.total() == KILLS
    assert deaths["before COMMIT"] >= KILLS * 2 // len(MOMENTS)
    assert deaths["after COMMIT"] >= KILLS // len(MOMENTS)


@pytest.mark.parametrize("way", range(len(WAYS)))
def test_before_whatever_statement_it_is_killed_all_of_it_is_there_or_nothing(
    real_commits: RealCommits, way: int
) -> None:
    a_town_with_money()

    for statement in count(1):
        number = way + statement * len(WAYS)
        worker = real_commits.begin(book_once, {"name": NAME, "number": number, "stop_before": statement})
        said = worker.said()
        worker.kill()
        wait_until_it_is_gone()
        is_booked(NAME, number)  # all of it or nothing
        book(NAME, number)
        assert is_booked(NAME, number)
        if said == "returned":
            break

    call_command("check_ledger")
