"""Payments without a sealer beside them, in a ledger where all that came before is sealed."""

from __future__ import annotations

from core import clock
from core.sealing.logs import logs
from core.sealing.sealer import seal
from tests.bench import payments, works

ours = works.ours


def prepare() -> None:
    """What earlier measurements paid is sealed now, so that no sealer has it still to do."""
    payments.prepare()
    for log in logs():
        seal(log, at=clock.now())
