"""Whether every sentence is translated. `python -m tests.translations` gathers them into the catalogues."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message, TranslationError
from babel.messages.pofile import read_po

from tests.databases import ROOT

LANGUAGES = ("nl",)  # English is the source
SOURCES = ("site", "ledger", "marketplace", "neighbourhoods")
PROGRAMS = ("xgettext", "msgmerge", "msgattrib", "msguniq")
NO_GETTEXT = "gettext is missing. Install it with: apt-get install gettext"
SHOWN = 20


class NoGettext(RuntimeError):
    """The programs that gather sentences are not on this machine."""


def gather(root: Path) -> None:
    """Have Django gather all sentences below a folder into the catalogues there.

    :raises NoGettext: with the name of the package to install.
    :raises RuntimeError: with what gettext did not understand.
    """
    if not all(shutil.which(program) for program in PROGRAMS):
        raise NoGettext(NO_GETTEXT)
    ignore = [f"--ignore={folder}" for folder in ("tests", "var", "docs", "static")]
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "makemessages", *(f"--locale={code}" for code in LANGUAGES),
         *ignore, "--no-obsolete", "--no-wrap", "--add-location=file", "--extension=html,txt,py", "-v0"],
        cwd=root,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    if ran.returncode:
        raise RuntimeError(ran.stdout + ran.stderr)


def wrong() -> str:
    """Sentences without a translation, doubtful ones, and those whose placeholders differ; "" when there are none."""
    with tempfile.TemporaryDirectory(prefix="socialcoin-messages-") as folder:
        copy = Path(folder)
        for name in SOURCES:
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "manage.py", copy)
        try:
            gather(copy)
        except RuntimeError as error:
            return str(error)
        lines = [line for language in LANGUAGES for line in _wrong_in(copy, language)]
    more = [f"… and {len(lines) - SHOWN} more: run make messages"] if len(lines) > SHOWN else []
    return "\n".join(lines[:SHOWN] + more)


def _wrong_in(root: Path, language: str) -> Iterator[str]:
    """In every catalogue there is: an app may have its own."""
    catalogues = sorted(root.rglob(f"locale/{language}/LC_MESSAGES/django.po"))
    if not catalogues:
        yield f"{language}: there is no catalogue"
    for path in catalogues:
        with path.open("rb") as handle:
            catalogue = read_po(handle, locale=language)
        for message in catalogue:
            if message.id and (what := _mistake(message)):
                places = ", ".join(sorted({name for name, _line in message.locations}))
                yield f"{language}: {what}: {message.id!r} ({places})"


def _mistake(message: Message) -> str:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(strings):
        return "not translated"
    if message.fuzzy:
        return "doubtful (fuzzy)"
    try:
        problems: list[TranslationError] = message.check()
    except TranslationError as error:
        problems = [error]
    return f"placeholders differ ({problems[0]})" if problems else ""


if __name__ == "__main__":
    try:
        gather(ROOT)
    except NoGettext as error:
        sys.exit(str(error))
