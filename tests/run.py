"""The whole suite: on SQLite, on PostgreSQL, then once what belongs to one database or to a browser.

Ends with three lines that say how many tests passed, failed and were skipped. Green means: nothing failed, nothing
was skipped, and both databases ran the same tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.browsers import make_sure_of_chromium
from tests.databases import ROOT, STORE, databases_at
from tests.postgres import keep_migrated_server, throw_away_postgres

# Python turns some four thousand sources into bytecode, and pytest writes out every assertion: ten seconds for each
# worker and two for each command that a test starts, unless it is kept. Here, so that no folder of ours fills up, and
# also where the environment says that nothing be written.
BYTECODE = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(STORE / "bytecode")}


@dataclass(frozen=True)
class Counts:
    """What became of the tests of one pass. An error in a fixture and an unexpected pass are failures."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    @classmethod
    def read(cls, path: Path) -> Counts:
        """A pass that never came to its end wrote nothing: that is a failure too."""
        if not path.exists():
            return cls(failed=1)
        counts = json.loads(path.read_text())
        return cls(
            passed=counts["passed"],
            failed=counts["failed"] + counts["error"] + counts["xpassed"],
            skipped=counts["skipped"] + counts["xfailed"],
        )

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    @property
    def is_green(self) -> bool:
        return self.passed > 0 and not self.failed and not self.skipped


def run_part(part: str, name: str, url: str) -> Counts:
    """Run the tests of one part on one database, and count them."""
    print(f"--- {name}", flush=True)
    counts = STORE / f"{name}.json"
    counts.unlink(missing_ok=True)
    workers = max(2, os.cpu_count() or 2)
    ran = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-n", str(workers), "--dist", "worksteal", f"--part={part}",
            # With "=": pytest takes a value that stands by itself for a folder of tests, once the file is there.
            f"--counts={counts}", f"--slowest={STORE / f'{name}-slowest.txt'}", *sys.argv[1:],
        ],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdin=subprocess.DEVNULL,
        check=False,
    )  # fmt: skip
    result = Counts.read(counts)
    if ran.returncode and result.is_green:
        return result + Counts(
            failed=1
        )  # pytest itself was not content: a warning at the end, an interruption
    return result


def make_templates() -> None:
    """Migrate for both databases at the same time: with new migrations each takes one core most of a minute.

    What goes wrong here is left for the pass, which tries again and says so.
    """
    with ThreadPoolExecutor() as both:
        both.submit(databases_at("sqlite://").template)
        both.submit(keep_migrated_server)


def run_all() -> dict[str, Counts]:
    """Run everything; what cannot start counts as failed."""
    results = {"sqlite": Counts(failed=1), "postgres": Counts(failed=1), "once": Counts(failed=1)}
    try:
        databases_at("sqlite://").template()
        results["sqlite"] = run_part("both", "sqlite", "sqlite://")
    except RuntimeError as error:
        print(error)
    try:
        make_sure_of_chromium()
        results["once"] = run_part("once", "once-sqlite", "sqlite://")
    except RuntimeError as error:
        print(error)
    try:
        with throw_away_postgres() as url:
            results["postgres"] = run_part("both", "postgres", url)
            results["once"] += run_part("once", "once-postgres", url)
    except RuntimeError as error:
        print(error)
        results["once"] += Counts(failed=1)
    return results


def main() -> int:
    STORE.mkdir(parents=True, exist_ok=True)
    os.environ.update(BYTECODE)
    make_templates()
    results = run_all()
    same = results["sqlite"].passed == results["postgres"].passed
    if not same:
        print("The two databases did not pass the same number of tests.")
    for name, counts in results.items():
        print(f"{name}: {counts}")
    return 0 if same and all(counts.is_green for counts in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
