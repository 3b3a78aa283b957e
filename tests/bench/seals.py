"""How long it takes to seal a history, and to verify it anew."""

from __future__ import annotations

import time
from typing import Any

from core import clock
from core.sealing.sealer import seal
from core.sealing.verifying import verify
from ledger.queries import proof_of
from ledger.sealing import LEDGER

PROOFS = 50


def run(times: int) -> dict[str, Any]:
    """Leaves a second when sealing, when verifying (so many times), and milliseconds for the proof of one receipt."""
    start = time.perf_counter()
    leaves = seal(LEDGER, at=clock.now())
    sealing = leaves / (time.perf_counter() - start)
    rates = [_verify() for _ in range(times)]
    start = time.perf_counter()
    for number in range(PROOFS):
        assert proof_of(1 + number * (leaves // PROOFS))
    proof = (time.perf_counter() - start) / PROOFS * 1000
    return {"leaves": leaves, "sealing": round(sealing), "verifying": rates, "proof": round(proof, 2)}


def _verify() -> int:
    start = time.perf_counter()
    reports = verify()
    seconds = time.perf_counter() - start
    if faults := [fault for report in reports for fault in report.faults]:
        raise RuntimeError(faults[0])
    return round(sum(report.size for report in reports) / seconds)
