"""The turn to write: a queue in which processes and threads wait for each other.

SQLite lets one writer in at a time. Whoever finds the door shut tries again after a while, ever more seldom: with many
writers somebody who came first may stand there for seconds while others walk in. So they queue before the door.
"""

from __future__ import annotations

import fcntl
import os
import time
from dataclasses import dataclass
from weakref import WeakSet

from django.db import OperationalError

# How long the first in the queue sleeps between two looks: some eighth of what it has waited, within these bounds.
SHORTEST_SLEEP = 0.00005
LONGEST_SLEEP = 0.005


@dataclass(eq=False)
class Turn:
    """The turn to write to one database, as one connection sees it.

    Two locks make a queue: whoever writes holds `now`, whoever is first in the queue holds `next` and looks for `now`,
    and all others sleep until `next` is free. So nobody who has just written is in again before the one who waited.

    The locks are the system's: it takes them from a process that dies, however it dies. That nobody else writes is
    still SQLite's doing. Whoever has waited for `patience` seconds goes on without the turn and hears it from SQLite.
    """

    database: str
    patience: float
    _now: int | None = None
    _next: int | None = None

    def __post_init__(self) -> None:
        _turns.add(self)

    def take(self) -> None:
        """Wait until it is our turn.

        :raises OperationalError: where no file can be made beside the database, or none can be locked.
        """
        until = time.monotonic() + self.patience
        try:
            now, following = self._open()
            try:
                fcntl.flock(following, fcntl.LOCK_EX)
                _look_for(now, until)
            finally:
                fcntl.flock(following, fcntl.LOCK_UN)
        except OSError as error:
            raise OperationalError(
                f"Nobody can wait for a turn to write to {self.database}: {error}. "
                "The folder of the database must be one that can be written to."
            ) from error

    def give_back(self) -> None:
        """Let the next one in. Harmless for whoever does not have the turn."""
        if self._now is not None:
            fcntl.flock(self._now, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the files, which gives back the turn as well."""
        for handle in (self._now, self._next):
            if handle is not None:
                os.close(handle)
        self._now = self._next = None

    def __del__(self) -> None:
        self.close()

    def _open(self) -> tuple[int, int]:
        """The files, opened when they are wanted first: whoever only reads makes none."""
        if self._now is None:
            self._now = _opened(f"{self.database}-turn")
        if self._next is None:
            self._next = _opened(f"{self.database}-next")
        return self._now, self._next


_turns: WeakSet[Turn] = WeakSet()


def _opened(path: str) -> int:
    return os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)


def _look_for(lock: int, until: float) -> None:
    """Take a lock as soon as it is free, by looking every so often: only so there can be an end to waiting."""
    sleep = SHORTEST_SLEEP
    while not _got(lock) and time.monotonic() < until:
        time.sleep(sleep)
        sleep = min(sleep * 9 / 8, LONGEST_SLEEP)


def _got(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _leave_to_the_parent() -> None:
    """A forked child lets go of the files: it would otherwise keep the turn of a parent that dies."""
    for turn in list(_turns):
        turn.close()


os.register_at_fork(after_in_child=_leave_to_the_parent)
