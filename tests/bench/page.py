"""`python -m tests.bench.page` makes docs/performance.md from the figures of the last whole run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.bench import tables
from tests.bench.goals import GOALS, Results, missed, rate
from tests.bench.reasons import REASONS
from tests.databases import ROOT

RESULTS = ROOT / "tests" / "bench" / "results.json"
PAGE = ROOT / "docs" / "performance.md"
WORDS = Path(__file__).with_name("page.md")


def page(results: Results) -> str:
    """The whole page. What is told and what is counted stand apart: the words are in page.md."""
    return WORDS.read_text().format(**figures(results))


def figures(results: Results) -> dict[str, Any]:
    """What the words of the page ask for."""
    smallest, *_between, largest = tables.in_order(results)
    busy = next(case for case in results["cases"] if case["name"] == "sqlite-long-16")
    refused = sum(busy["errors"].values())
    runs = [run for case in results["cases"] for run in case["runs"]]
    noisy = sum(run["load"]["noisy"] for run in runs)
    return {
        "reached": len(GOALS) - len(missed(results)),
        "all_goals": len(GOALS),
        "ours_8": tables.number(rate("ours-spread-8")(results)),
        "ours_1": tables.number(rate("ours-spread-1")(results)),
        "hot_8": tables.number(rate("ours-hot-8")(results)),
        "sqlite_1": tables.number(rate("sqlite-1")(results)),
        "sqlite_wait": tables.number(busy["slowest"]),
        "sqlite_refused": f"{refused} were" if refused else "none was",
        "per_million": tables.number(largest["megabytes"] / largest["transfers"] * 1_000_000),
        "smallest": f"{smallest['transfers']:,}",
        "largest": f"{largest['transfers']:,}",
        "page_small": tables.number(smallest["reads"]["first page"]["median"]),
        "page_large": tables.number(largest["reads"]["first page"]["median"]),
        "check_seconds": tables.number(results["checks"][largest["name"]]["seconds"]),
        "goals": tables.goals(results),
        "reasons": reasons(results),
        "spread": tables.payments(results, "spread"),
        "spread_ratios": tables.ratios(results, "spread"),
        "hot": tables.payments(results, "hot"),
        "hot_ratios": tables.ratios(results, "hot"),
        "waits": tables.waits(results),
        "others": tables.others(results),
        "sqlite": tables.sqlite(results),
        "reads": tables.reads(results),
        "sealing": tables.sealing(results),
        "tally": tables.tally(results),
        "ballots": f"{results['tally']['ballots']:,}",
        "candidates": results["tally"]["candidates"],
        "seats": results["tally"]["seats"],
        "tallies": results["tally"]["rounds"],
        "tally_date": results["tally"]["date"],
        "tally_file": tables.number(results["tally"]["file_megabytes"]),
        "tally_seconds": tables.number(results["tally"]["seconds"]["command"]["median"]),
        "tally_memory": tables.number(results["tally"]["megabytes"]["command"]["max"]),
        "tally_same": "the same people" if results["tally"]["same"] else "**not the same people**",
        **_market(results),
        "pairs": results["plan"]["pairs"],
        "pair_seconds": tables.number(results["plan"]["pair_seconds"]),
        "full": tables.spread(next(one for one in results["ratios"] if one["name"] == "full-empty-8")),
        "rounds": results["plan"]["rounds"],
        "seconds": tables.number(results["plan"]["seconds"]),
        "measured": len(runs),
        "noisy": noisy,
        "checks": "everything added up" if not any(one["wrong"] for one in results["checks"].values())
        else "**not everything added up**",
        "processors": results["machine"]["processors"],
        "machine": machine(results),
        "date": results["date"],
        "minutes": tables.number(results["minutes"]),
        "command": results["command"],
        "pgbench": results["pgbench"],
    }  # fmt: skip


def _market(results: Results) -> dict[str, Any]:
    found = results["market"]
    visits = [one["visits"][clients] for one in found["measured"] for clients in one["visits"]]
    refused = sum(one["errors"] for one in visits)
    return {
        "market": tables.market(results),
        "market_work": tables.market_work(results),
        "market_search": found["pages"]["search"].partition("?")[2],
        "market_workers": found["workers"],
        "market_rounds": found["rounds"],
        "market_seconds": tables.number(found["seconds"]),
        "market_date": found["date"],
        "market_noisy": sum(one["noisy"] for one in visits),
        "market_measured": sum(len(one["runs"]) for one in visits),
        "market_refused": f"{refused} were" if refused else "none was",
        "market_commit": found["peer"]["commit"],
    }


def reasons(results: Results) -> str:
    """For each goal that was missed, why.

    :raises KeyError: when nobody has written why.
    """
    lines = [f"* **{goal.says}.** {REASONS[goal.name]}" for goal in missed(results)]
    return "\n".join(lines) if lines else "None was."


def machine(results: Results) -> str:
    about, versions, postgres = results["machine"], results["versions"], results["postgres"]
    settings = ", ".join(f"{name} {value}" for name, value in postgres.items() if name != "server_version")
    rows = [
        [
            "processors",
            f"{about['processors']} × {about['processor']}{', of a virtual machine' * about['virtual']}",
        ],
        ["memory", f"{about['memory_gib']} GiB"],
        [
            "disk",
            f"{about['filesystem']}; it says {about['flushes_a_second']:,} times a second that 8 kB are safe",
        ],
        ["system", about["system"]],
        ["PostgreSQL", f"{postgres['server_version']}: {settings}"],
        ["SQLite", f"{versions['sqlite']}: WAL, synchronous=FULL, transactions begin IMMEDIATE"],
        ["Python", f"{versions['python']}, Django {versions['django']}, psycopg {versions['psycopg']}"],
        ["compared with", f"django-hordak {versions['django-hordak']}"],
    ]
    return "\n".join(["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)])


def main() -> None:
    PAGE.write_text(page(json.loads(RESULTS.read_text())))
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
