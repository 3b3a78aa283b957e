"""Copies: anybody can make one from the public addresses, keep it up to date, and verify it with the published key."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from core.sealing.keys import signer_of
from tests.databases import ROOT
from tests.factories.ledger import Town
from tests.ledger.sealing.conftest import paid_and_sealed, pay, run, seal_all
from tests.plugins.data import RealCommits


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_any: Any) -> None:
        """Nothing: a test says what it has to say itself."""


@contextmanager
def shown(folder: Path) -> Iterator[str]:
    """The address of a site that shows these files."""
    server = ThreadingHTTPServer(("localhost", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.django_db
def test_a_copy_is_laid_out_as_the_standard_says(folder: Path) -> None:
    assert sorted(name for name in files(folder) if name.startswith("log/ledger")) == [
        "log/ledger/checkpoint",
        "log/ledger/tile/0/000",
        "log/ledger/tile/0/001.p/46",
        "log/ledger/tile/1/000.p/1",
    ]


@pytest.mark.django_db
def test_a_copy_grows_and_keeps_no_tile_that_it_has_more_of(molen: Town, folder: Path) -> None:
    pay(molen.ann, molen.shop, 220, "third")
    seal_all()

    assert run("copy_log", str(folder)).is_well

    assert sorted(name for name in files(folder) if name.startswith("log/ledger")) == [
        "log/ledger/checkpoint",
        "log/ledger/tile/0/000",
        "log/ledger/tile/0/001",
        "log/ledger/tile/0/002.p/10",
        "log/ledger/tile/1/000.p/2",
    ]
    assert run("verify_log", "--copy", str(folder)).is_well


@pytest.mark.django_db
def test_what_is_fetched_from_its_addresses_is_the_same(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fetched = tmp_path_factory.mktemp("fetched")

    with shown(folder) as address:
        assert run("copy_log", str(fetched), "--from", f"{address}/").is_well

    assert files(fetched) == files(folder)


@pytest.mark.django_db
def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """A log that was never sealed is passed over; one that the copy has and the site no more is not."""
    with shown(tmp_path) as address:
        said = run("copy_log", str(tmp_path / "new"), "--from", address)
        had = tmp_path / "old" / "log" / "ledger" / "checkpoint"
        had.parent.mkdir(parents=True)
        had.write_text("a checkpoint")
        gone = run("copy_log", str(tmp_path / "old"), "--from", address)

    assert said.is_well
    assert "ledger: 0 leaves." in said.text
    assert not (tmp_path / "new").exists()
    assert not gone.is_well
    assert "there is no log any more" in gone.text
    assert had.read_text() == "a checkpoint"


@pytest.mark.parametrize("address", ["file:///etc", "ftp://example.org", "example.org"])
def test_only_web_addresses_are_copied_from(tmp_path: Path, address: str) -> None:
    said = run("copy_log", str(tmp_path), "--from", address)

    assert not said.is_well
    assert "must begin with https://" in said.text


@pytest.mark.django_db
def test_a_tile_that_was_changed_on_the_way_stops_the_copy(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (folder / "log" / "ledger" / "tile" / "0" / "001.p" / "46").write_bytes(b"x" * 46 * 32)
    fetched = tmp_path_factory.mktemp("fetched")

    with shown(folder) as address:
        said = run("copy_log", str(fetched), "--from", address)

    assert not said.is_well
    assert "ledger: the checkpoint is not of these tiles" in said.text
    assert not (fetched / "log" / "ledger" / "checkpoint").exists()


@pytest.mark.django_db
def test_an_outsider_needs_the_published_keys_and_nothing_else(folder: Path) -> None:
    keys = [str(signer_of(log).verifier) for log in ("ledger", "audit")]

    assert run("verify_log", "--copy", str(folder), "--key", keys[0], "--key", keys[1]).is_well
    assert not run("verify_log", "--copy", str(folder), "--key", keys[0]).is_well
    assert "--key: " in run("verify_log", "--copy", str(folder), "--key", "nonsense").text


def test_a_folder_without_a_copy_is_said(tmp_path: Path) -> None:
    assert "holds no copy of a log" in run("verify_log", "--copy", str(tmp_path)).text


def test_no_database_is_touched_to_verify_a_copy(real_commits: RealCommits, tmp_path: Path) -> None:
    paid_and_sealed()
    assert run("copy_log", str(tmp_path)).is_well
    nowhere = {**real_commits.environment, "DATABASE_URL": "postgres://nobody@localhost:1/nowhere"}

    process = start(nowhere, "verify_log", "--copy", str(tmp_path))

    assert process == (0, "The logs are sound.")


def start(environment: dict[str, str], *words: str) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *words],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ran.returncode, (ran.stdout + ran.stderr).strip().splitlines()[-1]
