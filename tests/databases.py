"""Databases for tests: one migrated template per kind, and a quick copy for whoever needs one.

Migrating from nothing takes some fifteen seconds, a copy a moment. The template carries a fingerprint of all that
migrating depends on, so that it is made again when a migration changes, and only then.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / "var" / "test"

# What decides how a migrated database looks, beside the migrations themselves.
ALSO = (
    "requirements/base.txt",
    "site/core/append_only.py",
    "site/core/permanent.py",
    "site/core/conditions.py",
    "site/config/settings/base.py",
)
OLD_TEMPLATES_KEPT = 3
# The files that SQLite, and whoever waits to write to it, make beside a database.
BESIDE = ("-wal", "-shm", "-turn", "-next")


def fingerprint() -> str:
    """A short name for all that migrating depends on."""
    ours = [path for folder in (ROOT, ROOT / "site") for path in folder.glob("*/migrations/*.py")]
    ours += (ROOT / "ledger" / "sql").glob("*.sql")
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted({*ours, *(ROOT / name for name in ALSO)}):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Let one process at a time do what it does under this name: the others wait and find it done."""
    STORE.mkdir(parents=True, exist_ok=True)
    with (STORE / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def manage(url: str, *arguments: str, **environment: str) -> None:
    """Run a management command with the test settings on this database.

    :raises RuntimeError: with all that the command said, when it fails.
    """
    ran = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": url,
            **environment,
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{ran.stdout}{ran.stderr}")


class Sqlite:
    """Databases in files under var/test/."""

    vendor = "sqlite"

    def template(self) -> str:
        """The address of a migrated database that nobody writes to; made when it is not there."""
        path = STORE / f"template-{fingerprint()}.sqlite3"
        with locked("sqlite-template"):
            if not path.exists():
                new = path.with_suffix(".new")
                self.drop(f"sqlite:///{new}")
                try:
                    manage(f"sqlite:///{new}", "migrate", "-v0")
                except RuntimeError:
                    self.drop(f"sqlite:///{new}")
                    raise
                self._settle(new)
                new.rename(path)
                self.drop(f"sqlite:///{new}")  # what stood beside it
                self._forget_old_ones()
        return f"sqlite:///{path}"

    def copy(self, source: str) -> str:
        """Give the address of a fresh copy."""
        folder = STORE / "copies"
        folder.mkdir(parents=True, exist_ok=True)
        self._forget_left_ones(folder)
        path = folder / f"{uuid.uuid4().hex}.sqlite3"
        self._settle(self._path(source))
        shutil.copyfile(self._path(source), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        for ending in ("", *BESIDE):
            Path(f"{self._path(url)}{ending}").unlink(missing_ok=True)

    @staticmethod
    def name(url: str) -> str:
        """What Django calls this database."""
        return str(Sqlite._path(url))

    @staticmethod
    def _path(url: str) -> Path:
        return Path(unquote(urlsplit(url).path).replace("//", "/", 1))

    @staticmethod
    def _settle(path: Path) -> None:
        """Bring all that was written into the one file: a copy without its journal would lose rows."""
        with closing(sqlite3.connect(path, timeout=20)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @staticmethod
    def _forget_left_ones(folder: Path) -> None:
        """What a run that was killed left behind, a day ago or longer."""
        for path in folder.iterdir():
            with suppress(FileNotFoundError):  # another worker tidies too
                if path.stat().st_mtime < time.time() - 24 * 60 * 60:
                    path.unlink()

    def _forget_old_ones(self) -> None:
        there = sorted(STORE.glob("template-*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in there[OLD_TEMPLATES_KEPT:]:
            self.drop(f"sqlite:///{path}")


class Postgres:
    """Databases on one server. The database that DATABASE_URL names is used to give orders from, never written to."""

    vendor = "postgresql"

    def __init__(self, url: str) -> None:
        self.url = url

    def template(self) -> str:
        name = f"template_{fingerprint()}"
        with locked("postgres-template"):
            if not self._exists(name):
                new = f"new_{uuid.uuid4().hex}"
                self._order(f'CREATE DATABASE "{new}"')
                try:
                    manage(self._at(new), "migrate", "-v0")
                except RuntimeError:
                    self.drop(self._at(new))
                    raise
                self._order(f'ALTER DATABASE "{new}" RENAME TO "{name}"')
        return self._at(name)

    def copy(self, source: str) -> str:
        name = f"copy_{uuid.uuid4().hex}"
        with locked("postgres-copy"):  # PostgreSQL copies a database only while nobody is in it
            self._order(f'CREATE DATABASE "{name}" TEMPLATE "{self.name(source)}" STRATEGY FILE_COPY')
        return self._at(name)

    def drop(self, url: str) -> None:
        self._order(f'DROP DATABASE IF EXISTS "{self.name(url)}" WITH (FORCE)')

    @staticmethod
    def name(url: str) -> str:
        return unquote(urlsplit(url).path).rsplit("/", 1)[-1]

    def _at(self, name: str) -> str:
        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(path=f"{parts.path.rsplit('/', 1)[0]}/{name}"))

    def _exists(self, name: str) -> bool:
        with self._connect() as server:
            found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return found.fetchone() is not None

    def _order(self, statement: str) -> None:
        with self._connect() as server:
            server.execute(statement.encode())

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        parts = urlsplit(self.url)
        folder, _slash, name = unquote(parts.path).removeprefix("/").rpartition("/")
        return psycopg.connect(
            host=folder or parts.hostname,
            port=parts.port,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or "") or None,
            dbname=name,
            autocommit=True,
        )


Databases = Sqlite | Postgres


def databases_at(url: str) -> Databases:
    """The databases of the kind that this address is of. For SQLite the file it names is never touched."""
    return Postgres(url) if url.startswith(("postgres:", "postgresql:")) else Sqlite()
