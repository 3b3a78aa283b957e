"""Where settings come from before Django has any: the environment, and the file that adds to it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

import environ

BASE_DIR = Path(__file__).resolve().parents[2]


class _File(environ.Env):  # type: ignore[misc]  # it has no types
    """What the file says, kept apart from the environment of this process."""

    ENVIRON: ClassVar[dict[str, str]] = {}


def env_file() -> str:
    """The file that ENV_FILE names, else `.env` beside manage.py; empty for none."""
    return os.environ.get("ENV_FILE", str(BASE_DIR / ".env"))


def read_env_file() -> None:
    """Add what the file says to the environment. What the environment says itself goes first."""
    if file := env_file():
        environ.Env.read_env(file)


def choose_settings(default: str) -> None:
    """Decide which settings this process uses: by the environment, else by the file, else the default.

    A server names its own in `.env`, so that its commands run as the server does. Only that one word is taken from the
    file here: whoever asks for other settings (tests) must not get the server's database along with them.
    """
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        return
    _File.ENVIRON = {}
    if file := env_file():
        _File.read_env(file)
    os.environ["DJANGO_SETTINGS_MODULE"] = _File.ENVIRON.get("DJANGO_SETTINGS_MODULE") or default
