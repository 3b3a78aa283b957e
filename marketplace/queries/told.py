"""The words of a row of a list, read along with the row: no query more, however many languages it is written in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import get_language


def told_in(texts: QuerySet[Any], *, own_language: str, language: str | None = None) -> Coalesce:
    """Title, summary and language of one of these texts: in the language that is asked for, of the moment unless one is
    given; else in the row's own, which stands in its field `own_language`; else in any.

    `texts` are those of the row around them (`OuterRef`).
    """
    wanted = language or get_language() or settings.LANGUAGE_CODE
    told = JSONObject(title="title", summary="summary", language="language")
    texts = texts.order_by("pk")
    # One after the other, for SQLite sorts by nothing that stands outside of a subquery.
    tries = (texts.filter(language=wanted), texts.filter(language=OuterRef(own_language)), texts)
    return Coalesce(*(Subquery(some.values(told=told)[:1]) for some in tries), output_field=JSONField())
