"""The site as a server runs it: gunicorn with the settings of production, on one of the databases."""

from __future__ import annotations

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.databases import ROOT, manage

SETTINGS = "config.settings.production"
WORKERS = 2
PATIENCE = 60


def environment(static: str, log_key: str) -> dict[str, str]:
    """What a server sets, and nothing that a developer has in a file. `static` is the folder for collected files."""
    return {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "ENV_FILE": "",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost",
        "LOG_KEY": log_key,
        "STATIC_ROOT": static,
        "WORKERS": str(WORKERS),
    }


def prepare(url: str, settings: dict[str, str]) -> None:
    """What is done once on a server: the static files, whose names stand on every page, and the table of the cache."""
    manage(url, "collectstatic", "-v0", "--noinput", **settings)
    manage(url, "createcachetable", "-v0", **settings)


@contextmanager
def serving(url: str, settings: dict[str, str]) -> Iterator[int]:
    """The port of a server on this database, once it answers."""
    port = _free_port()
    words = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "warning"]
    with subprocess.Popen(
        words,
        env={**os.environ, **settings, "DATABASE_URL": url, "BIND": f"127.0.0.1:{port}"},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    ) as process:
        try:
            _wait_for(process, port)
            yield port
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    """:raises RuntimeError: when the server ends or does not answer; what it said stands on the screen."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            line.request("GET", "/nl/", headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
            if line.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not come up.")
