"""The shapes of what is decided in the demo."""

from __future__ import annotations

from dataclasses import dataclass, field

YES, NO, BLANK, ASIDE = "yes", "no", "blank", "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who stands: the e-mail address of their login, why, and one interest a line (none: has none)."""

    email: str
    statement: str
    interests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionText:
    """An election: what it is called, for how many seats, who stands, and the English words of its page."""

    title: str
    title_en: str
    seats: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionText:
    """A proposal to the board, with each member's vote by first name: (choice, reason)."""

    title: str
    text: str
    by: str
    votes: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingText:
    """A meeting so many days from today (below nought: ago). `excused` are first names; minutes empty: none yet."""

    title: str
    days: int
    agenda: tuple[tuple[str, str], ...]
    notice: str = ""
    excused: tuple[str, ...] = ()
    minutes: str = ""
    others: int = 0
    motions: tuple[MotionText, ...] = ()
