"""A decided value that does not hold yet: what it waits for, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from neighbourhoods.queries.value_waits import Wait


def waiting_mark(wait: Wait, day: str) -> str:
    """How far it is, in a few words."""
    if wait == Wait.DAY:
        return _("Decided. It begins on %(day)s") % {"day": day}
    return _("Decided, but it does not hold yet")


def waiting_lead(wait: Wait, present: str) -> str:
    """Why it does not hold yet, and what does. `present` is what it is worth now, as people read it."""
    why = {
        Wait.APPEAL: _("It does not hold yet: somebody appealed, and that is answered first."),
        Wait.DAY: "",
        Wait.VOLUME: _("It does not hold yet: nobody said how often a month this is expected."),
        Wait.COVER: _("It does not hold yet: there is not enough money for it."),
        Wait.TURN: _("It does not hold yet: it begins today or tomorrow."),
    }[wait]
    stays = ""
    if present:
        words = (
            _("Until that day it stays %(amount)s.")
            if wait == Wait.DAY
            else _("Until then it stays %(amount)s.")
        )
        stays = words % {"amount": present}
    return " ".join(filter(None, [why, stays]))
