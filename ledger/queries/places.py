"""Places in a statement: where one page of it ends and the next begins."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal

WRITTEN = re.compile(r"(?:([0-9]{4}-[0-9]{2}-[0-9]{2})\.)?([0-9]{1,18})")
BEYOND = 2**63 - 1  # no account ever gets so far


class NoSuchPlace(Refusal):
    """What an address names as a place in the statement is none, or one of another kind of statement."""

    code = "no_such_place"
    sentence = _("This part of the statement cannot be found. Open the statement again.")


class Place(NamedTuple):
    """A booking of an account by its day and its running number. Without a period the number alone counts."""

    on: date
    no: int

    def written(self, *, by_day: bool) -> str:
        """As an address carries it."""
        return f"{self.on.isoformat()}.{self.no}" if by_day else str(self.no)

    @classmethod
    def read(cls, text: str, *, by_day: bool) -> Place:
        """What `written` wrote.

        :raises NoSuchPlace: for anything else.
        """
        found = WRITTEN.fullmatch(text)
        if not found or (found[1] is not None) != by_day:
            raise NoSuchPlace
        try:
            return cls(date.fromisoformat(found[1]) if by_day else date.max, int(found[2]))
        except ValueError:
            raise NoSuchPlace from None


END = Place(date.max, BEYOND)
