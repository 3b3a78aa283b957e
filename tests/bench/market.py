"""The market of one neighbourhood among few offers and among very many, asked for as a browser asks for it.

For each size there is a database of its own and a server on it: gunicorn with two processes and the settings of
production. Beside what we measure stand figures of another run: of the example site of Wagtail, on the same machine on
another day. `python -m tests.bench.market` measures this part alone and puts it in the results.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.bench import machine, market_site
from tests.bench.cases import QUICK, WHOLE, Plan
from tests.bench.figures import spread
from tests.bench.server import Driver, copy, durable_postgres, postmaster
from tests.databases import Postgres
from tests.postgres import Server

PAGES = {
    "market": "/nl/market/in/molenwijk/",
    "search": "/nl/market/in/molenwijk/?q=fiets+repareren&kind=service",
}
CLIENTS = (1, 8)
LOOKS = 30  # of one page, without a server
WARM_UP = 1.0  # seconds: each process of the server reads its templates once

# wagtail/bakerydemo at commit 8e2b625: 35 pages, its own pictures and texts, SQLite, DEBUG=False, no cache of pages;
# gunicorn with two processes (one thread each), eight visitors, wrk as the visitors. `alone`: half within, one visitor.
PEER = {
    "commit": "8e2b625",
    "pages": [
        {"path": "/", "alone": 39, "queries": 43, "rate": 46, "p50": 169, "p95": 207},
        {"path": "/blog/", "alone": 25, "queries": 58, "rate": 74, "p50": 106, "p95": 112},
        {"path": "/breads/", "alone": 30, "queries": 48, "rate": 63, "p50": 124, "p95": 136},
    ],
}


@dataclass
class Market:
    """One size: its database, the port of the server on it, and all that was measured of each page."""

    offers: int
    port: int
    looked: dict[str, dict[str, Any]]
    runs: dict[tuple[str, int], list[dict[str, Any]]] = field(default_factory=dict)


def run(plan: Plan, server: Server, driver: Driver) -> dict[str, Any]:
    """Make the markets, then ask for their pages, round after round. `driver` has the settings of the tests."""
    with tempfile.TemporaryDirectory() as static, ExitStack() as servers:
        copy(server, Postgres.name(Postgres(server.url).template()), "market")
        log_key = driver.ask("do", database="market", work="market_world:build")
        settings = market_site.environment(static, log_key)
        market_site.prepare(_url(server, "market"), settings)
        markets = [_market(offers, server, driver, settings, servers) for offers in plan.markets]
        for _round in range(plan.rounds):
            for market in markets:
                for page in PAGES:
                    for clients in CLIENTS:
                        found = _measure(plan, server, driver, market, page, clients)
                        market.runs.setdefault((page, clients), []).append(found)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "pages": PAGES,
        "workers": market_site.WORKERS,
        "rounds": plan.rounds,
        "seconds": plan.visit_seconds,
        "measured": [_figures(market, page) for page in PAGES for market in markets],
        "peer": PEER,
    }


def _market(
    offers: int, server: Server, driver: Driver, settings: dict[str, str], servers: ExitStack
) -> Market:
    """So many offers in a database of their own, each page looked at by itself, and a server that stays to the end."""
    name = copy(server, "market", f"market_{offers}")
    driver.ask("do", database=name, work="market_world:fill", offers=offers)
    looked = _look(_url(server, name), name, settings)
    return Market(offers, servers.enter_context(market_site.serving(_url(server, name), settings)), looked)


def _look(url: str, database: str, settings: dict[str, str]) -> dict[str, dict[str, Any]]:
    """With the settings of production: what the site keeps in a cache is asked of the database there."""
    looker = Driver.start(url, market_site.SETTINGS, **settings)
    try:
        return {
            page: looker.ask("do", database=database, work="market_visits:look", path=path, times=LOOKS)
            for page, path in PAGES.items()
        }
    finally:
        looker.stop()


def _url(server: Server, database: str) -> str:
    return server.url.removesuffix("postgres") + database


def _measure(
    plan: Plan, server: Server, driver: Driver, market: Market, page: str, clients: int
) -> dict[str, Any]:
    """Visitors at one page for a while, after a start that is not counted."""

    def visits(seconds: float) -> dict[str, Any]:
        answer: dict[str, Any] = driver.ask(
            "do", database=f"market_{market.offers}", work="market_visits:load", port=market.port,
            path=PAGES[page], clients=clients, seconds=seconds,
        )  # fmt: skip
        return answer

    ours = [os.getpid(), postmaster(server)]
    visits(WARM_UP)
    idle = machine.wait_for_calm(plan.patience)
    before = machine.read_clock(ours)
    found = visits(plan.visit_seconds)
    return {**found, "load": machine.load(before, machine.read_clock(ours), idle)}


def _figures(market: Market, page: str) -> dict[str, Any]:
    """Of one page of one market: what it takes, and of each number of visitors the spread over the rounds."""
    visits = {}
    for clients in CLIENTS:
        runs = market.runs[page, clients]
        visits[str(clients)] = {
            **{key: spread([one[key] for one in runs]) for key in ("rate", "p50", "p95")},
            "slowest": max(one["slowest"] for one in runs),
            "errors": sum(sum(one["errors"].values()) for one in runs),
            "noisy": sum(one["load"]["noisy"] for one in runs),
            "runs": runs,
        }
    return {"page": page, "offers": market.offers, **market.looked[page], "visits": visits}


def alone(plan: Plan) -> dict[str, Any]:
    """This part on a server of its own."""
    with durable_postgres() as server:
        driver = Driver.start(server.url, "config.settings.test")
        try:
            return run(plan, server, driver)
        finally:
            driver.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="to see that it works: nothing is kept")
    is_quick = parser.parse_args().quick
    from tests.bench.run import RESULTS
    from tests.bench.screen import market_table

    start = time.monotonic()
    found = alone(QUICK if is_quick else WHOLE)
    sys.stdout.write(f"{market_table(found)}\n{time.monotonic() - start:.0f} seconds\n")
    if not is_quick:
        results = json.loads(RESULTS.read_text()) | {"market": found}
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
        sys.stdout.write("Now: python -m tests.bench.page\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
