"""Payments with the sealer at work beside them, as it is on a server."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event

from django.db import connections

from core.sealing.service import Looks, one_pass, serve
from tests.bench import unsealed

PATIENCE = 60

ours = unsealed.ours
prepare = unsealed.prepare


@contextmanager
def beside() -> Iterator[None]:
    """The service, in a process of its own, past its first long look."""
    connections.close_all()  # a connection must not be shared with a child
    context = multiprocessing.get_context("fork")
    ready, ending = context.Event(), context.Event()
    sealer = context.Process(target=_seal, args=(ready, ending))
    sealer.start()
    try:
        if not ready.wait(PATIENCE):
            raise RuntimeError("The sealer did not get ready.")
        yield
        if not sealer.is_alive():
            raise RuntimeError("The sealer did not stay.")
    finally:
        ending.set()
        sealer.join(PATIENCE)


def _seal(ready: Event, ending: Event) -> None:
    looks = Looks()
    one_pass(looks)
    ready.set()
    serve(ending, looks)
