"""Somebody looks at a page of the market: what that takes, and how often it can be done."""

from __future__ import annotations

import http.client
import time
from functools import partial
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from core import clock
from marketplace.queries.branches import branches
from marketplace.queries.listing import Listing
from marketplace.queries.search import read
from neighbourhoods.models import Neighbourhood
from tests.bench.clients import Step, run
from tests.bench.reads import Watch

ROW = b'<li class="row '
PATIENCE = 60
# As the proxy says it that stands in front of a site.
HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https", "Accept": "text/html"}


def look(path: str, times: int) -> dict[str, Any]:
    """In this process, without a server: queries, how long, and how much of that in the database (milliseconds)."""
    client = Client(headers=HEADERS)
    _get(client, path)  # templates, translations, and what is read once
    with CaptureQueriesContext(connection) as asked:
        body = _get(client, path)
    queries = len(asked)  # before the next page, with which Django counts anew
    totals, within = [], []
    for _ in range(times):
        watch = Watch()
        with connection.execute_wrapper(watch):
            start = time.perf_counter()
            _get(client, path)
            totals.append(time.perf_counter() - start)
        within.append(watch.seconds)
    return {
        "queries": queries,
        "found": _found(path),
        "rows": body.count(ROW),
        "kilobytes": round(len(body) / 1000, 1),
        "alone": round(median(totals) * 1000, 2),
        "database": round(median(within) * 1000, 2),
    }


def _get(client: Client, path: str) -> bytes:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}.")
    return answer.content


def _found(path: str) -> int:
    """How many offers a page is about, however few of them it shows."""
    parts = urlsplit(path)
    slug = resolve(parts.path).kwargs["slug"]
    tree = branches()
    search, _left_out = read(
        QueryDict(parts.query), place=Neighbourhood.objects.get(slug=slug), branches=tree
    )
    return Listing(search, clock.now(), tree).found().count()


# --- Through a server -------------------------------------------------------------------------------------------------


def load(port: int, path: str, clients: int, seconds: float) -> dict[str, Any]:
    """So many visitors who each ask for the page again as soon as they have it."""
    return run(partial(visitor, port, path), clients, seconds)


def visitor(port: int, path: str, _client: int) -> Step:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def step() -> int:
        line.request("GET", path, headers=HEADERS)
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200 or not body:
            raise RuntimeError(f"answered {answer.status}")
        return 1

    return step
