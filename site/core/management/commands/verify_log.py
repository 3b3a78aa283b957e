from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.sealing.copies import verify_copy
from core.sealing.keys import verifiers_of
from core.sealing.logs import logs
from core.sealing.notes import Head, Verifier, WrongKey, WrongNote, open_checkpoint
from core.sealing.recount import Report
from core.sealing.verifying import verify


class Command(BaseCommand):
    help = (
        "Count the sealed logs anew, from the database or from a copy, and hold them against what was signed; "
        "exit 1 and say what is wrong when anything is."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--copy", type=Path, metavar="DIR", help="A copy, verified without any database.")
        parser.add_argument(
            "--key",
            action="append",
            default=[],
            help="A verifier key, instead of those of this site; again for more.",
        )
        parser.add_argument(
            "--since",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="An older checkpoint that the log must begin with.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keys = _keys(options["key"])
        since = [_read(path, keys) for path in options["since"]]
        if options["copy"]:
            reports = _of_copy(options["copy"], keys, since)
        elif options["key"]:
            raise CommandError(
                "The logs in the database are verified with the keys of this site: leave out --key."
            )
        else:
            reports = verify(since=since)
        for report in reports:
            self.stdout.write(_line(report))
        for report in reports:
            for fault in report.faults:
                self.stdout.write(fault)
            if report.count > len(report.faults):
                self.stdout.write(f"{report.log}: … and {report.count - len(report.faults)} more")
        if any(report.count for report in reports):
            raise CommandError(f"The logs are not sound. Faults: {sum(report.count for report in reports)}.")
        self.stdout.write("The logs are sound.")


def _keys(texts: Sequence[str]) -> list[Verifier]:
    if not texts:
        return [key for log in logs() for key in verifiers_of(log.name)]
    try:
        return [Verifier.parse(text) for text in texts]
    except WrongKey as error:
        raise CommandError(f"--key: {error}") from error


def _read(path: Path, keys: Sequence[Verifier]) -> Head:
    """An older checkpoint. One that nobody has signed says nothing."""
    try:
        return open_checkpoint(path.read_bytes().decode(), keys)
    except (OSError, UnicodeDecodeError, WrongNote) as error:
        raise CommandError(f"{path}: {error}") from error


def _of_copy(folder: Path, keys: Sequence[Verifier], since: Sequence[Head]) -> list[Report]:
    """A copy holds all logs, or those that somebody cares for: of which there is a key, or a checkpoint."""
    found = [log.name for log in logs() if (folder / "log" / log.name).exists()]
    if not found:
        raise CommandError(f"{folder} holds no copy of a log.")
    return [
        verify_copy(
            folder,
            log,
            [key for key in keys if _is_of(key.name, log)],
            [head for head in since if _is_of(head.origin, log)],
        )
        for log in found
    ]


def _is_of(name: str, log: str) -> bool:
    return name.rpartition("/")[2] == log


def _line(report: Report) -> str:
    said = [
        f"{report.size} leaves",
        f"{report.checkpoints} checkpoints, the newest of {report.signed} leaves",
    ]
    if report.erased:
        said.append(f"{report.erased} without salt")
    if report.waiting:
        said.append(f"{report.waiting} waiting to be sealed")
    return f"{report.log}: {', '.join(said)}"
