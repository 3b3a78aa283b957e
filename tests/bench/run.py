"""`make bench`: measure everything in one run, print a table, and keep the figures.

A whole run writes tests/bench/results.json, from which docs/performance.md is made; a quick one (QUICK=1) shows that
everything works, and writes var/bench/quick.json.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.bench import cases, figures, history, limit, machine, market, screen, tally
from tests.bench.cases import QUICK, WHOLE, Case, Plan
from tests.bench.server import Driver, connect, copy, durable_postgres, postmaster
from tests.databases import ROOT, Postgres, Sqlite, manage
from tests.postgres import Server

RESULTS = ROOT / "tests" / "bench" / "results.json"
QUICK_RESULTS = ROOT / "var" / "bench" / "quick.json"
ACCOUNTS = 10_000


def tell(words: str) -> None:
    """Say on the screen how far it has come."""
    print(f"{time.strftime('%H:%M:%S')} {words}", flush=True)


@dataclass
class Bench:
    """One run. `drivers` are the processes that know Django, by the name of the engine in `cases`."""

    plan: Plan
    server: Server
    drivers: dict[str, Driver]
    world: dict[str, int] = field(default_factory=dict)
    sqlite: str = ""
    histories: dict[str, history.History] = field(default_factory=dict)
    sealing: dict[str, Any] = field(default_factory=dict)
    tally: dict[str, Any] = field(default_factory=dict)
    market: dict[str, Any] = field(default_factory=dict)
    runs: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    reads: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    # --- Before ---------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Make the databases, each a copy of one small world."""
        tell("making a ledger of ten thousand accounts")
        template = Postgres.name(Postgres(self.server.url).template())
        copy(self.server, template, "world")
        self.world = self.drivers["postgres"].ask("do", database="world", work="world:build")
        for name in ("ours", "limit", "textbook", "sealed", *map(cases.history_name, self.plan.histories)):
            copy(self.server, "world", name)
        with connect(self.server, "limit") as connection:
            limit.build(connection)
        self._prepare_peer()
        self.sqlite = Sqlite.name(Sqlite().copy(Sqlite().template()))
        self.drivers["sqlite"].ask("do", database=self.sqlite, work="world:build")
        for rounds in self.plan.histories:
            self._write_history(rounds)

    def _prepare_peer(self) -> None:
        with connect(self.server) as connection:
            connection.execute("CREATE DATABASE hordak")
        url = self.server.url.removesuffix("postgres") + "hordak"
        manage(url, "migrate", "-v0", "hordak", DJANGO_SETTINGS_MODULE="tests.bench.settings")
        self.drivers["peer"].ask("do", database="hordak", work="peer:build")

    def _write_history(self, rounds: int) -> None:
        name = cases.history_name(rounds)
        with connect(self.server, name) as connection:
            made = history.write(connection, rounds, history.World(**self.world))
        tell(f"{made.transfers:,} transfers written in {made.seconds:.0f} s ({made.megabytes:,} MB)")
        self.histories[name] = made

    # --- Measuring ------------------------------------------------------------------------------------------------

    def measure(self) -> None:
        """All cases, round after round, then what is done once and for long."""
        for number in range(1, self.plan.rounds + 1):
            tell(f"round {number} of {self.plan.rounds}")
            for case in cases.write_cases(self.plan):
                self._measure(case, self.plan.seconds)
            for name in self.histories:
                machine.wait_for_calm(self.plan.patience)
                answer = self.drivers["postgres"].ask(
                    "do", database=name, work="reads:run", count=self.plan.reads
                )
                self.reads[name].append(answer)
        tell("for long")
        for case in cases.long_cases():
            self._measure(case, self.plan.long_seconds)
        self._measure_sealing()
        tell("counting one large vote")
        machine.wait_for_calm(self.plan.patience)
        self.tally = tally.run(self.plan.tallies)
        tell("looking round the market")
        self.market = market.run(self.plan, self.server, self.drivers["postgres"])

    def _measure_sealing(self) -> None:
        """In pairs, each the other way round than the one before it."""
        tell("with the sealer and without it")
        pair = cases.sealing_cases()
        for number in range(self.plan.pairs):
            for case in pair[:: 1 if number % 2 else -1]:
                self._measure(case, self.plan.pair_seconds)
        tell("sealing a history, and verifying it")
        self.sealing = self.drivers["postgres"].ask(
            "do", database=cases.sealed_history(self.plan), work="seals:run", times=self.plan.rounds
        )

    def _measure(self, case: Case, seconds: float) -> None:
        idle = machine.wait_for_calm(self.plan.patience)
        before = machine.read_clock(self._processes())
        run = self._do(case, seconds)
        after = machine.read_clock(self._processes())
        run["load"] = machine.load(before, after, idle)
        self.runs[case.name].append(run)

    def _do(self, case: Case, seconds: float) -> dict[str, Any]:
        if case.engine == "pgbench":
            return limit.run(
                self.server, case.database, case.work, case.clients, seconds,
                first=self.world["account"], accounts=ACCOUNTS,
            )  # fmt: skip
        database = self.sqlite if case.engine == "sqlite" else case.database
        answer: dict[str, Any] = self.drivers[case.engine].ask(
            "write", database=database, work=case.work, clients=case.clients, seconds=seconds
        )
        return answer

    def _processes(self) -> list[int]:
        """Ours: this one and all that it started, and the server, which stands on its own."""
        return [os.getpid(), postmaster(self.server)]

    # --- Afterwards -----------------------------------------------------------------------------------------------

    def check(self) -> dict[str, Any]:
        """Does everything add up that was written at full speed?"""
        found = {}
        for name in ("ours", "sealed", *self.histories):
            found[name] = self.drivers["postgres"].ask("check", database=name)
            tell(f"check_ledger on {name}: {found[name]['wrong'] or 'it adds up'}")
        found["sqlite"] = self.drivers["sqlite"].ask("check", database=self.sqlite)
        tell(f"check_ledger on sqlite: {found['sqlite']['wrong'] or 'it adds up'}")
        return found

    def results(self) -> dict[str, Any]:
        done = [*cases.write_cases(self.plan), *cases.long_cases(), *cases.sealing_cases()]
        measured = {case.name: figures.of_case(case, self.runs[case.name]) for case in done}
        ratios = [figures.of_ratio(ratio, measured) for ratio in cases.ratios(self.plan)]
        return {
            "cases": list(measured.values()),
            "ratios": [ratio for ratio in ratios if ratio],
            "histories": {name: asdict(made) for name, made in self.histories.items()},
            "sealing": {**self.sealing, "verifying": figures.spread(self.sealing["verifying"], 0)},
            "reads": {name: figures.of_reads(rounds) for name, rounds in self.reads.items()},
            "tally": self.tally,
            "market": self.market,
        }


@contextmanager
def running(plan: Plan) -> Iterator[Bench]:
    """The server and the processes on it, stopped and removed afterwards."""
    with durable_postgres() as server:
        drivers = {
            "postgres": Driver.start(server.url, "config.settings.test"),
            "peer": Driver.start(server.url),
            "sqlite": Driver.start("sqlite:///nowhere"),
        }
        bench = Bench(plan, server, drivers)
        try:
            yield bench
        finally:
            for driver in drivers.values():
                driver.stop()
            if bench.sqlite:
                Sqlite().drop(f"sqlite:///{bench.sqlite}")


def run(plan: Plan) -> dict[str, Any]:
    start = time.monotonic()
    about = {
        "date": datetime.now(UTC).date().isoformat(),
        "command": "make bench" if plan is WHOLE else "make bench QUICK=1",
        "machine": machine.describe(),
        "versions": machine.versions(),
        "plan": asdict(plan),
        "pgbench": " ".join(["pgbench", *limit.arguments(8, plan.seconds)]),
    }
    with running(plan) as bench:
        with connect(bench.server) as connection:
            about["postgres"] = machine.postgres(connection)
        bench.prepare()
        bench.measure()
        about |= {"checks": bench.check(), **bench.results()}
    return {"minutes": round((time.monotonic() - start) / 60, 1), **about}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute or two, to see that it works")
    is_quick = parser.parse_args().quick
    try:
        results = run(QUICK if is_quick else WHOLE)
    except machine.NoDisk as error:
        sys.exit(str(error))
    place = QUICK_RESULTS if is_quick else RESULTS
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(results, indent=1) + "\n")
    print(screen.table(results))
    tell(f"{results['minutes']} minutes; the figures are in {place.relative_to(ROOT)}")
    if not is_quick:
        print("Now: python -m tests.bench.page")
    return 1 if any(one["wrong"] for one in results["checks"].values()) else 0


if __name__ == "__main__":
    sys.exit(main())
