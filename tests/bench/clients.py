"""Several client processes that do the same thing over and over, each with a connection of its own."""

from __future__ import annotations

import multiprocessing
import os
import re
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

from django.db import connections

# Does one thing and says how many transfers that was.
Step = Callable[[], int]
# Makes the step of one client, which is told its own number.
Making = Callable[[int], Step]

WARM_UP = 0.3
PATIENCE = 60


@dataclass
class Done:
    """What one client, or all of them together, did."""

    transfers: int = 0
    rate: float = 0.0
    waits: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, other: Done) -> None:
        self.transfers += other.transfers
        self.rate += other.rate
        self.waits += other.waits
        self.errors += other.errors

    def figures(self) -> dict[str, Any]:
        """As plain values: transfers a second, and how long one step took, in milliseconds."""
        waits = sorted(self.waits)

        def at(part: float) -> float:
            return round(waits[min(int(part * len(waits)), len(waits) - 1)] * 1000, 3) if waits else 0.0

        return {
            "rate": round(self.rate, 1),
            "p50": at(0.5),
            "p95": at(0.95),
            "p99": at(0.99),
            "slowest": at(1),
            "errors": dict(self.errors),
        }


def run(making: Making, clients: int, seconds: float) -> dict[str, Any]:
    """Have this many clients do their step for so long, all from the same moment.

    :raises RuntimeError: when a client breaks before the start; a step that fails is counted instead.
    """
    connections.close_all()  # a connection must not be shared with a child
    # Forked, not begun anew: Django takes seconds to load.
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(clients)
    pipes, children = [], []
    for number in range(clients):
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_client, args=(making, number, seconds, barrier, theirs))
        child.start()
        theirs.close()
        pipes.append(ours)
        children.append(child)
    total = Done()
    broken = ""
    for pipe in pipes:
        told = pipe.recv()
        if isinstance(told, Done):
            total.add(told)
        else:
            broken = broken or told
    for child in children:
        child.join()
    if broken:
        raise RuntimeError(broken)
    return total.figures()


def _client(making: Making, number: int, seconds: float, barrier: Barrier, pipe: Connection) -> None:
    try:
        step = making(number)
        _work(step, WARM_UP)  # connections, and the plans that the server keeps
        barrier.wait(PATIENCE)
        pipe.send(_work(step, seconds))
    except Exception:  # noqa: BLE001  # whatever it was, the process that waits for us must hear it
        barrier.abort()
        pipe.send(traceback.format_exc())
    finally:
        pipe.close()
        connections.close_all()
        os._exit(0)


def _work(step: Step, seconds: float) -> Done:
    done = Done()
    start = now = time.perf_counter()
    while now < start + seconds:
        before = now
        try:
            done.transfers += step()
        except Exception as error:  # noqa: BLE001  # an error is a figure too
            # Without names of places: the figures are published.
            done.errors[re.sub(r"\S*/\S*", "…", f"{type(error).__name__}: {error}")[:80]] += 1
        now = time.perf_counter()
        done.waits.append(now - before)
    done.rate = done.transfers / (now - start)
    return done
