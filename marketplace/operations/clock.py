"""What happens on the market by the clock. Each module adds what it watches; the command does all of it.

Every function is told the moment and returns how many things it did. Each thing is a transaction of its own that asks
again, under lock, whether it is still due: two processes do no harm, and one that was killed is taken up by the next.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from core.refusals import Refusal

log = logging.getLogger("marketplace.clock")

Watch = Callable[[datetime], int]
by_the_clock: list[Watch] = []


@dataclass
class Advanced:
    """What came of it: how many things were done, and what went wrong."""

    steps: int = 0
    failed: list[str] = field(default_factory=list)


def watched(function: Watch) -> Watch:
    """Have a function called by the clock."""
    if function not in by_the_clock:
        by_the_clock.append(function)
    return function


def advance(now: datetime) -> Advanced:
    """This will do all that is due at this moment. What goes wrong with one thing does not stop the others."""
    done = Advanced()
    for watch in by_the_clock:
        try:
            done.steps += watch(now)
        except Exception:
            log.exception("%s could not be done", watch.__name__)
            done.failed.append(watch.__name__)
    return done


def each(name: str, things: Iterable[int], deed: Callable[[int], bool]) -> int:
    """Do something with each number, and count what was done. A refusal means that it is not due any more; whatever
    else goes wrong with one is logged, and does not stop the others.

    :raises RuntimeError: at the end, when something went wrong.
    """
    done, failed = 0, []
    for pk in things:
        try:
            done += bool(deed(pk))
        except Refusal as refusal:
            log.info("%s %s: %s", name, pk, refusal.code)
        except Exception:
            log.exception("%s %s could not be done", name, pk)
            failed.append(pk)
    if failed:
        raise RuntimeError(f"{name}: went wrong with {len(failed)}, {done} done")
    return done
