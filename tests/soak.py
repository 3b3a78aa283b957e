"""A long walk: 100,000 random steps in the ledger, on SQLite and on PostgreSQL, each held against the plain one.

`SOAK_STEPS=… make soak` takes more or fewer, `SOAK_SEED=…` repeats a walk. Ends with two lines that say how many steps
were taken, and how often each outcome came about stands before them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.databases import ROOT, STORE, databases_at
from tests.postgres import throw_away_postgres

STEPS = int(os.environ.get("SOAK_STEPS", "100000"))
SEED = int(os.environ.get("SOAK_SEED", "0")) or int(time.time()) % 1_000_000


def walk(name: str, url: str) -> bool:
    """Take the steps on one database and tell what came of them; whether all was well."""
    counts = STORE / f"soak-{name}.jsonl"
    counts.unlink(missing_ok=True)
    ran = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-n", str(max(2, os.cpu_count() or 2)), "--dist", "worksteal",
            "tests/ledger/test_stateful.py",
        ],
        cwd=ROOT,
        env={
            **os.environ, "DATABASE_URL": url, "SOAK_STEPS": str(STEPS), "SOAK_SEED": str(SEED),
            "SOAK_COUNTS": str(counts),
        },
        stdin=subprocess.DEVNULL,
        check=False,
    )  # fmt: skip
    outcomes = read(counts)
    for outcome, often in sorted(outcomes.items()):
        print(f"{often:8} {outcome}")
    is_well = not ran.returncode and outcomes.total() >= STEPS
    print(f"{name}: {outcomes.total()} steps, {'no difference' if is_well else 'FAILED'}", flush=True)
    return is_well


def read(counts: Path) -> Counter[str]:
    """What each round wrote, together."""
    outcomes: Counter[str] = Counter()
    if counts.exists():
        for line in counts.read_text().splitlines():
            outcomes.update(json.loads(line))
    return outcomes


def main() -> int:
    STORE.mkdir(parents=True, exist_ok=True)
    print(f"SOAK_STEPS={STEPS} SOAK_SEED={SEED}", flush=True)
    databases_at("sqlite://").template()
    is_well = walk("sqlite", "sqlite://")
    with throw_away_postgres() as url:
        is_well = walk("postgres", url) and is_well
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
