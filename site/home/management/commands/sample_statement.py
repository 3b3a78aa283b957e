"""`manage.py sample_statement molenwijk`: a bank statement to try the finance desk of a demo with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from home.demo.bank.sample import sample_statement
from wallet.models import BankFormat, Treasury


class Command(BaseCommand):
    help = (
        "Writes a bank statement that brings what a neighbourhood of the demo expects, and pays what it sent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the neighbourhood, as in its address: molenwijk")
        parser.add_argument("--format", choices=[one.lower() for one in BankFormat.values], default="camt053")
        parser.add_argument("--to", type=Path, help="the file to write; on the screen without it")

    def handle(self, *, slug: str, to: Path | None, **options: Any) -> None:
        """:raises CommandError: outside a demo, and for a neighbourhood without a bank account."""
        if not settings.DEMO:
            raise CommandError("sample_statement is for demos only")
        along = Treasury.objects.select_related("neighbourhood__coin")
        treasury = along.filter(neighbourhood__slug=slug).first()
        if treasury is None:
            raise CommandError(f"{slug} has no bank account")
        content = sample_statement(treasury, clock.today(), options["format"].upper())
        if to is None:
            self.stdout.write(content.decode(), ending="")
        else:
            to.write_bytes(content)
            self.stdout.write(f"Written to {to}")
