"""Counting one large vote, ours beside pyrankvote: 20,000 ballots that are all different, 15 candidates, 7 seats.

Each measurement is a process of its own, so that its memory is its own; the two take turns, and a ratio is always of
two that came right after each other. `python -m tests.bench.tally` measures this part alone and puts it in the results.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from neighbourhoods.counting import FORMAT, canonical, count
from tests.bench import machine
from tests.bench.cases import WHOLE
from tests.bench.figures import spread
from tests.databases import ROOT

BALLOTS, CANDIDATES, SEATS = 20_000, 15, 7
COMMAND = "python -m neighbourhoods.counting count FILE"


def vote(ballots: int = BALLOTS) -> dict[str, Any]:
    """A paper with so many rankings of all candidates, no two of them alike."""
    chance = random.Random(15)
    options = [str(number) for number in range(1, CANDIDATES + 1)]
    rankings: set[tuple[str, ...]] = set()
    while len(rankings) < ballots:
        rankings.add(tuple(chance.sample(options, CANDIDATES)))
    return {
        "format": FORMAT, "method": "STV", "options": options, "seats": SEATS,
        "low": None, "high": None, "step": None, "present": None, "withdrawn": [], "guarded": [], "seed": "15" * 32,
        "roll": {"size": ballots, "channels": {"ONLINE": ballots}},
        "rules": {
            "turnout_quorum": [0, 1], "approval_quorum": [0, 1], "majority": [1, 2], "is_strict": True,
            "blanks_count": False,
        },
        "ballots": sorted(([list(ranking), None] for ranking in rankings), key=canonical),
    }  # fmt: skip


# --- In a process of its own ------------------------------------------------------------------------------------------


def ours(paper: dict[str, Any]) -> list[str]:
    """All of it: the paper is checked and hashed, and the sheet is made."""
    elected: list[str] = count(paper)["outcome"]["elected"]
    return elected


def pyrankvote(paper: dict[str, Any]) -> list[str]:
    import pyrankvote as theirs

    people = {name: theirs.Candidate(name) for name in paper["options"]}
    ballots = [theirs.Ballot([people[name] for name in choice]) for choice, _receipt in paper["ballots"]]
    result = theirs.single_transferable_vote(list(people.values()), ballots, paper["seats"])
    return [winner.name for winner in result.get_winners()]


def measure(who: str, file: Path) -> dict[str, Any]:
    """Seconds for the count, and how much memory it took beyond that of the vote as it was read."""
    paper = json.loads(file.read_text())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    elected = {"ours": ours, "pyrankvote": pyrankvote}[who](paper)
    seconds = time.perf_counter() - start
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {
        "seconds": round(seconds, 3),
        "megabytes": round(more / 1024, 1),
        "elected": sorted(elected, key=int),
    }


# --- All of it --------------------------------------------------------------------------------------------------------


def run(rounds: int, ballots: int = BALLOTS) -> dict[str, Any]:
    """So many rounds of both, and of the whole command as anybody gives it."""
    runs: dict[str, list[dict[str, Any]]] = {"ours": [], "pyrankvote": [], "command": []}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "vote.json"
        file.write_text(canonical(vote(ballots)))
        for number in range(rounds):
            for who in ("ours", "pyrankvote") if number % 2 else ("pyrankvote", "ours"):
                runs[who].append(_apart(who, file))
            runs["command"].append(_command(file))
        megabytes = round(file.stat().st_size / 1024**2, 1)
    ratios = [
        theirs["seconds"] / own["seconds"]
        for theirs, own in zip(runs["pyrankvote"], runs["ours"], strict=True)
    ]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "pyrankvote": version("pyrankvote"),
        "ballots": ballots,
        "candidates": CANDIDATES,
        "seats": SEATS,
        "rounds": rounds,
        "file_megabytes": megabytes,
        "same": len({tuple(one["elected"]) for who in ("ours", "pyrankvote") for one in runs[who]}) == 1,
        "seconds": {who: spread([one["seconds"] for one in done], 3) for who, done in runs.items()},
        "megabytes": {who: spread([one["megabytes"] for one in done]) for who, done in runs.items()},
        "times": spread(ratios, 2),
    }


def _apart(who: str, file: Path) -> dict[str, Any]:
    words = [sys.executable, "-m", "tests.bench.tally", "--measure", who, str(file)]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def _command(file: Path) -> dict[str, Any]:
    """The whole process, from its start: reading the file, counting, writing the sheet."""
    words = [sys.executable, "-m", "neighbourhoods.counting", "count", str(file)]
    start = time.perf_counter()
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        _number, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return {"seconds": round(time.perf_counter() - start, 3), "megabytes": round(used.ru_maxrss / 1024, 1)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--measure", nargs=2, metavar=("WHO", "FILE"), help="one measurement, in this process"
    )
    parser.add_argument("--rounds", type=int, default=WHOLE.tallies)
    asked = parser.parse_args()
    if asked.measure:
        who, file = asked.measure
        sys.stdout.write(json.dumps(measure(who, Path(file))))
        return 0
    from tests.bench.run import RESULTS

    machine.wait_for_calm(2)
    results = json.loads(RESULTS.read_text()) | {"tally": run(asked.rounds)}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    sys.stdout.write(f"{json.dumps(results['tally'], indent=1)}\nNow: python -m tests.bench.page\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
