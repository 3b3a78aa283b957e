"""Copies of logs, in files laid out as c2sp.org/tlog-tiles says, and verifying one without any database.

A copy only grows: what is fetched must begin with what the copy had before, else nothing of the copy's word is changed.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from core.merkle import HASH, WIDTH, Tree, split_hashes, tile_path, tiles
from core.sealing import queries
from core.sealing.notes import Head, Verifier, WrongNote, open_checkpoint, read_head
from core.sealing.recount import Claim, Recount, Report

LARGEST_NOTE = 64 * 1024
PATIENCE = 30  # seconds for an answer


class CopyFailed(Exception):
    """What was to be copied is not there, is not a log, or does not go on from what the copy has."""


class NothingThere(CopyFailed):
    """The site has nothing at this address."""


class Source(Protocol):
    """Where a log is copied from."""

    def checkpoint(self, log: str) -> str | None: ...

    def tile(self, log: str, level: int, number: int, width: int) -> bytes: ...


class Database:
    """The logs of this site."""

    def checkpoint(self, log: str) -> str | None:
        found = queries.latest(log)
        return found.note if found else None

    def tile(self, log: str, level: int, number: int, width: int) -> bytes:
        try:
            return queries.tile(log, level, number, width)
        except queries.NoSuchTile:
            raise CopyFailed(f"{log}: the database does not have all of tile {level}/{number}.") from None


class Address:
    """The logs that a site shows at its public addresses.

    :raises CopyFailed: when this is not an address of http or https.
    """

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise CopyFailed("The address must begin with https:// or http://.")
        self._url = url.rstrip("/")

    def checkpoint(self, log: str) -> str | None:
        try:
            return self._get(f"{log}/checkpoint", LARGEST_NOTE).decode()
        except NothingThere:
            return None
        except UnicodeDecodeError:
            raise CopyFailed("What stands at the address of the checkpoint is no text.") from None

    def tile(self, log: str, level: int, number: int, width: int) -> bytes:
        return self._get(f"{log}/tile/{level}/{tile_path(number, width)}", WIDTH * HASH)

    def _get(self, path: str, most: int) -> bytes:
        url = f"{self._url}/log/{path}"
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310  http or https, see above
                found: bytes = answer.read(most + 1)
        except HTTPError as error:
            kind = NothingThere if error.code == HTTPStatus.NOT_FOUND else CopyFailed
            raise kind(f"{url}: {error}") from error
        except (URLError, TimeoutError, ConnectionError) as error:
            raise CopyFailed(f"{url}: {error}") from error
        if len(found) > most:
            raise CopyFailed(f"{url}: this is more than can be expected there.")
        return found


# --- Making a copy ----------------------------------------------------------------------------------------------------


def copy_log(source: Source, folder: Path, log: str) -> int:
    """Bring the copy of a log in this folder up to its newest checkpoint; gives how many leaves it then has.

    :raises CopyFailed: when that cannot be done; the copy's checkpoint is then as it was.
    """
    place = folder / "log" / log
    note = source.checkpoint(log)
    if note is None:
        # Nothing was ever sealed there; but where a log was once, none is no answer.
        if (place / "checkpoint").exists():
            raise CopyFailed(f"{log}: there is no log any more where this copy came from.")
        return 0
    try:
        head = read_head(note)
    except WrongNote as error:
        raise CopyFailed(f"{log}: {error}") from error
    for level, number, width in tiles(head.size):
        _bring(source, place, log, level, number, width)
    _see_that_it_grew(place, head, log)
    new = place / "checkpoint.new"
    new.parent.mkdir(parents=True, exist_ok=True)
    new.write_bytes(note.encode())
    new.rename(place / "checkpoint")
    return head.size


def _bring(source: Source, place: Path, log: str, level: int, number: int, width: int) -> None:
    path = place / "tile" / str(level) / tile_path(number, width)
    if path.exists():
        return
    tile = source.tile(log, level, number, width)
    if len(tile) != width * HASH:
        raise CopyFailed(f"{log}: the tile {level}/{tile_path(number, width)} is not whole.")
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(tile)
    new.rename(path)


def _see_that_it_grew(place: Path, head: Head, log: str) -> None:
    """The tiles that are there now must have the root that is claimed, and the one that the copy had before."""
    tree = Tree(head.size, _loader(place))
    is_whole = tree.root() == head.root
    old = place / "checkpoint"
    if not old.exists():
        if not is_whole:
            raise CopyFailed(f"{log}: the checkpoint is not of these tiles.")
        return
    before = read_head(old.read_text())
    if not is_whole or before.size > head.size or tree.root(before.size) != before.root:
        raise CopyFailed(
            f"{log}: the log does not go on from what this copy has ({before.size} leaves). Keep the copy: "
            "it may be the proof that the log was changed."
        )
    _tidy(place, before.size, head.size)


def _tidy(place: Path, before: int, now: int) -> None:
    """Partial tiles of which there is more by now."""
    kept = {(level, number): width for level, number, width in tiles(now)}
    for level, number, width in tiles(before):
        if width != kept[level, number]:
            old = place / "tile" / str(level) / tile_path(number, width)
            old.unlink(missing_ok=True)
            with suppress(OSError):  # there may be others in it
                old.parent.rmdir()


def _loader(place: Path) -> Callable[[int, int, int], bytes]:
    """Reads the tiles of a copy."""

    def load(level: int, number: int, width: int) -> bytes:
        return (place / "tile" / str(level) / tile_path(number, width)).read_bytes()

    return load


# --- Verifying a copy -------------------------------------------------------------------------------------------------


def verify_copy(folder: Path, log: str, verifiers: Sequence[Verifier], since: Sequence[Head] = ()) -> Report:
    """Count a copied log anew. `since` are older checkpoints of it: the copy must begin with each."""
    report = Report(log)
    place = folder / "log" / log
    head = _head(place, verifiers, report)
    if head is None:
        return report
    report.size = report.signed = head.size
    report.checkpoints = 1
    claims = [Claim(one.size, one.root, f"the older checkpoint of {one.size} leaves") for one in since]
    claims.append(Claim(head.size, head.root, f"the checkpoint of {head.size} leaves"))
    recount = Recount(sorted(claims, key=lambda claim: claim.size), report)
    for leaves in _leaves(place, head.size, report):
        recount.add(leaves)
    recount.end()
    _compare_tiles(place, head.size, recount.nodes, report)
    return report


def _head(place: Path, verifiers: Sequence[Verifier], report: Report) -> Head | None:
    try:
        note = (place / "checkpoint").read_bytes().decode()
        return open_checkpoint(note, verifiers)
    except (OSError, UnicodeDecodeError):
        report.fault("there is no checkpoint")
    except WrongNote as error:
        report.fault(f"the checkpoint: {error}")
    return None


def _leaves(place: Path, size: int, report: Report) -> Iterator[list[bytes]]:
    for level, number, width in tiles(size):
        if level:
            break
        yield _tile(place, level, number, width, report) or [b"\x00" * HASH] * width
    if size % WIDTH == 0:
        yield []


def _compare_tiles(place: Path, size: int, counted: list[list[bytes]], report: Report) -> None:
    for level, number, width in tiles(size):
        if level == 0:
            continue
        first = number * WIDTH
        for offset, node in enumerate(_tile(place, level, number, width, report)):
            if node != counted[level - 1][first + offset]:
                report.fault(f"node {level}/{first + offset} is not that of the leaves below it")


def _tile(place: Path, level: int, number: int, width: int, report: Report) -> list[bytes]:
    """The hashes of a tile; none when it is not there or not whole, which is then a fault."""
    name = f"{level}/{tile_path(number, width)}"
    try:
        tile = (place / "tile" / name).read_bytes()
    except OSError:
        report.fault(f"tile {name} is not there")
        return []
    if len(tile) != width * HASH:
        report.fault(f"tile {name} is not whole: {len(tile)} bytes instead of {width * HASH}")
        return []
    return split_hashes(tile)
