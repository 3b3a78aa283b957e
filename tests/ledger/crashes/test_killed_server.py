"""PostgreSQL itself is killed while processes book: what they were told is there when it is back."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from tests.databases import Postgres
from tests.ledger.crashes.booker import book, book_through_crashes, booked, expected, is_booked
from tests.ledger.crashes.killing import a_town_with_money, chance, numbers
from tests.plugins.data import RealCommits, connected_to
from tests.postgres import DURABLE, Server, migrated_server
from tests.races import Nursery, Racer

BOOKERS = ("first", "second", "third")
KILLS = 4
# A server that comes up after a crash first has every file of its own written to the disk. Linux does that for a whole
# disk at once, which takes a moment instead of seconds.
QUICKLY = " -c recovery_init_sync_method=syncfs" if sys.platform == "linux" else ""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of this test alone, which loses nothing that it committed."""
    with migrated_server(DURABLE + QUICKLY) as server:
        yield server


@pytest.fixture
def commits(
    server: Server, nursery: Nursery, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[RealCommits]:
    """Its database, for this process too."""
    url = Postgres(server.url).template()  # nobody else will want it
    with django_db_blocker.unblock(), connected_to(url):
        try:
            yield RealCommits(url, nursery)
        finally:
            nursery.tidy()


def kill_at_random(server: Server, bookers: dict[str, Racer], dice: random.Random) -> dict[str, list[str]]:
    """Kill the server while all of them book, and give what each of them said until it was lost."""
    said = {
        name: [booker.said() for _word in range(dice.randrange(2, 40))] for name, booker in bookers.items()
    }
    time.sleep(dice.uniform(0, 0.01))  # the moment of the kill; nothing is waited for
    connections.close_all()
    server.kill()
    for name, booker in bookers.items():
        while not said[name][-1].startswith("lost"):
            said[name].append(booker.said())
    return said


@pytest.mark.once("postgres")
def test_what_was_reported_is_there_after_the_server_was_killed_and_what_is_repeated_is_paid_once(
    server: Server, commits: RealCommits
) -> None:
    a_town_with_money()
    before = booked()
    dice = chance()
    bookers = {name: commits.begin(book_through_crashes, {"name": name}) for name in BOOKERS}
    lost: dict[str, int] = {}

    for _kill in range(KILLS):
        for name, number in lost.items():
            bookers[name].tell(f"Do number {number} again: the server is back.")
        said = kill_at_random(server, bookers, dice)
        server.start()

        call_command("check_ledger")
        for name, words in said.items():
            assert [one for one in numbers(words, "returned") if not is_booked(name, one)] == []
            (lost[name],) = numbers(words, "lost")
            is_booked(name, lost[name])  # all of it or nothing

    for name, number in lost.items():
        bookers[name].kill()
        book(name, number)
        book(name, number)
    assert is_durable()
    assert [(name, one) for name in lost for one in range(lost[name] + 1) if not is_booked(name, one)] == []
    assert booked() - before == sum((expected(number) for number in lost.values()), Counter())
    call_command("check_ledger")


def is_durable() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        return bool(cursor.fetchone() == ("on", "on"))
