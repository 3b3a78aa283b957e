"""Shares as exact fractions, stored as text: two thirds is "2/3", not 66.67 per cent."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def parse_share(value: object) -> Fraction:
    """A share between nothing and all: "2/3", "0.2" or a Fraction.

    :raises ValidationError: for anything else.
    """
    try:
        share = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        raise ValidationError(_("Enter a share between 0 and 1, for example 2/3."), code="share")
    return share


class ShareField(models.CharField):  # type: ignore[type-arg]
    """A share of the votes or of the roll, from 0 to 1, as an exact fraction."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 15
        super().__init__(*args, **kwargs)

    def get_default(self) -> Any:
        """Written as text in the migration, which knows no fractions."""
        return self.to_python(super().get_default())

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Fraction | None:
        return None if value is None else Fraction(value)

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, Fraction) else parse_share(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(parse_share(value))
