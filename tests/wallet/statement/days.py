"""The day on which somebody looks back in the tests of statements."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2027, 4, 2, 10, 0, tzinfo=UTC)
