from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from neighbourhoods.operations.ballots import sweep


class Command(BaseCommand):
    help = (
        "Take away what the database keeps of ballots that were mixed. Closing a vote does it too; run it each "
        "night, for a vote that was closed while something else read the database."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not sweep():
            raise CommandError("Something else reads the database, so old ballots are left in it. Try later.")
        self.stdout.write("Nothing is kept of ballots that were mixed.")
