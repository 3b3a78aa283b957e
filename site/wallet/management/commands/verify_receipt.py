from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.sealing.keys import verifiers_of
from core.sealing.notes import Verifier, WrongKey
from wallet.proofs import LOG, WrongProof, verify


class Command(BaseCommand):
    help = (
        "Check the proof of a receipt, as its payer or payee kept it, without any database; exit 1 and say what is "
        "wrong when anything is."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The file that was kept.")
        parser.add_argument(
            "--key", action="append", default=[], help="A verifier key, instead of those of this site."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keys = [Verifier.parse(text) for text in options["key"]] or verifiers_of(LOG)
            said, head = verify(options["file"].read_bytes().decode(), keys)
        except (OSError, UnicodeDecodeError, WrongKey, WrongProof) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        for name in ("receipt", "made_at", "amount", "coin", "payer", "payee"):
            self.stdout.write(f"{name}: {said.get(name)}")
        self.stdout.write(f"This receipt is right. It is sealed in {head.origin}, among {head.size}.")
