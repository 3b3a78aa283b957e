"""Which database the tests were asked to use."""

from __future__ import annotations

import os


def database_url() -> str:
    """What DATABASE_URL says; SQLite when it says nothing. A developer's `.env` is not read for tests."""
    return os.environ.get("DATABASE_URL") or "sqlite://"
