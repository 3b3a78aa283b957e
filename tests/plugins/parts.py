"""Which tests run in which pass, and how many of them did."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.databases import databases_at
from tests.plugins.addresses import database_url

OUTCOMES = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")
SLOWEST = 10


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("socialcoin")
    group.addoption(
        "--part",
        choices=["all", "both", "once"],
        default="all",
        help="both: what must hold on every database. once: what runs on this one alone. all: what can run here.",
    )
    group.addoption("--counts", type=Path, help="Write to this file how many tests passed, failed and so on.")
    group.addoption("--slowest", type=Path, help="Write the slowest tests to this file.")


def once_on(item: pytest.Item) -> str | None:
    """The database that a test marked `once` runs on; None for a test that must hold on both."""
    mark = item.get_closest_marker("once")
    if mark is None:
        return None
    name = str(mark.args[0]) if mark.args else "sqlite"
    if name not in {"sqlite", "postgres"}:
        raise pytest.UsageError(f"{item.nodeid}: once knows sqlite and postgres, not {name}.")
    return "postgresql" if name == "postgres" else name


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = databases_at(database_url()).vendor
    part = config.getoption("part")
    wanted: dict[str, set[str | None]] = {"both": {None}, "once": {here}, "all": {None, here}}
    chosen = [item for item in items if once_on(item) in wanted[part]]
    if left := [item for item in items if once_on(item) not in wanted[part]]:
        config.hook.pytest_deselected(items=left)
        items[:] = chosen


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """With xdist this runs in the one process that hears of every test."""
    stats = terminalreporter.stats
    if path := config.getoption("counts"):
        path.write_text(json.dumps({outcome: len(stats.get(outcome, [])) for outcome in OUTCOMES}))
    if path := config.getoption("slowest"):
        reports = [report for report in stats.get("passed", []) if hasattr(report, "duration")]
        reports.sort(key=lambda report: report.duration, reverse=True)
        path.write_text("".join(f"{r.duration:7.2f} s  {r.nodeid}\n" for r in reports[:SLOWEST]))
