"""What is measured in: one PostgreSQL with full durability, and the processes on it and on SQLite."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.databases import ROOT
from tests.postgres import DURABLE, Server

SETTINGS = "tests.bench.settings"


@contextmanager
def durable_postgres() -> Iterator[Server]:
    """A fresh server that loses nothing it committed; gone afterwards."""
    server = Server.prepare(DURABLE)
    try:
        server.fill(server.home / "nothing")
        server.start()
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            with suppress(RuntimeError):
                server.stop()
        shutil.rmtree(server.home, ignore_errors=True)


def connect(server: Server, database: str = "postgres") -> psycopg.Connection[Any]:
    return psycopg.connect(host=str(server.home), user="postgres", dbname=database, autocommit=True)


def copy(server: Server, source: str, name: str) -> str:
    """A copy of a database under a new name."""
    with connect(server) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY'.encode())
    return name


def postmaster(server: Server) -> int:
    """The number of the server's first process."""
    return int((server.data / "postmaster.pid").read_text().split()[0])


@dataclass
class Driver:
    """Another process, which knows Django: see `tests.bench.driver`."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, url: str, settings: str = SETTINGS, **more: str) -> Driver:
        """`more` goes to its environment."""
        folders = os.pathsep.join([str(ROOT), str(ROOT / "site")])
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": folders,
            **more,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.driver"],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return cls(process)

    def ask(self, wish: str, **words: Any) -> Any:
        """Have it done, and wait for the answer.

        :raises RuntimeError: when the process broke; what it said stands on the screen.
        """
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"wish": wish, **words}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The driver broke while it was asked to {wish} {words}.")
        return json.loads(answer)

    def stop(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()
