"""The one thing that sealing and verifying both ask again and again."""

from __future__ import annotations

from django.db import connection


def number_from(question: str) -> int:
    """What a question gives that is answered with one number."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])
