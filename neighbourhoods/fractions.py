"""Shares as exact fractions, stored as text: two thirds is "2/3", not 66.67 per cent."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST: Final = 15  # characters of a share as it is kept
# Nothing with an exponent: "1e9999999" is short to write and takes minutes to reckon.
WRITTEN: Final = re.compile(r"[0-9]{1,15}(?:[./][0-9]{1,15})?|\.[0-9]{1,15}")


def parse_share(value: object) -> Fraction:
    """A share between nothing and all: "2/3", "0.2", "20%" or a Fraction.

    :raises ValidationError: for anything else, and for what takes more room than there is.
    """
    share = value if isinstance(value, Fraction) else _read(str(value))
    if not 0 <= share <= 1:
        raise ValidationError(_("Enter a share between 0 and 1, for example 2/3."), code="share")
    if len(str(share)) > LONGEST:
        raise ValidationError(_("Write this part more simply, for example 2/3."), code="share")
    return share


def _read(text: str) -> Fraction:
    """What is written there; below nothing when it is no share."""
    bare = text.removesuffix("%")
    try:
        share = Fraction(bare) if WRITTEN.fullmatch(bare) else Fraction(-1)
    except ZeroDivisionError:
        share = Fraction(-1)
    return share / 100 if bare != text else share


class ShareField(models.CharField):  # type: ignore[type-arg]
    """A share of the votes or of the roll, from 0 to 1, as an exact fraction."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = LONGEST
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
