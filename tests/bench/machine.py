"""What was measured on, and what else it was doing meanwhile."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psycopg

PACKAGES = ("django", "psycopg", "django-hordak")
IN_MEMORY = frozenset({"tmpfs", "ramfs"})
SETTINGS = (
    "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "data_checksums", "autovacuum",
    "shared_buffers", "max_wal_size", "max_connections",
)  # fmt: skip
CALM = 0.8  # idle, before a measurement
KERNEL = 2  # what the kernel does by itself, such as writing to the disk, it does for us
OTHERS = 0.1  # of the processor time that other programs may take during one


class NoDisk(RuntimeError):
    """The folder for temporary files is in memory: nothing there survives a power cut, so nothing is measured."""


def describe() -> dict[str, Any]:
    """The machine, without its name."""
    told = Path("/proc/cpuinfo").read_text()
    cpu = re.search(r"model name\s*: (.*)", told)
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    return {
        "processors": os.cpu_count(),
        "processor": cpu[1].strip() if cpu else platform.machine(),
        "virtual": " hypervisor" in told,
        "memory_gib": round(int(memory[1]) / 1024**2) if memory else None,
        "filesystem": filesystem(),
        "flushes_a_second": flushes_a_second(),
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", platform.system()),
    }


def filesystem() -> str:
    """The kind of file system that temporary files are on.

    :raises NoDisk: when that is memory.
    """
    folder = str(Path(tempfile.gettempdir()).resolve())
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    under = [(place, kind) for place, kind in mounts if f"{folder}/".startswith(f"{place.rstrip('/')}/")]
    kind = max(under, key=lambda found: len(found[0]))[1]
    if kind in IN_MEMORY:
        raise NoDisk("Temporary files are kept in memory here. Set TMPDIR to a folder on a disk.")
    return kind


def flushes_a_second(seconds: float = 1.0) -> int:
    """How often a page of 8 kB can be written and be safe: no commit on its own can be quicker."""
    count, page = 0, b"0" * 8192
    with tempfile.TemporaryFile() as file:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            os.pwrite(file.fileno(), page, 0)
            os.fdatasync(file.fileno())
            count += 1
    return round(count / seconds)


def versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def postgres(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """Version and settings of the server, as it says itself."""
    names = ("server_version", *SETTINGS)
    rows = connection.execute(
        "SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY (%s)", [list(names)]
    )
    found = dict(rows.fetchall())
    return {name: found[name] for name in names}


# --- What else it does --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clock:
    """Processor time used since the machine started, in ticks: of everybody, and of our processes among them."""

    total: int
    busy: int
    ours: int


def read_clock(roots: list[int]) -> Clock:
    """`roots` are our processes; what they started, and what has ended of that, counts as ours."""
    words = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    user, nice, system, idle, waiting, hard, soft, stolen = map(int, words)
    busy = user + nice + system + stolen  # interrupts are nobody's in particular
    return Clock(total=busy + idle + waiting + hard + soft, busy=busy, ours=_used_by([KERNEL, *roots]))


def _used_by(roots: list[int]) -> int:
    used: dict[int, int] = {}
    children: dict[int, list[int]] = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended just now
            continue
        number = int(path.parent.name)
        children[int(words[1])].append(number)
        used[number] = sum(int(word) for word in words[11:15])
    total, left = 0, list(roots)
    while left:
        number = left.pop()
        total += used.get(number, 0)
        left += children[number]
    return total


def idle_now(seconds: float = 0.2) -> float:
    """How much of the machine does nothing, between 0 and 1."""
    before = read_clock([])
    time.sleep(seconds)
    after = read_clock([])
    return round(1 - (after.busy - before.busy) / max(after.total - before.total, 1), 2)


def wait_for_calm(patience: float) -> float:
    """Wait until the machine is idle, but not for ever; gives how idle it was."""
    end = time.monotonic() + patience
    while (idle := idle_now()) < CALM and time.monotonic() < end:
        time.sleep(0.2)
    return idle


def load(before: Clock, after: Clock, idle_before: float) -> dict[str, Any]:
    """What the machine did beside our measurement, and whether that was too much to trust the figure."""
    total = max(after.total - before.total, 1)
    others = (after.busy - before.busy - (after.ours - before.ours)) / total
    others = round(max(others, 0.0), 2)
    return {
        "idle_before": idle_before,
        "others": others,
        "idle_after": idle_now(),
        "noisy": idle_before < CALM or others > OTHERS,
    }
