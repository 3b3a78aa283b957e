from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.sealing.copies import Address, CopyFailed, Database, Source, copy_log
from core.sealing.logs import logs


class Command(BaseCommand):
    help = "Copy the sealed logs into a folder, or bring an earlier copy up to date; verify_log --copy verifies it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--from",
            dest="url",
            default="",
            metavar="URL",
            help="A site to copy from, without touching any database.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source: Source = Address(options["url"]) if options["url"] else Database()
            for log in logs():
                size = copy_log(source, options["folder"], log.name)
                self.stdout.write(f"{log.name}: {size} leaves.")
        except CopyFailed as error:
            raise CommandError(str(error)) from error
