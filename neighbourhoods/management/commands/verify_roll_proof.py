from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from neighbourhoods.counting.files import BadFile, load
from neighbourhoods.roll_proofs import BadProof, is_proven, read_proof

OTHER, BAD = 1, 2


class Command(BaseCommand):
    help = (
        "Check the file with which somebody shows that they are on an electoral roll, or were left out of it, without "
        "any database. Exit 0 when it is right, 1 when it proves nothing, 2 when it is no such file."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The file that was downloaded.")
        parser.add_argument("--root", help="The root as it was published, to compare with that in the file.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            proof = read_proof(load(options["file"]))
        except (BadFile, BadProof) as error:
            self._end(f"{options['file']}: {error}", BAD)
        if not is_proven(proof):
            self._end("The path in this file does not lead to its root: it proves NOTHING.", OTHER)
        if options["root"] and options["root"].strip().lower() != proof["root"]:
            self._end(f"This file belongs to another root: {proof['root']}.", OTHER)
        entry = proof["leaf"]
        on_it = "may vote" if entry["is_included"] else f"may not vote ({entry['basis']})"
        self.stdout.write(
            f"{entry['person']} stands on electoral roll {entry['roll']} and {on_it}, among {proof['size']} entries."
        )
        if not options["root"]:
            self.stdout.write(f"Compare the root with the published one: {proof['root']}.")

    def _end(self, sentence: str, code: int) -> NoReturn:
        raise CommandError(sentence, returncode=code)
