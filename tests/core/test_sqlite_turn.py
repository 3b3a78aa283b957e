"""Whoever writes to SQLite takes a turn first. It is given back whatever happens, and nobody jumps the queue."""

from __future__ import annotations

import fcntl
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from django.db.utils import ConnectionHandler

from config.settings.base import database
from tests.databases import BESIDE, databases_at
from tests.plugins.data import RealCommits
from tests.racer import hear, say
from tests.races import RACE_SECONDS

pytestmark = pytest.mark.once


def beside(ending: str) -> Path:
    return Path(f"{connection.settings_dict['NAME']}{ending}")


def is_free(ending: str = "-turn") -> bool:
    """Whether nobody has the turn, or nobody is first in the queue for it (`-next`)."""
    with beside(ending).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def wait_until_somebody_queues() -> None:
    until = time.monotonic() + RACE_SECONDS
    while is_free("-next"):
        assert time.monotonic() < until, "Nobody queues."


def write(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO written (name) VALUES (%s)", [name])


def written() -> list[str]:
    """Who wrote, in the order in which they were let in."""
    with connection.cursor() as cursor:
        return [name for (name,) in cursor.execute("SELECT name FROM written ORDER BY id").fetchall()]


def in_a_turn(name: str) -> None:
    with transaction.atomic():
        write(name)


def in_two_turns(name: str) -> None:
    """The second time as soon as the first is over."""
    with transaction.atomic():
        write(f"{name} once")
        say("in")
        hear()
    with transaction.atomic():
        write(f"{name} twice")


def wait_for_the_turn() -> bool:
    """Without an end: a turn that nobody gives back makes this process fail."""
    with beside("-turn").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
    return True


def total() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("SELECT coalesce(total, 0) FROM written").fetchone()[0])


def add_to_the_total(times: int) -> int:
    """Read and write apart, so that two who were in at once would lose a sum."""
    for _time in range(times):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE written SET total = %s", [total() + 1])
    return times


@pytest.fixture(autouse=True)
def _table(real_commits: RealCommits) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE written (id integer PRIMARY KEY, name text, total integer)")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for anything."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0)
    connection.close()


class TestGivingBack:
    def test_the_turn_is_taken_at_the_beginning_and_given_back_after_the_commit(self) -> None:
        with transaction.atomic():
            assert not is_free()

        assert is_free()

    def test_what_is_done_after_the_commit_is_done_after_the_turn(self) -> None:
        seen: list[bool] = []

        with transaction.atomic():
            transaction.on_commit(lambda: seen.append(is_free()))

        assert seen == [True]

    def test_it_is_given_back_after_a_rollback(self) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            write("Ann")
            raise ZeroDivisionError

        assert (is_free(), written()) == (True, [])

    def test_it_is_given_back_after_a_commit_that_fails(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            write("Ann")
            cursor.execute("INSERT INTO core_auditabout (entry_id, party_id) VALUES (0, 0)")

        assert (is_free(), written()) == (True, [])

    def test_it_is_given_back_when_the_connection_is_closed_in_the_middle(self) -> None:
        with transaction.atomic():
            write("Ann")
            connection.close()
            assert is_free()

        in_a_turn("Ben")
        assert (is_free(), written()) == (True, ["Ben"])

    @pytest.mark.usefixtures("impatient")
    def test_it_is_given_back_when_the_transaction_cannot_begin(self) -> None:
        other = ConnectionHandler({"default": connection.settings_dict})["default"]
        with other.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")  # past the queue

            with pytest.raises(OperationalError, match="database is locked"):
                in_a_turn("Ann")

        assert is_free()
        other.close()
        in_a_turn("Ben")
        assert written() == ["Ben"]

    def test_a_block_within_a_block_neither_takes_nor_gives(self) -> None:
        with transaction.atomic():
            in_a_turn("Ann")
            assert not is_free()
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                raise ZeroDivisionError
            assert not is_free()

        assert (is_free(), written()) == (True, ["Ann"])

    def test_whoever_is_killed_in_their_turn_loses_it(self, real_commits: RealCommits) -> None:
        ann = real_commits.begin(in_two_turns, {"name": "Ann"})
        assert ann.said() == "in"
        assert not is_free()

        ann.kill()

        (outcome,) = real_commits.race(wait_for_the_turn, [{}])
        assert outcome.result is True
        assert written() == []


class TestTheQueue:
    def test_whoever_waits_is_let_in_before_the_one_who_has_just_been(
        self, real_commits: RealCommits
    ) -> None:
        ann = real_commits.begin(in_two_turns, {"name": "Ann"})
        assert ann.said() == "in"
        ben = real_commits.begin(in_a_turn, {"name": "Ben"})
        wait_until_somebody_queues()

        ann.tell("go on")

        ann.outcome()
        ben.outcome()
        assert written() == ["Ann once", "Ben", "Ann twice"]

    def test_threads_wait_for_each_other_too(self) -> None:
        def other() -> None:
            in_a_turn("Ben")
            connections.close_all()

        thread = threading.Thread(target=other)
        with transaction.atomic():
            thread.start()
            wait_until_somebody_queues()
            write("Ann")
        thread.join()

        assert written() == ["Ann", "Ben"]

    def test_whoever_is_killed_while_they_wait_holds_up_nobody(self, real_commits: RealCommits) -> None:
        with transaction.atomic():
            ann = real_commits.begin(in_a_turn, {"name": "Ann"})
            wait_until_somebody_queues()
            ann.kill()

        real_commits.race(in_a_turn, [{"name": "Ben"}])
        assert written() == ["Ben"]

    @pytest.mark.usefixtures("impatient")
    def test_whoever_has_waited_long_enough_goes_on_without_the_turn(self) -> None:
        with beside("-turn").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)

            in_a_turn("Ann")

            assert (is_free(), written()) == (False, ["Ann"])

    def test_of_many_at_the_same_moment_all_are_let_in_and_none_meets_a_locked_database(
        self, real_commits: RealCommits
    ) -> None:
        in_a_turn("all")

        outcomes = real_commits.race(add_to_the_total, [{"times": 25} for _number in range(8)])

        assert sorted(outcome.result for outcome in outcomes) == [25] * 8
        assert total() == 8 * 25


class TestForking:
    """Whoever forks in the middle of a transaction does something unwise; the queue must not suffer from it."""

    def test_a_child_does_not_keep_the_turn_of_a_parent_that_dies(self, real_commits: RealCommits) -> None:
        ann = real_commits.begin(fork_and_die, {})
        assert ann.said() == "in"

        (outcome,) = real_commits.race(wait_for_the_turn, [{}])

        assert outcome.result is True
        ann.close()

    def test_a_child_does_not_give_away_the_turn_of_its_parent(self, real_commits: RealCommits) -> None:
        (outcome,) = real_commits.race(fork_and_look, [{}])

        assert outcome.result == [False, True]


def fork_and_die() -> None:
    with transaction.atomic():
        if os.fork() == 0:
            say("in")
            hear()  # until the test has seen enough
        os.kill(os.getpid(), signal.SIGKILL)


def fork_and_look() -> list[bool]:
    """Whether the turn is free after a child let go of it, and after the parent did."""
    with transaction.atomic():
        child = os.fork()
        if child == 0:
            turn_of(connection).give_back()
            turn_of(connection).close()
            os._exit(0)
        os.waitpid(child, 0)
        during = is_free()
    return [during, is_free()]


def turn_of(wrapper: Any) -> Any:
    return wrapper.turn


class TestFiles:
    def test_whoever_only_reads_and_whoever_writes_a_single_statement_needs_none(self) -> None:
        write("Ann")

        assert written() == ["Ann"]
        assert [beside(ending).exists() for ending in ("-turn", "-next")] == [False, False]

    def test_where_none_can_be_made_the_refusal_says_so(self) -> None:
        beside("-next").mkdir()  # a folder in its place: not even an administrator can open that as a file

        with pytest.raises(OperationalError, match=r"turn to write to .*: .*-next"):
            in_a_turn("Ann")

        assert is_free()
        beside("-next").rmdir()
        in_a_turn("Ben")
        assert written() == ["Ben"]

    def test_none_is_left_of_a_database_that_is_dropped(self, real_commits: RealCommits) -> None:
        in_a_turn("Ann")
        assert {beside(ending).exists() for ending in BESIDE} == {True}

        connection.close()
        databases_at(real_commits.url).drop(real_commits.url)

        name = Path(connection.settings_dict["NAME"])
        assert list(name.parent.glob(f"{name.name}*")) == []

    @pytest.mark.parametrize("name", [":memory:", "file:theirs?mode=memory&cache=shared"])
    def test_a_database_in_memory_has_none_and_nobody_waits_for_it(self, name: str) -> None:
        memory = ConnectionHandler({"default": {**database("sqlite://:memory:"), "NAME": name}})["default"]

        memory.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        memory.commit()
        memory.set_autocommit(True)

        assert turn_of(memory) is None
        assert list(Path().glob(f"{name}*")) == []
        memory.connection.close()
