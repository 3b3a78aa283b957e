from __future__ import annotations

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.sealing.logs import logs
from core.sealing.notes import KEY_BYTES, NAME, Signer


class Command(BaseCommand):
    help = (
        "Make a key for the logs: print the private half for LOG_KEY, and the verifier keys to be published."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "name", help="The address of the logs without https://, as socialcoin.example.org/log."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"].rstrip("/")
        if not NAME.fullmatch(name) or "://" in name:
            raise CommandError(
                "A name has no spaces, no plus and no https://, as socialcoin.example.org/log."
            )
        signer = Signer(name, secrets.token_bytes(KEY_BYTES))
        self.stdout.write("Secret. For LOG_KEY, and a sealed envelope:")
        self.stdout.write(signer.private_text())
        self.stdout.write("\nPublic. One for each log:")
        for log in logs():
            self.stdout.write(str(signer.of_log(log.name).verifier))
